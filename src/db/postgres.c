/* SPDX-License-Identifier: MIT */
/*
 * The PostgreSQL driver: batches.
 *
 * A batch goes out as one message of the simple protocol, its statements
 * joined by semicolons, and comes back as one result per statement: one round
 * trip.  The server treats statements of one message that are not between
 * BEGIN and COMMIT as one transaction, so a statement that cannot stand in
 * one has to be a batch of its own.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "db/drivers.h"
#include "db/postgres_conn.h"

enum { COPY_CHUNK = 64 * 1024 };

rt_pg_conn *rt_pg_conn_of(rt_conn *conn)
{
	return (rt_pg_conn *)conn; /* base comes first */
}

static bool pg_in_transaction(const rt_conn *conn)
{
	const rt_pg_conn *c = (const rt_pg_conn *)conn;
	PGTransactionStatusType status = c->pq.PQtransactionStatus(c->pg);

	return status == PQTRANS_INTRANS || status == PQTRANS_INERROR ||
	       status == PQTRANS_ACTIVE;
}

static void drop_answer(rt_pg_conn *c)
{
	if (c->result)
		c->pq.PQclear(c->result);
	c->result = NULL;
	c->cells.n = 0;
}

/* Sends the message; what the socket does not take now goes out while we
 * wait for answers. */
static int transmit(rt_pg_conn *c, retort_error *err)
{
	c->cancelled = 0;
	c->asked = rt_clock_ticks();
	if (!c->pq.PQsendQuery(c->pg, c->message.p))
		return rt_pg_lost(c, err);
	(void)c->pq.PQflush(c->pg); /* a broken socket shows when we read */
	return 0;
}

/*
 * Wait for a result.
 *   in:   until, ticks; negative = as long as it takes
 *   out:  1 = PQgetResult() will not block; 2 = time is up
 */
static int await_result(rt_pg_conn *c, double until, retort_error *err)
{
	for (;;) {
		bool unsent = c->pq.PQflush(c->pg) > 0;

		if (!c->pq.PQisBusy(c->pg))
			return 1;
		if (!rt_pg_wait(c, unsent, until))
			return 2;
		if (!c->pq.PQconsumeInput(c->pg))
			return rt_pg_lost(c, err);
	}
}

/* Takes what is left of a batch that has failed. */
static void drain(rt_pg_conn *c)
{
	PGresult *result;

	while (await_result(c, -1, NULL) == 1) {
		result = c->pq.PQgetResult(c->pg);
		if (!result)
			return;
		c->pq.PQclear(result);
	}
}

static int fail(rt_pg_conn *c, PGresult *result, retort_error *err)
{
	int rc;

	drain(c);
	rc = rt_pg_error(c, result, err);
	c->pq.PQclear(result);
	return rc;
}

/*
 * SELECT can do without its message being its own transaction, so it can
 * carry the settings.  They last: the message's transaction commits.
 */
static bool carries_settings(const rt_batch_item *items, size_t n)
{
	static const char *const words[] = { "SELECT ", "WITH " };
	size_t i;

	for (i = 0; n == 1 && i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_sv_is_nocase(rt_sv_sub(items->sql, 0,
					      strlen(words[i])), words[i]))
			return true;
	return false;
}

/* A first message that cannot carry the settings goes out behind them. */
static int send_settings(rt_pg_conn *c, retort_error *err)
{
	PGresult *result;
	int rc;

	c->base.trips++;
	c->items.n = 0;
	rt_str_clear(&c->message);
	rt_str_addsv(&c->message, rt_str_sv(&c->settings));
	rc = transmit(c, err);
	if (rc)
		return rc;
	while ((rc = await_result(c, -1, err)) == 1) {
		result = c->pq.PQgetResult(c->pg);
		if (!result) {
			rt_str_clear(&c->settings);
			return 0;
		}
		if (c->pq.PQresultStatus(result) != PGRES_COMMAND_OK)
			return fail(c, result, err);
		c->pq.PQclear(result);
	}
	return rc;
}

/* The line end before the semicolon is for a statement that ends in a
 * comment. */
static void compose(rt_pg_conn *c, const rt_batch_item *items, size_t n)
{
	size_t i;

	rt_str_clear(&c->message);
	rt_str_addsv(&c->message, rt_str_sv(&c->settings));
	c->items.n = 0;
	for (i = 0; i < n; i++) {
		rt_pg_item item = { c->message.n, items[i].sql.n,
				    items[i].copy_data };

		if (i)
			rt_str_add(&c->message, "\n;\n");
		item.start = c->message.n;
		rt_str_addsv(&c->message, items[i].sql);
		rt_vec_push(&c->items, item);
	}
}

static int pg_send(rt_conn *conn, const rt_batch_item *items, size_t n,
		   retort_error *err)
{
	rt_pg_conn *c = rt_pg_conn_of(conn);
	int rc;

	drop_answer(c);
	if (c->settings.n && !carries_settings(items, n)) {
		rc = send_settings(c, err);
		if (rc)
			return rc;
	}
	compose(c, items, n);
	c->next = 0;
	c->copying = false;
	c->skip = c->settings.n ? c->n_settings : 0;
	return transmit(c, err);
}

