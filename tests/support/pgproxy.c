/* SPDX-License-Identifier: MIT */
/*
 * pgproxy: stands between a PostgreSQL client and its server, to make a slow
 * network, count round trips, or break the connection at a chosen moment.
 *
 *   pgproxy --listen WHERE --to WHERE [options]
 *
 *   WHERE            a path (a Unix socket; for libpq: DIR/.s.PGSQL.PORT),
 *                    or a port of 127.0.0.1; 0 takes a free one
 *   --latency MS     a round trip takes this much longer, half each way
 *   --count FILE     write "connections N", "trips N", "messages N" to it
 *                    when a connection ends; what happens before the first
 *                    ReadyForQuery and the goodbye are not counted
 *   --cut-on TEXT    break the connection at the client's message that
 *                    contains TEXT, once
 *   --nth N          at the Nth such message (1)
 *   --cut MODE       before: do not forward the message
 *                    after:  forward it and wait until the server is done,
 *                            but swallow its answer (the default)
 *                    sent:   forward it and break at once
 *   --refuse N       end the next N connections after the cut at once
 *   --stay           do not end when standard input ends
 *
 * Prints one line when it is ready: the path or port it listens on.
 */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/vec.h"
#include "support/endpoint.h"

enum { MAX_LINKS = 128, READ_SIZE = 64 * 1024 };

enum cut { CUT_BEFORE, CUT_AFTER, CUT_SENT };

/* Bytes on their way; they leave when their time has come. */
struct parcel {
	rt_str bytes;
	double due; /* ticks */
};

/* One direction of a connection. */
struct lane {
	int from, to;
	rt_str unread; /* the start of a message still incomplete */
	RT_VEC(struct parcel) parcels;
	size_t first;  /* parcels before it are gone */
	size_t sent;   /* bytes of the first one */
	bool untyped;  /* messages have no type byte yet (the startup) */
	bool ended;
};

struct link {
	struct lane up, down; /* client to server, server to client */
	bool ready;           /* a first ReadyForQuery was seen */
	bool asking;          /* the client spoke last */
	bool doomed;          /* cut when the server is done */
	bool hasty;           /* cut when all is delivered to the server */
	bool dead;
};

struct proxy {
	const char *listen, *to, *count_file, *cut_on;
	double half; /* ms one way */
	long nth, refuse;
	enum cut cut;
	bool stay, has_cut;
	int listener;
	struct link *links[MAX_LINKS];
	size_t n_links;
	unsigned long connections, trips, messages;
};

static void lane_init(struct lane *lane, int from, int to)
{
	*lane = (struct lane){ .from = from, .to = to,
			       .unread = RT_STR_INIT };
}

static void lane_free(struct lane *lane)
{
	size_t i;

	for (i = lane->first; i < lane->parcels.n; i++)
		rt_str_free(&lane->parcels.v[i].bytes);
	rt_vec_free(&lane->parcels);
	rt_str_free(&lane->unread);
}

static void write_counts(const struct proxy *p)
{
	FILE *f;

	if (!p->count_file)
		return;
	f = fopen(p->count_file, "we");
	if (!f)
		endpoint_die(p->count_file);
	fprintf(f, "connections %lu\ntrips %lu\nmessages %lu\n",
		p->connections, p->trips, p->messages);
	fclose(f);
}

static void accept_link(struct proxy *p)
{
	int client = endpoint_accept(p->listener), server;
	struct link *link;

	if (client < 0)
		return;
	if (p->has_cut && p->refuse > 0) {
		p->refuse--;
		close(client);
		return;
	}
	server = endpoint_connect(p->to);
	if (server < 0 || p->n_links == MAX_LINKS) {
		if (server >= 0)
			close(server);
		close(client);
		return;
	}
	link = calloc(1, sizeof(*link));
	if (!link)
		endpoint_die("calloc");
	lane_init(&link->up, client, server);
	lane_init(&link->down, server, client);
	link->up.untyped = true;
	p->links[p->n_links++] = link;
	p->connections++;
}

static void drop_link(struct proxy *p, size_t i)
{
	struct link *link = p->links[i];

	close(link->up.from);
	close(link->up.to);
	lane_free(&link->up);
	lane_free(&link->down);
	free(link);
	p->links[i] = p->links[--p->n_links];
	write_counts(p);
}

static void forward(const struct proxy *p, struct lane *lane, rt_sv bytes)
{
	struct parcel parcel = { RT_STR_INIT, rt_clock_ticks() + p->half };

	rt_str_addsv(&parcel.bytes, bytes);
	rt_vec_push(&lane->parcels, parcel);
}

