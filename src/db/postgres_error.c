/* SPDX-License-Identifier: MIT */
/* PostgreSQL's errors and notices as texts for people. */
#include "config.h"

#include "db/postgres_conn.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "text/url.h"

enum { LOST = 1 << 0, BUSY = 1 << 1 };

/* By the start of the SQLSTATE, the longer ones first; those not here are
 * EDATABASE, with what the server says. */
static const struct reason {
	const char *sqlstate;
	int code;
	int flags;
	const char *next;
} reasons[] = {
	{ "08", RETORT_ECONNECT, LOST, NULL },
	{ "25006", RETORT_EDATABASE, 0,
	  "connect to the primary: this server is a standby, or "
	  "default_transaction_read_only is on" },
	{ "28P01", RETORT_ECONNECT, 0,
	  "check user and password in the database URL, PGPASSWORD and "
	  "~/.pgpass" },
	{ "28", RETORT_ECONNECT, 0,
	  "check the user in the database URL, and the server's "
	  "pg_hba.conf" },
	{ "3D000", RETORT_ECONNECT, 0,
	  "create the database (createdb), or correct its name in the "
	  "database URL" },
	{ "40001", RETORT_EDATABASE, BUSY, "run it again" },
	{ "40P01", RETORT_ELOCKED, BUSY, "run it again" },
	{ "42501", RETORT_EDATABASE, 0,
	  "connect as the owner, or grant the right" },
	{ "53100", RETORT_EDATABASE, 0, "make room on the server's disk" },
	{ "53300", RETORT_ECONNECT, 0,
	  "close other connections, or raise the server's "
	  "max_connections" },
	{ "55P03", RETORT_ELOCKED, BUSY,
	  "try when the other sessions are done with these objects, or "
	  "raise lock_timeout" },
	{ "57014", RETORT_EDATABASE, 0,
	  "if it needs longer, raise statement_timeout" },
	{ "57P01", RETORT_ECONNECT, LOST, NULL },
	{ "57P02", RETORT_ECONNECT, LOST, NULL },
	{ "57P03", RETORT_ECONNECT, LOST,
	  "the server is starting or stopping: try again" },
	{ "57P", RETORT_ECONNECT, LOST, NULL },
};

static const struct reason *find_reason(const char *sqlstate)
{
	static const struct reason other = { "", RETORT_EDATABASE, 0, NULL };
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (rt_sv_starts(rt_sv_from(sqlstate), reasons[i].sqlstate))
			return &reasons[i];
	return &other;
}

/* The byte offset of a position in characters (1-based). */
static size_t byte_of(rt_sv text, unsigned long position)
{
	size_t i;

	for (i = 0; i < text.n; i++)
		if (((unsigned char)text.p[i] & 0xc0) != 0x80 &&
		    --position == 0)
			break;
	return i;
}

/*
 * Which statement, and where in it.  A syntax error comes before any
 * statement of the message has run, so the position decides, if there is one.
 */
static void place(rt_pg_conn *c, const PGresult *result)
{
	rt_failure *f = &c->base.failure;
	const char *text = result ? c->pq.PQresultErrorField(
		result, PG_DIAG_STATEMENT_POSITION) : NULL;
	unsigned long position = text ? strtoul(text, NULL, 10) : 0;
	size_t i, at;

	f->item = c->next < c->items.n ? c->next :
		  c->items.n	       ? c->items.n - 1 :
					 0;
	f->offset = SIZE_MAX;
	if (position == 0)
		return;
	/* The last that begins before it: an error at the end of one points
	 * to the semicolon behind it. */
	at = byte_of(rt_str_sv(&c->message), position);
	for (i = 0; i < c->items.n && c->items.v[i].start <= at; i++) {
		const rt_pg_item *item = &c->items.v[i];

		f->item = i;
		f->offset = at - item->start < item->size ? at - item->start :
							    item->size;
	}
}

static void add_field(rt_pg_conn *c, const PGresult *result, int code,
		      retort_error_field field, retort_error *err)
{
	const char *text = c->pq.PQresultErrorField(result, code);

	if (text && text[0])
		rt_err_field_sv(err, field, rt_sv_from(text));
}

