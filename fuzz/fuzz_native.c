/* SPDX-License-Identifier: MIT */
/*
 * A native revision file of any bytes: the header reads the same from its
 * start as from the whole file, what it holds can be written and read again,
 * sections and statements lie in the text.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "revfmt/native.h"
#include "text/header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void same_names(const retort_names *a, const retort_names *b)
{
	size_t i;

	RT_ASSERT(a->n == b->n);
	for (i = 0; i < a->n; i++)
		RT_ASSERT(strcmp(a->v[i], b->v[i]) == 0);
}

static void same_revision(const retort_revision *a, const retort_revision *b)
{
	RT_ASSERT(strcmp(a->id, b->id) == 0);
	RT_ASSERT(strcmp(a->message, b->message) == 0);
	RT_ASSERT(strcmp(a->doc, b->doc) == 0);
	RT_ASSERT(strcmp(a->created, b->created) == 0);
	same_names(&a->down, &b->down);
	same_names(&a->depends_on, &b->depends_on);
	same_names(&a->labels, &b->labels);
}

static void check_error(const retort_error *err)
{
	RT_ASSERT(err->code == RETORT_EPARSE && err->message != NULL);
	RT_ASSERT(err->line > 0 && err->column > 0);
	RT_ASSERT(retort_error_get(err, RETORT_ERROR_FILE) != NULL);
}

/* What the start of a file says, the whole file says too. */
static void check_start(rt_arena *arena, rt_sv text, int rc,
			const retort_revision *whole)
{
	retort_revision start;
	bool more;
	int got = rt_header_read(arena, "x.sql", text, false, &start, &more,
				 NULL);

	RT_ASSERT(got == 0 || got == RETORT_EPARSE);
	if (got)
		RT_ASSERT(rc != 0);
	else if (!more)
		RT_ASSERT(rc == 0);
	if (got == 0 && !more)
		same_revision(&start, whole);
}

static void check_rendered(rt_arena *arena, const retort_revision *rev)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;
	retort_revision again;
	bool more;

	RT_ASSERT(rt_native_render("t", rt_native_template(), rev, &out,
				   &err) == 0);
	RT_ASSERT(rt_header_read(arena, "x.sql", rt_str_sv(&out), true, &again,
				 &more, &err) == 0);
	RT_ASSERT(!more);
	same_revision(rev, &again);
	rt_str_free(&out);
}

static void check_header(rt_sv text)
{
	rt_arena arena = RT_ARENA_INIT;
	retort_error err = RETORT_ERROR_INIT;
	retort_revision rev;
	bool more;
	size_t cut;
	int rc;

	rc = rt_header_read(&arena, "x.sql", text, true, &rev, &more, &err);
	RT_ASSERT(!more);
	for (cut = 0; cut <= text.n; cut += 1 + text.n / 16)
		check_start(&arena, rt_sv_sub(text, 0, cut), rc, &rev);
	if (rc)
		check_error(&err);
	else
		check_rendered(&arena, &rev);
	retort_error_dispose(&err);
	rt_arena_free(&arena);
}

static void check_statements(rt_sv text, const rt_section *section,
			     retort_dialect dialect)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_sql_statements list = RT_VEC_INIT;
	size_t i, end = section->start;
	int rc = rt_native_statements("x.sql", text, section, dialect, &list,
				      &err);

	if (rc)
		check_error(&err);
	for (i = 0; rc == 0 && i < list.n; i++) {
		const rt_sql_statement *s = &list.v[i];

		RT_ASSERT(s->kind == RT_SQL_ORDINARY ||
			  s->kind == RT_SQL_COPY_IN);
		RT_ASSERT(s->sql.p == text.p + s->offset);
		RT_ASSERT(s->offset >= end);
		end = s->offset + s->sql.n;
		RT_ASSERT(end <= section->end);
	}
	rt_vec_free(&list);
	retort_error_dispose(&err);
}

static void check_sections(rt_sv text)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_sections list = RT_VEC_INIT;
	size_t i, end = 0;

	if (rt_native_sections("x.sql", text, &list, &err)) {
		check_error(&err);
		list.n = 0;
	}
	for (i = 0; i < list.n; i++) {
		const rt_section *s = &list.v[i];

		RT_ASSERT(s->start >= end && s->start <= s->end);
		RT_ASSERT(s->end <= text.n);
		end = s->end;
		check_statements(text, s, RETORT_DIALECT_ANY);
		check_statements(text, s, RETORT_DIALECT_SQLITE);
		check_statements(text, s, RETORT_DIALECT_POSTGRESQL);
		RT_ASSERT(rt_native_section_for(&list, s->up, s->dialect) ==
			  s);
	}
	rt_vec_free(&list);
	retort_error_dispose(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	rt_sv text = { (const char *)data, n };

	check_header(text);
	check_sections(text);
	return 0;
}
