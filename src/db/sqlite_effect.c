/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "db/sqlite_conn.h"

#include "base/err.h"
#include "schema/sqlite_lex.h"

static int fail(rt_sqlite_conn *c)
{
	c->base.failure.item = c->next;
	c->base.failure.offset = SIZE_MAX;
	return RETORT_EDATABASE;
}

/* Its columns: table, rowid, parent, number of the key. */
static int rows_found(rt_sqlite_conn *c, size_t rows, retort_error *err)
{
	const char *rowid = c->cells.v[1];

	rt_err_set(err, RETORT_EDATABASE,
		   "%zu row%s of table %s refer%s to nothing in table %s%s%s",
		   rows, rows == 1 ? "" : "s", c->cells.v[0],
		   rows == 1 ? "s" : "", c->cells.v[2],
		   rowid ? ", the first one's rowid is " : "",
		   rowid ? rowid : "");
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "mend these rows first (PRAGMA foreign_key_check lists "
		     "them), or take the check out of the revision");
	return fail(c);
}

static bool says_off(const rt_sqlite_cursor *c)
{
	return rt_sqlite_is(c, "off") || rt_sqlite_is(c, "no") ||
	       rt_sqlite_is(c, "false") || rt_sv_is(rt_sqlite_text(c), "0");
}

static int still_on(rt_sqlite_conn *c, retort_error *err)
{
	int on = 0;

	c->sq.db_config(c->db, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &on);
	if (!on)
		return 0;
	rt_err_set(err, RETORT_EDATABASE,
		   "foreign keys are enforced, and SQLite cannot switch that "
		   "off inside a transaction");
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "a transaction:false revision has switched it on; run "
		     "this one by itself, or let that one switch it off");
	return fail(c);
}

int rt_sqlite_check_effect(rt_sqlite_conn *c, size_t rows, retort_error *err)
{
	rt_sqlite_cursor at;

	rt_sqlite_begin(&at, c->items.v[c->next].sql);
	if (!rt_sqlite_skip(&at, "pragma"))
		return 0;
	if (!rt_sqlite_is(&at, "foreign_keys") &&
	    !rt_sqlite_is(&at, "foreign_key_check")) {
		rt_sqlite_next(&at); /* a schema */
		rt_sqlite_skip_mark(&at, '.');
	}
	if (rows && rt_sqlite_is(&at, "foreign_key_check"))
		return rows_found(c, rows, err);
	if (!rt_sqlite_skip(&at, "foreign_keys"))
		return 0;
	rt_sqlite_next(&at); /* = or ( */
	return says_off(&at) ? still_on(c, err) : 0;
}