/* The call stack; a statement inside a function is part of it. */
static void add_context(rt_pg_conn *c, const PGresult *result,
			retort_error *err)
{
	const char *query = c->pq.PQresultErrorField(result,
						     PG_DIAG_INTERNAL_QUERY);
	const char *context = c->pq.PQresultErrorField(result,
						       PG_DIAG_CONTEXT);
	rt_str text = RT_STR_INIT;

	if (query)
		rt_str_addf(&text, "in query: %s%s", query,
			    context ? "\n" : "");
	if (context)
		rt_str_add(&text, context);
	if (text.n)
		rt_err_field_sv(err, RETORT_ERROR_CONTEXT, rt_str_sv(&text));
	rt_str_free(&text);
}

/* Append text as one line: line ends and tabs become single spaces. */
static void add_line(rt_str *out, const char *text)
{
	for (; *text; text++) {
		if (!isspace((unsigned char)*text))
			rt_str_addc(out, *text);
		else if (out->n && out->p[out->n - 1] != ' ')
			rt_str_addc(out, ' ');
	}
	while (out->n && out->p[out->n - 1] == ' ')
		rt_str_truncate(out, out->n - 1);
}

int rt_pg_lost(rt_pg_conn *c, retort_error *err)
{
	rt_str why = RT_STR_INIT;
	const char *text = c->pq.PQerrorMessage(c->pg);
	rt_sv rest = rt_sv_from(text), line;

	place(c, NULL);
	c->base.failure.lost = true;
	if (rt_sv_line(&rest, &line))
		rt_str_addsv(&why, rt_sv_trim(line));
	rt_err_set(err, RETORT_ECONNECT, "the connection to PostgreSQL is "
		   "lost: %s", why.n ? why.p : "no reason known");
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "see whether the server runs, and its log");
	rt_str_free(&why);
	return RETORT_ECONNECT;
}

static int cancelled(rt_pg_conn *c, retort_error *err)
{
	c->base.failure.cancelled = true;
	return rt_err_set(err, RETORT_ECANCELLED, "cancelled");
}

int rt_pg_error(rt_pg_conn *c, const PGresult *result, retort_error *err)
{
	rt_failure *f = &c->base.failure;
	const char *sqlstate = c->pq.PQresultErrorField(result,
							PG_DIAG_SQLSTATE);
	const char *message = c->pq.PQresultErrorField(
		result, PG_DIAG_MESSAGE_PRIMARY);
	const struct reason *reason;
	rt_str line = RT_STR_INIT;
	int code;

	if (!sqlstate) /* libpq's own: the connection broke */
		return rt_pg_lost(c, err);
	place(c, result);
	memcpy(f->sqlstate, sqlstate, strnlen(sqlstate, 5) + 1);
	if (c->cancelled && strcmp(sqlstate, "57014") == 0)
		return cancelled(c, err);
	reason = find_reason(sqlstate);
	code = reason->code;
	f->lost = reason->flags & LOST ||
		  c->pq.PQstatus(c->pg) == CONNECTION_BAD;
	f->busy = reason->flags & BUSY;
	if (f->lost)
		code = RETORT_ECONNECT;
	add_line(&line, message ? message : "no message");
	rt_err_set(err, code, "%s", line.p);
	rt_str_free(&line);
	rt_err_field(err, RETORT_ERROR_SQLSTATE, "%s", f->sqlstate);
	add_field(c, result, PG_DIAG_MESSAGE_DETAIL, RETORT_ERROR_DETAIL,
		  err);
	add_field(c, result, PG_DIAG_MESSAGE_HINT, RETORT_ERROR_HINT, err);
	add_context(c, result, err);
	if (reason->next)
		rt_err_field(err, RETORT_ERROR_NEXT, "%s", reason->next);
	return code;
}

/* "LOCATION:  auth_failed, auth.c:326", in any language. */
static bool is_location(rt_sv line)
{
	size_t n = line.n;

	while (n > 0 && isdigit((unsigned char)line.p[n - 1]))
		n--;
	return n < line.n && n >= 3 && memcmp(line.p + n - 3, ".c:", 3) == 0;
}

/* Where "FATAL:  28P01: text" has its SQLSTATE; line.n if nowhere. */
static size_t find_sqlstate(rt_sv line)
{
	size_t i, j;

	for (i = 0; i + 10 <= line.n; i++) {
		if (memcmp(line.p + i, ":  ", 3) != 0 ||
		    memcmp(line.p + i + 8, ": ", 2) != 0)
			continue;
		for (j = i + 3; j < i + 8; j++)
			if (!isdigit((unsigned char)line.p[j]) &&
			    !isupper((unsigned char)line.p[j]))
				break;
		if (j == i + 8)
			return i + 3;
	}
	return line.n;
}

