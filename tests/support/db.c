/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "support/db.h"

rt_conn *db_open(const char *url, const rt_conn_options *options)
{
	static const rt_conn_options create = { .create = true };
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn;

	rt_assert_ok(rt_conn_open(&conn, url, options ? options : &create,
				  &err), &err);
	return conn;
}

void db_exec(rt_conn *conn, const char *sql)
{
	retort_error err = RETORT_ERROR_INIT;

	rt_assert_ok(rt_conn_exec(conn, sql, &err), &err);
}

char *db_text(rt_conn *conn, const char *sql)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str text = RT_STR_INIT;
	rt_answer answer;
	size_t i, j;

	rt_assert_ok(rt_conn_query(conn, sql, &answer, &err), &err);
	for (i = 0; i < answer.n_rows; i++)
		for (j = 0; j < answer.n_columns; j++) {
			const char *cell = rt_answer_cell(&answer, i, j);

			if (j)
				rt_str_addc(&text, '|');
			else if (i)
				rt_str_addc(&text, '\n');
			rt_str_add(&text, cell ? cell : "~");
		}
	return rt_str_take(&text);
}

void db_expect(rt_conn *conn, const char *sql, const char *want)
{
	char *text = db_text(conn, sql);

	assert_string_equal(text, want);
	free(text);
}

void db_fail(rt_conn *conn, const char *const *sql, size_t n, int code,
	     retort_error *err)
{
	rt_assert_rc(rt_conn_run(conn, sql, n, err), code, err);
}
