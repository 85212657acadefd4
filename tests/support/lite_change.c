/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "support/lite_change.h"

static void plan(lite_change *c, const char *wanted)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_alter_options options = { false };
	rt_conn *other = lite_open();
	retort_diff *diff = NULL;

	lite_run(other, "wanted", wanted);
	c->before = lite_schema(c->conn);
	c->after = lite_schema(other);
	rt_conn_close(other);
	rt_assert_ok(retort_diff_make(&diff, c->before, c->after, &err), &err);
	rt_assert_ok(rt_alter(diff, &options, &c->up, &err), &err);
	retort_diff_free(diff);
}

void lite_change_begin(lite_change *c, const char *sql, const char *wanted)
{
	*c = (lite_change){ .conn = lite_open(), .up = RT_DDL_LIST_INIT };
	lite_run(c->conn, "before", sql);
	plan(c, wanted);
}

static void forget_plan(lite_change *c)
{
	retort_schema_free(c->before);
	retort_schema_free(c->after);
	rt_ddl_list_free(&c->up);
}

void lite_change_end(lite_change *c)
{
	forget_plan(c);
	rt_conn_close(c->conn);
}

void lite_change_again(lite_change *c, const char *wanted)
{
	forget_plan(c);
	c->up = (rt_ddl_list)RT_DDL_LIST_INIT;
	plan(c, wanted);
}

int lite_change_try(lite_change *c, retort_error *err)
{
	size_t i;
	int rc = rt_conn_exec(c->conn, "BEGIN", err);

	for (i = 0; i < c->up.list.n && rc == 0; i++)
		rc = rt_conn_exec(c->conn, c->up.list.v[i].sql, err);
	if (rc)
		(void)!rt_conn_exec(c->conn, "ROLLBACK", NULL);
	else
		rc = rt_conn_exec(c->conn, "COMMIT", err);
	return rc;
}

char *lite_change_sql(const lite_change *c)
{
	rt_str out = RT_STR_INIT;
	size_t i;

	for (i = 0; i < c->up.list.n; i++) {
		if (c->up.list.v[i].note)
			rt_str_addf(&out, "-- %s\n", c->up.list.v[i].note);
		rt_str_addf(&out, "%s;\n", c->up.list.v[i].sql);
	}
	return rt_str_take(&out);
}

void lite_change_expect(const lite_change *c, const retort_schema *want)
{
	retort_schema *is = lite_schema(c->conn);
	char *diff = lite_diff(is, want), *line, *rest = diff;

	/* The order of columns is for information. */
	while ((line = strsep(&rest, "\n")) && *line)
		if (strncmp(line, "moved ", strlen("moved ")))
			fail_msg("%s\n%s", line, lite_change_sql(c));
	free(diff);
	retort_schema_free(is);
}

void lite_change_run(lite_change *c)
{
	retort_error err = RETORT_ERROR_INIT;

	if (lite_change_try(c, &err))
		fail_msg("%s\n%s", err.message, lite_change_sql(c));
	lite_change_expect(c, c->after);
}

void lite_change_both_ways(lite_change *c)
{
	retort_schema *old;
	char *wanted;

	lite_change_run(c);
	old = c->before;
	c->before = NULL;
	wanted = lite_dump(old);
	lite_change_again(c, wanted);
	lite_change_run(c);
	lite_change_expect(c, old);
	free(wanted);
	retort_schema_free(old);
}