/*
 * What libpq says of every host it tried, on one line.  Left out: source
 * lines, its advice (behind a tab; ours is NEXT), the codes but the last.
 */
static void read_connect_message(const char *message, rt_str *out,
				 char sqlstate[6])
{
	rt_sv rest = rt_sv_from(message), line;
	size_t at;

	while (rt_sv_line(&rest, &line)) {
		if (line.n == 0 || line.p[0] == '\t' || is_location(line))
			continue;
		if (out->n)
			rt_str_add(out, "; ");
		at = find_sqlstate(line);
		rt_str_addsv(out, rt_sv_sub(line, 0, at));
		if (at == line.n)
			continue;
		memcpy(sqlstate, line.p + at, 5);
		rt_str_addsv(out, rt_sv_sub(line, at + 7, line.n));
	}
}

int rt_pg_connect_error(rt_pg_conn *c, retort_error *err)
{
	const char *next = "check that the server runs, and host and port in "
			   "the database URL";
	rt_str text = RT_STR_INIT;
	char sqlstate[6] = "";
	const struct reason *reason;

	read_connect_message(c->pq.PQerrorMessage(c->pg), &text, sqlstate);
	reason = find_reason(sqlstate);
	rt_err_set(err, RETORT_ECONNECT, "cannot connect to PostgreSQL: %s",
		   text.p);
	rt_str_free(&text);
	if (sqlstate[0]) {
		rt_err_field(err, RETORT_ERROR_SQLSTATE, "%s", sqlstate);
		next = "see the server's log";
	}
	if (c->pq.PQconnectionNeedsPassword(c->pg))
		next = find_reason("28P01")->next;
	rt_err_field(err, RETORT_ERROR_NEXT, "%s",
		     reason->next ? reason->next : next);
	return RETORT_ECONNECT;
}

/* libpq quotes what it stumbled over, and that may be the password: shown
 * is only what the redacted URL shows, too. */
static void add_redacted(rt_str *out, rt_sv why, const char *redacted)
{
	rt_sv piece;
	bool quoted;

	for (quoted = false; rt_sv_split(&why, '"', &piece);
	     quoted = !quoted) {
		char *text = rt_strndup(piece.p, piece.n);

		if (quoted)
			rt_str_addf(out, "'%s'", strstr(redacted, text) ?
				    text : "***");
		else
			rt_str_addsv(out, piece);
		free(text);
	}
}

int rt_pg_url_error(const char *url, const char *why, retort_error *err)
{
	rt_str text = RT_STR_INIT, redacted = RT_STR_INIT;

	rt_url_redact(rt_sv_from(url), &redacted);
	if (!why)
		rt_str_add(&text, "a bare '@' or '/' stands in the password");
	else
		add_redacted(&text, rt_sv_trim(rt_sv_from(why)), redacted.p);
	rt_err_set(err, RETORT_ECONFIG, "the database URL cannot be read: %s",
		   text.p);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "write postgresql://user:password@host:port/database; in "
		     "user and password @ is %%40, / is %%2F, : is %%3A, ? is "
		     "%%3F, %% is %%25");
	rt_str_free(&text);
	rt_str_free(&redacted);
	return RETORT_ECONFIG;
}

void rt_pg_on_notice(void *conn, const PGresult *result)
{
	static const struct part {
		int code;
		const char *format;
	} parts[] = {
		{ PG_DIAG_MESSAGE_PRIMARY, ": " },
		{ PG_DIAG_MESSAGE_DETAIL, " DETAIL: " },
		{ PG_DIAG_MESSAGE_HINT, " HINT: " },
	};
	rt_pg_conn *c = conn;
	const char *severity;
	rt_str text = RT_STR_INIT;
	size_t i;

	if (!c->notice)
		return;
	severity = c->pq.PQresultErrorField(result, PG_DIAG_SEVERITY);
	rt_str_add(&text, severity ? severity : "NOTICE");
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *part = c->pq.PQresultErrorField(result,
							    parts[i].code);

		if (!part)
			continue;
		rt_str_add(&text, parts[i].format);
		add_line(&text, part);
	}
	c->notice(c->self, text.p);
	rt_str_free(&text);
}
