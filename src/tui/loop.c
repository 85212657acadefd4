/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/loop.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/vec.h"

enum { FRAME_MS = 4 };

struct watch {
	int fd;
	rt_loop_fn ready;
	void *self;
};

struct timer {
	double due;
	rt_loop_fn fire;
	void *self;
};

struct rt_loop {
	rt_loop_fn draw;
	void *self;
	int idle_fd;
	int busy;
	bool dirty, quit;
	bool stirred; /* something was drawn or done since the last idle */
	double last_frame;
	RT_VEC(struct watch) watches;
	RT_VEC(struct timer) timers;
	RT_VEC(struct pollfd) fds;
};

rt_loop *rt_loop_new(rt_loop_fn draw, void *self, int idle_fd)
{
	rt_loop *loop = rt_calloc(1, sizeof(*loop));

	loop->draw = draw;
	loop->self = self;
	loop->idle_fd = idle_fd;
	loop->dirty = true;
	loop->stirred = true;
	return loop;
}

void rt_loop_free(rt_loop *loop)
{
	if (!loop)
		return;
	rt_vec_free(&loop->watches);
	rt_vec_free(&loop->timers);
	rt_vec_free(&loop->fds);
	free(loop);
}

void rt_loop_watch(rt_loop *loop, int fd, rt_loop_fn ready, void *self)
{
	rt_vec_push(&loop->watches, (struct watch){ fd, ready, self });
}

void rt_loop_unwatch(rt_loop *loop, int fd)
{
	size_t i, kept = 0;

	for (i = 0; i < loop->watches.n; i++)
		if (loop->watches.v[i].fd != fd)
			loop->watches.v[kept++] = loop->watches.v[i];
	loop->watches.n = kept;
}

void rt_loop_cancel(rt_loop *loop, rt_loop_fn fire, void *self)
{
	size_t i, kept = 0;

	for (i = 0; i < loop->timers.n; i++)
		if (loop->timers.v[i].fire != fire ||
		    loop->timers.v[i].self != self)
			loop->timers.v[kept++] = loop->timers.v[i];
	loop->timers.n = kept;
}

void rt_loop_timer(rt_loop *loop, double ms, rt_loop_fn fire, void *self)
{
	rt_loop_cancel(loop, fire, self);
	rt_vec_push(&loop->timers,
		    (struct timer){ rt_clock_ticks() + ms, fire, self });
}

void rt_loop_dirty(rt_loop *loop)
{
	loop->dirty = true;
	loop->stirred = true;
}

void rt_loop_busy(rt_loop *loop)
{
	loop->busy++;
	loop->stirred = true;
}

void rt_loop_unbusy(rt_loop *loop)
{
	RT_ASSERT(loop->busy > 0);
	loop->busy--;
}

void rt_loop_quit(rt_loop *loop)
{
	loop->quit = true;
}

/* The first timer that is due; takes it out. */
static bool take_due(rt_loop *loop, double now, struct timer *out)
{
	size_t i;

	for (i = 0; i < loop->timers.n; i++) {
		if (loop->timers.v[i].due > now)
			continue;
		*out = loop->timers.v[i];
		loop->timers.v[i] = loop->timers.v[--loop->timers.n];
		return true;
	}
	return false;
}

static void fire_timers(rt_loop *loop)
{
	double now = rt_clock_ticks();
	struct timer t;

	while (!loop->quit && take_due(loop, now, &t))
		t.fire(t.self);
}

/* Milliseconds to wait; -1 = until something comes. */
static int wait_time(const rt_loop *loop)
{
	double now = rt_clock_ticks(), due = -1;
	size_t i;

	if (loop->dirty)
		due = loop->last_frame + FRAME_MS;
	for (i = 0; i < loop->timers.n; i++)
		if (due < 0 || loop->timers.v[i].due < due)
			due = loop->timers.v[i].due;
	if (due < 0)
		return -1;
	return due <= now ? 0 : (int)(due - now) + 1;
}

static void tell_idle(rt_loop *loop)
{
	if (loop->dirty || loop->busy || !loop->stirred)
		return;
	loop->stirred = false;
	if (loop->idle_fd >= 0 && write(loop->idle_fd, "", 1) < 0)
		loop->idle_fd = -1;
}

/* A callback may take watches away, so each is looked up again. */
static void call_ready(rt_loop *loop, int fd)
{
	size_t i;

	for (i = 0; i < loop->watches.n; i++) {
		if (loop->watches.v[i].fd != fd)
			continue;
		loop->watches.v[i].ready(loop->watches.v[i].self);
		return;
	}
}

static void wait_and_call(rt_loop *loop)
{
	size_t i;
	int n;

	loop->fds.n = 0;
	for (i = 0; i < loop->watches.n; i++)
		rt_vec_push(&loop->fds,
			    (struct pollfd){ loop->watches.v[i].fd, POLLIN,
					     0 });
	n = poll(loop->fds.v, loop->fds.n, wait_time(loop));
	if (n < 0)
		RT_ASSERT(errno == EINTR || errno == EAGAIN);
	for (i = 0; n > 0 && i < loop->fds.n && !loop->quit; i++)
		if (loop->fds.v[i].revents)
			call_ready(loop, loop->fds.v[i].fd);
}

static void draw_if_due(rt_loop *loop)
{
	double now = rt_clock_ticks();

	if (!loop->dirty || now < loop->last_frame + FRAME_MS)
		return;
	loop->dirty = false;
	loop->draw(loop->self);
	loop->last_frame = now;
}

void rt_loop_run(rt_loop *loop)
{
	loop->last_frame = -FRAME_MS;
	while (!loop->quit) {
		draw_if_due(loop);
		tell_idle(loop);
		wait_and_call(loop);
		fire_timers(loop);
	}
}
