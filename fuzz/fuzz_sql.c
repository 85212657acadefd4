/* SPDX-License-Identifier: MIT */
/*
 * The lexer and the splitter on any bytes, in every dialect: the tokens add
 * up, the statements lie in the text, and SQLite agrees where a statement is
 * complete.  What a statement touches has its names.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/alloc.h"
#include "text/checksum.h"
#include "text/sqlscan.h"
#include "text/sqlsplit.h"
#include "text/sqltouch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_lexer(rt_sv text, retort_dialect dialect)
{
	size_t offset = 0, sum = 0;
	retort_token t;

	while (retort_sql_next(text.p, text.n, dialect, &offset, &t)) {
		RT_ASSERT(t.offset == sum && t.length > 0);
		sum += t.length;
	}
	RT_ASSERT(sum == text.n);
}

static void check_splitter(rt_sv text, retort_dialect dialect)
{
	rt_sql_statements list = RT_VEC_INIT;
	retort_error err = RETORT_ERROR_INIT;
	size_t at = SIZE_MAX, end = 0, i;
	int rc = rt_sql_split(text, dialect, &list, &at, &err);

	RT_ASSERT(rc == 0 || (rc == RETORT_EPARSE && at < text.n));
	for (i = 0; i < list.n; i++) {
		const rt_sql_statement *s = &list.v[i];

		RT_ASSERT(s->sql.n > 0 && s->sql.p == text.p + s->offset);
		RT_ASSERT(s->offset >= end);
		RT_ASSERT(rt_sv_trim(s->sql).n == s->sql.n);
		end = s->offset + s->sql.n;
		if (s->data.n) {
			RT_ASSERT(s->kind == RT_SQL_COPY_IN);
			RT_ASSERT(s->data.p >= text.p + end);
			end = (size_t)(s->data.p - text.p) + s->data.n;
		}
		RT_ASSERT(end <= text.n);
	}
	retort_error_dispose(&err);
	rt_vec_free(&list);
}

static bool is_open_comment(rt_sv text, const retort_token *t)
{
	rt_sv comment = rt_sv_sub(text, t->offset, t->length);

	return rt_sv_starts(comment, "/*") &&
	       (comment.n < 4 || memcmp(comment.p + comment.n - 2, "*/", 2));
}

/*
 * Whether the text ends behind a statement.
 *   out:  -1 where sqlite3_complete(), which knows no numbers, parameters
 *         and COPY, cannot be compared
 */
static int complete(rt_sv text)
{
	rt_sql_scan scan;
	retort_token t;
	int answer = 0;

	rt_sql_scan_begin(&scan, text, 0, RETORT_DIALECT_SQLITE);
	while (rt_sql_scan_next(&scan, &t)) {
		if (t.kind == RETORT_TOKEN_ERROR ||
		    t.kind == RETORT_TOKEN_NUMBER ||
		    t.kind == RETORT_TOKEN_PARAMETER ||
		    (scan.ended && scan.kind == RT_SQL_COPY_IN))
			return -1;
		if (is_open_comment(text, &t))
			return t.kind == RETORT_TOKEN_COMMENT ? 0 : answer;
		if (t.kind != RETORT_TOKEN_SPACE &&
		    t.kind != RETORT_TOKEN_COMMENT)
			answer = scan.ended;
	}
	return answer;
}

static void check_against_sqlite(rt_sv text)
{
	char *sql = rt_strndup(text.p, text.n);
	int ours = -1;

	/* A vertical tab and a byte order mark are no space to it. */
	if (rt_sv_find(text, '\0') == text.n &&
	    rt_sv_find(text, '\v') == text.n &&
	    !rt_sv_starts(text, "\xef\xbb\xbf"))
		ours = complete(text);
	RT_ASSERT(ours < 0 || ours == sqlite3_complete(sql));
	free(sql);
}

static void check_touches(rt_sv text, retort_dialect dialect)
{
	rt_touches touches = RT_VEC_INIT;
	rt_arena arena = RT_ARENA_INIT;
	size_t i;

	rt_sql_touches(text, dialect, &arena, &touches);
	for (i = 0; i < touches.n; i++) {
		const rt_touch *t = &touches.v[i];

		RT_ASSERT(*rt_touch_word(t->verb) && *t->kind);
		RT_ASSERT(strlen(t->name) <= text.n * 3 + 64);
		RT_ASSERT(strlen(t->part) <= text.n + 64);
		RT_ASSERT(!t->where_column == !t->where_value);
	}
	rt_vec_free(&touches);
	rt_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const retort_dialect dialects[] = { RETORT_DIALECT_ANY,
						   RETORT_DIALECT_SQLITE,
						   RETORT_DIALECT_POSTGRESQL };
	rt_sv text = { (const char *)data, n };
	char hex[RT_CHECKSUM_HEX];
	size_t i;

	for (i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
		check_lexer(text, dialects[i]);
		check_splitter(text, dialects[i]);
		check_touches(text, dialects[i]);
		rt_checksum_tokens(text, dialects[i], hex);
		RT_ASSERT(strlen(hex) == RT_CHECKSUM_HEX - 1);
	}
	rt_checksum_raw(text, hex);
	check_against_sqlite(text);
	return 0;
}
