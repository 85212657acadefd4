/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "text/sql_support.h"

#include "text/sqlscan.h"
#include "text/sqlsplit.h"

void check_lexer(rt_sv text, retort_dialect dialect)
{
	size_t offset = 0, sum = 0;
	retort_token t;

	while (retort_sql_next(text.p, text.n, dialect, &offset, &t)) {
		assert_int_equal(t.offset, sum);
		assert_true(t.length > 0);
		sum += t.length;
		assert_int_equal(offset, sum);
	}
	assert_int_equal(sum, text.n);
}

static void check_scanner(rt_sv text, retort_dialect dialect)
{
	rt_sql_scan scan;
	retort_token t;
	size_t sum = 0;

	rt_sql_scan_begin(&scan, text, 0, dialect);
	while (rt_sql_scan_next(&scan, &t)) {
		assert_int_equal(t.offset, sum);
		assert_true(t.length > 0);
		sum += t.length;
	}
	assert_int_equal(sum, text.n);
}

void check_splitter(rt_sv text, retort_dialect dialect)
{
	rt_sql_statements list = RT_VEC_INIT;
	retort_error err = RETORT_ERROR_INIT;
	size_t at = SIZE_MAX, end = 0, i;
	int rc = rt_sql_split(text, dialect, &list, &at, &err);

	check_scanner(text, dialect);
	if (rc) {
		assert_int_equal(rc, RETORT_EPARSE);
		assert_true(at < text.n);
		assert_non_null(err.message);
	}
	for (i = 0; i < list.n; i++) {
		const rt_sql_statement *s = &list.v[i];
		rt_sv trimmed = rt_sv_trim(s->sql);

		assert_true(s->sql.n > 0);
		assert_true(s->offset >= end);
		assert_ptr_equal(s->sql.p, text.p + s->offset);
		assert_int_equal(trimmed.n, s->sql.n);
		end = s->offset + s->sql.n;
		assert_true(end <= text.n);
		if (s->data.n) {
			assert_int_equal(s->kind, RT_SQL_COPY_IN);
			assert_true(s->data.p >= text.p + end);
			end = (size_t)(s->data.p - text.p) + s->data.n;
		}
		assert_true(end <= text.n);
	}
	retort_error_dispose(&err);
	rt_vec_free(&list);
}