static uint32_t read_size(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 |
	       (uint32_t)u[2] << 8 | u[3];
}

/* The first whole message of the lane's bytes; n is 0 if there is none. */
static rt_sv next_message(const struct lane *lane)
{
	rt_sv all = rt_str_sv(&lane->unread);
	size_t head = lane->untyped ? 0 : 1, size;

	if (all.n < head + 4)
		return (rt_sv){ all.p, 0 };
	size = head + read_size(all.p + head);
	return (rt_sv){ all.p, size <= all.n ? size : 0 };
}

static bool contains(rt_sv text, const char *what)
{
	return memmem(text.p, text.n, what, strlen(what)) != NULL;
}

static void take_client_message(struct proxy *p, struct link *link, rt_sv m)
{
	bool hit = false;

	if (link->ready && m.p[0] != 'X') {
		p->messages++;
		p->trips += !link->asking;
		link->asking = true;
		hit = p->cut_on && !p->has_cut && contains(m, p->cut_on) &&
		      --p->nth <= 0;
	}
	if (!hit || p->cut != CUT_BEFORE)
		forward(p, &link->up, m);
	if (!hit)
		return;
	p->has_cut = true;
	link->doomed = p->cut == CUT_AFTER;
	link->dead = p->cut == CUT_BEFORE;
	link->hasty = p->cut == CUT_SENT;
}

static void read_client(struct proxy *p, struct link *link)
{
	struct lane *lane = &link->up;
	rt_sv m;

	while (!link->dead && (m = next_message(lane)).n) {
		rt_str rest = RT_STR_INIT;

		take_client_message(p, link, m);
		/* SSLRequest, GSSENCRequest and CancelRequest are followed
		 * by another untyped message, or by nothing */
		if (lane->untyped &&
		    (m.n < 8 || read_size(m.p + 4) >> 16 != 1234))
			lane->untyped = false;
		rt_str_addn(&rest, lane->unread.p + m.n,
			    lane->unread.n - m.n);
		rt_str_free(&lane->unread);
		lane->unread = rest;
	}
}

/* The server's answer to SSLRequest is one byte, and no message. */
static void read_server(struct proxy *p, struct link *link)
{
	struct lane *lane = &link->down;
	rt_sv m;

	if (link->up.untyped) {
		forward(p, lane, rt_str_sv(&lane->unread));
		rt_str_clear(&lane->unread);
		return;
	}
	while (!link->dead && (m = next_message(lane)).n) {
		rt_str rest = RT_STR_INIT;

		link->asking = false;
		if (m.p[0] == 'Z') {
			link->ready = true;
			link->dead |= link->doomed;
		}
		if (!link->doomed && !link->hasty)
			forward(p, lane, m);
		rt_str_addn(&rest, lane->unread.p + m.n,
			    lane->unread.n - m.n);
		rt_str_free(&lane->unread);
		lane->unread = rest;
	}
}

/* Reads what has come; at the end of the stream the link is to end, too,
 * once everything has been delivered. */
