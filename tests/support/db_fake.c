/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "support/db_fake.h"

#include "base/alloc.h"
#include "base/err.h"

typedef struct fake_conn {
	rt_conn base;
	rt_driver driver; /* the inner one's face, our functions */
	rt_conn *inner;   /* NULL = lost */
	db_fault fault;
	unsigned seen;
	size_t fail_at;   /* item of the open batch; SIZE_MAX = none */
	size_t n_sent;    /* how many were */
} fake_conn;

static fake_conn *fake_of(rt_conn *conn)
{
	return (fake_conn *)conn; /* base comes first */
}

static void fake_close(rt_conn *conn)
{
	fake_conn *c = fake_of(conn);

	rt_conn_close(c->inner);
	free(c);
}

static bool fake_in_transaction(const rt_conn *conn)
{
	const fake_conn *c = (const fake_conn *)conn;

	return c->inner && rt_conn_in_transaction(c->inner);
}

static int lose(fake_conn *c, retort_error *err)
{
	rt_conn_close(c->inner); /* the server rolls back */
	c->inner = NULL;
	c->base.failure = (rt_failure){ .item = c->fail_at, .lost = true,
					.offset = SIZE_MAX };
	return rt_err_set(err, RETORT_ECONNECT, "the connection is lost");
}

static bool strikes(fake_conn *c, rt_sv sql)
{
	unsigned times = c->fault.times ? c->fault.times : 1;

	if (!memmem(sql.p, sql.n, c->fault.text, strlen(c->fault.text)))
		return false;
	c->seen++;
	return c->seen >= c->fault.nth && c->seen < c->fault.nth + times;
}

static int fake_send(rt_conn *conn, const rt_batch_item *items, size_t n,
		     retort_error *err)
{
	fake_conn *c = fake_of(conn);
	size_t i;
	int rc = 0;

	c->fail_at = SIZE_MAX;
	if (!c->inner)
		return lose(c, err);
	for (i = 0; i < n && c->fail_at == SIZE_MAX; i++)
		if (strikes(c, items[i].sql))
			c->fail_at = i;
	c->n_sent = n;
	if (c->fail_at < n && c->fault.kind != DB_FAULT_LOST_AFTER)
		c->n_sent = c->fail_at;
	if (c->n_sent)
		rc = rt_conn_send(c->inner, items, c->n_sent, err);
	if (rc)
		c->base.failure = c->inner->failure;
	return rc;
}

static int strike(fake_conn *c, retort_error *err)
{
	if (c->fault.kind == DB_FAULT_LOST_BEFORE)
		return lose(c, err);
	c->base.failure = (rt_failure){ .item = c->fail_at,
					.offset = SIZE_MAX };
	if (c->fault.kind == DB_FAULT_BUSY) {
		c->base.failure.busy = true;
		return rt_err_set(err, RETORT_ELOCKED, "a lock was not had");
	}
	return rt_err_set(err, RETORT_EDATABASE, "refused");
}

/* Lets the whole batch run, and tells nobody. */
static int strike_after(fake_conn *c, retort_error *err)
{
	rt_answer answer;
	int rc;

	do
		rc = rt_conn_receive(c->inner, -1, &answer, err);
	while (rc > 0);
	if (rc == 0)
		return lose(c, err);
	c->base.failure = c->inner->failure;
	return rc;
}

static int fake_receive(rt_conn *conn, int wait, rt_answer *answer,
			retort_error *err)
{
	fake_conn *c = fake_of(conn);
	int rc = 0;

	if (c->fail_at != SIZE_MAX && c->fault.kind == DB_FAULT_LOST_AFTER)
		return strike_after(c, err);
	if (c->n_sent)
		rc = rt_conn_receive(c->inner, wait, answer, err);
	if (rc < 0)
		c->base.failure = c->inner->failure;
	if (rc == 0 && c->fail_at != SIZE_MAX)
		return strike(c, err);
	return rc;
}

static void fake_cancel(rt_conn *conn)
{
	fake_conn *c = fake_of(conn);

	if (c->inner)
		rt_conn_cancel(c->inner);
}

static int fake_lock(rt_conn *conn, uint64_t key, rt_str *holder,
		     retort_error *err)
{
	fake_conn *c = fake_of(conn);

	return c->inner ? rt_conn_lock(c->inner, key, holder, err) :
			  lose(c, err);
}

static void fake_unlock(rt_conn *conn, uint64_t key)
{
	fake_conn *c = fake_of(conn);

	if (c->inner)
		rt_conn_unlock(c->inner, key);
}

rt_conn *db_fake_wrap(rt_conn *inner, const db_fault *fault)
{
	fake_conn *c = rt_calloc(1, sizeof(*c));

	c->driver = (rt_driver){
		.name = inner->driver->name,
		.schemes = inner->driver->schemes,
		.dialect = inner->driver->dialect,
		.caps = inner->driver->caps,
		.open = inner->driver->open,
		.close = fake_close,
		.in_transaction = fake_in_transaction,
		.send = fake_send,
		.receive = fake_receive,
		.cancel = fake_cancel,
		.lock = fake_lock,
		.unlock = fake_unlock,
	};
	c->base.driver = &c->driver;
	c->inner = inner;
	c->fault = *fault;
	return &c->base;
}