/*
 * Feed COPY … FROM STDIN.  An error of the server shows when all is sent.
 *   out:  0 = done; 2 = time is up
 */
static int feed_copy(rt_pg_conn *c, double until, retort_error *err)
{
	rt_sv data = c->items.v[c->next].copy_data;
	int rc;

	for (;;) {
		rt_sv chunk = rt_sv_sub(data, c->copied, COPY_CHUNK);

		if (chunk.n)
			rc = c->pq.PQputCopyData(c->pg, chunk.p,
						 (int)chunk.n);
		else
			rc = c->pq.PQputCopyEnd(c->pg, NULL);
		if (rc < 0)
			return rt_pg_lost(c, err);
		if (rc > 0 && chunk.n == 0)
			break;
		if (rc > 0) {
			c->copied += chunk.n;
			continue;
		}
		if (!rt_pg_wait(c, true, until))
			return 2;
		if (!c->pq.PQconsumeInput(c->pg))
			return rt_pg_lost(c, err);
	}
	c->copying = false;
	return 0;
}

static void begin_copy(rt_pg_conn *c)
{
	c->copying = true;
	c->copied = 0;
	c->base.trips++;
}

/* COPY … TO STDOUT: there is nobody to give it to. */
static int drop_copy(rt_pg_conn *c, retort_error *err)
{
	char *data;
	int n;

	while ((n = c->pq.PQgetCopyData(c->pg, &data, 1)) >= 0) {
		if (n > 0)
			c->pq.PQfreemem(data);
		else if (rt_pg_wait(c, false, -1) &&
			 !c->pq.PQconsumeInput(c->pg))
			return rt_pg_lost(c, err);
	}
	return 0;
}

static void fill_answer(rt_pg_conn *c, PGresult *result, rt_answer *answer)
{
	const char *count = c->pq.PQcmdTuples(result);
	double now = rt_clock_ticks();
	int i, j, rows = c->pq.PQntuples(result);
	int columns = c->pq.PQnfields(result);

	drop_answer(c);
	c->result = result;
	for (i = 0; i < rows; i++)
		for (j = 0; j < columns; j++)
			rt_vec_push(&c->cells,
				    c->pq.PQgetisnull(result, i, j) ?
					    NULL :
					    c->pq.PQgetvalue(result, i, j));
	*answer = (rt_answer){ .affected = -1 };
	answer->item = c->next < c->items.n ? c->next : c->items.n - 1;
	if (count[0])
		answer->affected = strtoll(count, NULL, 10);
	answer->n_rows = (size_t)rows;
	answer->n_columns = (size_t)columns;
	answer->cells = c->cells.v;
	answer->milliseconds = now - c->asked;
	c->asked = now;
	c->next++;
}

/*
 * Take one result.
 *   out:  1 = *answer is filled; 0 = go on, there is more; negative = failed
 */
static int take(rt_pg_conn *c, PGresult *result, rt_answer *answer,
		retort_error *err)
{
	switch (c->pq.PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
	case PGRES_EMPTY_QUERY:
		if (c->skip == 0) {
			fill_answer(c, result, answer);
			return 1;
		}
		c->skip--;
		break;
	case PGRES_COPY_IN:
		begin_copy(c);
		break;
	case PGRES_COPY_OUT:
		c->pq.PQclear(result);
		return drop_copy(c, err);
	default:
		return fail(c, result, err);
	}
	c->pq.PQclear(result);
	return 0;
}

static int pg_receive(rt_conn *conn, int wait, rt_answer *answer,
		      retort_error *err)
{
	rt_pg_conn *c = rt_pg_conn_of(conn);
	double until = wait < 0 ? -1 : rt_clock_ticks() + wait;
	PGresult *result;
	int rc;

	for (;;) {
		if (c->copying) {
			rc = feed_copy(c, until, err);
			if (rc)
				return rc;
		}
		rc = await_result(c, until, err);
		if (rc != 1)
			return rc;
		result = c->pq.PQgetResult(c->pg);
		if (!result)
			break;
		rc = take(c, result, answer, err);
		if (rc)
			return rc;
	}
	if (c->settings.n) /* they came with this batch, and it succeeded */
		rt_str_clear(&c->settings);
	return 0;
}

static void pg_cancel(rt_conn *conn)
{
	rt_pg_conn *c = rt_pg_conn_of(conn);
	char why[256];

	c->cancelled = 1;
	if (c->cancel)
		(void)c->pq.PQcancel(c->cancel, why, sizeof(why));
}

static const char *const schemes[] = { "postgresql", NULL };

const rt_driver rt_driver_postgres = {
	.name = "postgresql",
	.schemes = schemes,
	.dialect = RETORT_DIALECT_POSTGRESQL,
	.caps = RT_CAP_BATCH_IS_ONE_TRIP,
	.open = rt_pg_open,
	.close = rt_pg_close,
	.start = rt_pg_start,
	.in_transaction = pg_in_transaction,
	.send = pg_send,
	.receive = pg_receive,
	.cancel = pg_cancel,
	.lock = rt_pg_lock,
	.unlock = rt_pg_unlock,
	.blockers = rt_pg_blockers,
	.environment = rt_pg_environment,
	.backup = NULL,
};