static void fill(struct lane *lane)
{
	char bytes[READ_SIZE];
	ssize_t n = read(lane->from, bytes, sizeof(bytes));

	if (n > 0)
		rt_str_addn(&lane->unread, bytes, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		lane->ended = true;
}

static bool is_due(const struct lane *lane, double now)
{
	return lane->first < lane->parcels.n &&
	       lane->parcels.v[lane->first].due <= now;
}

/* Delivers what is due. */
static void deliver(struct lane *lane)
{
	while (is_due(lane, rt_clock_ticks())) {
		struct parcel *parcel = &lane->parcels.v[lane->first];
		ssize_t n = send(lane->to, parcel->bytes.p + lane->sent,
				 parcel->bytes.n - lane->sent, MSG_NOSIGNAL);

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		lane->sent += n < 0 ? parcel->bytes.n : (size_t)n;
		if (lane->sent < parcel->bytes.n)
			return;
		rt_str_free(&parcel->bytes);
		lane->first++;
		lane->sent = 0;
	}
	if (lane->first == lane->parcels.n)
		lane->first = lane->parcels.n = 0;
}

static void serve(struct proxy *p, struct link *link)
{
	fill(&link->up);
	read_client(p, link);
	fill(&link->down);
	read_server(p, link);
	deliver(&link->up);
	deliver(&link->down);
	if ((link->up.ended && link->up.parcels.n == 0) ||
	    (link->down.ended && link->down.parcels.n == 0) ||
	    (link->hasty && link->up.parcels.n == 0))
		link->dead = true;
}

/* Nanoseconds until a parcel is due; false when none waits for its time. */
static bool until_due(const struct proxy *p, struct timespec *left)
{
	double now = rt_clock_ticks(), due = -1;
	size_t i;

	for (i = 0; i < p->n_links * 2; i++) {
		const struct link *link = p->links[i / 2];
		const struct lane *lane = i % 2 ? &link->up : &link->down;

		if (lane->first < lane->parcels.n &&
		    (due < 0 || lane->parcels.v[lane->first].due < due))
			due = lane->parcels.v[lane->first].due;
	}
	if (due < 0)
		return false;
	due = due > now ? due - now : 0;
	left->tv_sec = (time_t)(due / 1000);
	left->tv_nsec = (long)((due - 1000 * (double)left->tv_sec) * 1e6);
	return true;
}

/* Waits for anything to happen; false when standard input has ended. */
static bool wait_all(const struct proxy *p)
{
	struct pollfd fds[2 + 2 * MAX_LINKS];
	double now = rt_clock_ticks();
	struct timespec left;
	size_t i;

	fds[0] = (struct pollfd){ .fd = p->stay ? -1 : 0, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = p->listener, .events = POLLIN };
	for (i = 0; i < p->n_links; i++) {
		const struct link *link = p->links[i];

		fds[2 + 2 * i] = (struct pollfd){ .fd = link->up.from,
						  .events = POLLIN };
		fds[3 + 2 * i] = (struct pollfd){ .fd = link->up.to,
						  .events = POLLIN };
		if (link->up.ended)
			fds[2 + 2 * i].events = 0;
		if (link->down.ended)
			fds[3 + 2 * i].events = 0;
		if (is_due(&link->down, now))
			fds[2 + 2 * i].events |= POLLOUT;
		if (is_due(&link->up, now))
			fds[3 + 2 * i].events |= POLLOUT;
	}
	/* what is due and does not fit waits for POLLOUT, not for time */
	(void)ppoll(fds, (nfds_t)(2 + 2 * p->n_links),
		    until_due(p, &left) ? &left : NULL, NULL);
	return !(fds[0].revents & (POLLIN | POLLHUP));
}

static void run(struct proxy *p)
{
	size_t i;

	while (wait_all(p)) {
		accept_link(p);
		for (i = 0; i < p->n_links; i++)
			serve(p, p->links[i]);
		for (i = p->n_links; i-- > 0;)
			if (p->links[i]->dead)
				drop_link(p, i);
	}
	while (p->n_links)
		drop_link(p, p->n_links - 1);
	write_counts(p);
}

static enum cut read_cut(const char *word)
{
	static const char *const words[] = { "before", "after", "sent" };
	unsigned i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(word, words[i]) == 0)
			return (enum cut)i;
	errno = EINVAL;
	endpoint_die(word);
}

static void read_options(struct proxy *p, int argc, char **argv)
{
	static const struct option options[] = {
		{ "listen", required_argument, NULL, 'l' },
		{ "to", required_argument, NULL, 't' },
		{ "latency", required_argument, NULL, 'm' },
		{ "count", required_argument, NULL, 'c' },
		{ "cut-on", required_argument, NULL, 'o' },
		{ "nth", required_argument, NULL, 'n' },
		{ "cut", required_argument, NULL, 'x' },
		{ "refuse", required_argument, NULL, 'r' },
		{ "stay", no_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		switch (option) {
		case 'l': p->listen = optarg; break;
		case 't': p->to = optarg; break;
		case 'm': p->half = strtod(optarg, NULL) / 2; break;
		case 'c': p->count_file = optarg; break;
		case 'o': p->cut_on = optarg; break;
		case 'n': p->nth = strtol(optarg, NULL, 10); break;
		case 'x': p->cut = read_cut(optarg); break;
		case 'r': p->refuse = strtol(optarg, NULL, 10); break;
		case 's': p->stay = true; break;
		default: exit(2);
		}
	if (!p->listen || !p->to || optind != argc) {
		fprintf(stderr, "usage: pgproxy --listen WHERE --to WHERE "
				"[options]; see the head of its source\n");
		exit(2);
	}
}

int main(int argc, char **argv)
{
	struct proxy p = { .cut = CUT_AFTER, .nth = 1 };

	signal(SIGPIPE, SIG_IGN);
	read_options(&p, argc, argv);
	p.listener = endpoint_listen(p.listen);
	run(&p);
	endpoint_forget(p.listen);
	return 0;
}
