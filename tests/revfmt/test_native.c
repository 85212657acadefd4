/* SPDX-License-Identifier: MIT */
/* The native format: sections, statements, new files, the table. */
#include "support/rt_test.h"

#include "base/str.h"
#include "revfmt/format.h"
#include "revfmt/native.h"
#include "text/header.h"

#define ANY RETORT_DIALECT_ANY
#define LITE RETORT_DIALECT_SQLITE
#define PG RETORT_DIALECT_POSTGRESQL

/* Each section as `up,dialect,transaction,line{text}`. */
static void show(rt_sv text, const rt_sections *list, rt_str *out)
{
	size_t i;

	rt_str_clear(out);
	for (i = 0; i < list->n; i++) {
		const rt_section *s = &list->v[i];

		rt_str_addf(out, "%s,%s,%d,%d{%.*s}", s->up ? "up" : "down",
			    retort_dialect_name(s->dialect), s->transaction,
			    s->line, (int)(s->end - s->start),
			    text.p + s->start);
	}
}

static const struct good {
	const char *text, *sections;
} goods[] = {
	{ "-- migrate:up\na;\n-- migrate:down\nb;\n",
	  "up,any,1,1{a;\n}down,any,1,3{b;\n}" },
	{ "-- migrate:up", "up,any,1,1{}" },
	{ "-- migrate:up \t", "up,any,1,1{}" },
	{ "-- migrate:up\n \t", "up,any,1,1{ \t}" },
	{ "-- revision: x\n\n/* y */ \n--migrate:up\r\na\r\n\t -- migrate:down",
	  "up,any,1,4{a\r\n}down,any,1,6{}" },
	{ "\xef\xbb\xbf-- migrate:up\na", "up,any,1,1{a}" },
	{ "-- migrate:down\nb\n-- migrate:up\na",
	  "down,any,1,1{b\n}up,any,1,3{a}" },
	{ "-- migrate:up  transaction:false\tdialect:sqlite \na\n"
	  "-- migrate:up dialect:postgresql\nb\n-- migrate:up\nc\n",
	  "up,sqlite,0,1{a\n}up,postgresql,1,3{b\n}up,any,1,5{c\n}" },
	{ "-- migrate:up transaction:true\n", "up,any,1,1{}" },
	/* marker-like text */
	{ "-- migrate:up\n'\n-- migrate:down\n'",
	  "up,any,1,1{'\n-- migrate:down\n'}" },
	{ "-- migrate:up\n$x$\n-- migrate:down\n$x$",
	  "up,any,1,1{$x$\n-- migrate:down\n$x$}" },
	{ "-- migrate:up\n/*\n-- migrate:down\n*/\n\"\n-- migrate:down\n\"",
	  "up,any,1,1{/*\n-- migrate:down\n*/\n\"\n-- migrate:down\n\"}" },
	{ "-- migrate:up\nCOPY t FROM STDIN;\n-- migrate:down\n'\n\\.\n"
	  "-- migrate:down\nb",
	  "up,any,1,1{COPY t FROM STDIN;\n-- migrate:down\n'\n\\.\n}"
	  "down,any,1,6{b}" },
	{ "-- migrate:up\nE'\\'\n-- migrate:down\n'\n-- migrate:down\n",
	  "up,any,1,1{E'\\'\n-- migrate:down\n'\n}down,any,1,5{}" },
	{ "-- migrate:up\n-- migrate: the old rows\n-- the migrate:up mark\n"
	  "-- migrates:up\n",
	  "up,any,1,1{-- migrate: the old rows\n-- the migrate:up mark\n"
	  "-- migrates:up\n}" },
	/* a marker ends what was left open but for quotes */
	{ "-- migrate:up\nCREATE TABLE t (a\n-- migrate:down\nb",
	  "up,any,1,1{CREATE TABLE t (a\n}down,any,1,3{b}" },
	{ "-- migrate:up\nCREATE TRIGGER t BEGIN a;\n-- migrate:down\nb",
	  "up,any,1,1{CREATE TRIGGER t BEGIN a;\n}down,any,1,3{b}" },
	/* what only SQLite can read */
	{ "-- migrate:up\n$$\n-- migrate:down\nb",
	  "up,any,1,1{$$\n}down,any,1,3{b}" },
	{ "-- migrate:up\n/* /* */\na [it's]\n-- migrate:down\nb",
	  "up,any,1,1{/* /* */\na [it's]\n}down,any,1,4{b}" },
	{ "-- migrate:up dialect:sqlite\na [it's]\n-- migrate:down\nb's'",
	  "up,sqlite,1,1{a [it's]\n}down,any,1,3{b's'}" },
	{ "-- migrate:up\n\\echo it's\n-- migrate:down\n",
	  "up,any,1,1{\\echo it's\n}down,any,1,3{}" },
};

static void sections_that_are_right(void **state)
{
	rt_str got = RT_STR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(goods) / sizeof(goods[0]); i++) {
		rt_sv text = rt_sv_from(goods[i].text);
		rt_sections list = RT_VEC_INIT;
		retort_error err = RETORT_ERROR_INIT;

		rt_assert_ok(rt_native_sections("a.sql", text, &list, &err),
			     &err);
		show(text, &list, &got);
		assert_string_equal(got.p, goods[i].sections);
		rt_vec_free(&list);
	}
	rt_str_free(&got);
}

static const struct bad {
	const char *text;
	int line, column;
	const char *message;
} bads[] = {
	{ "", 1, 1, "no '-- migrate:up' line" },
	{ "-- revision: x\n", 2, 1, "no '-- migrate:up' line" },
	{ "-- x\nSELECT 1;\n-- migrate:up\n", 2, 1,
	  "SQL before the first section" },
	{ "SELECT 1;\n", 1, 1, "SQL before the first section" },
	{ "-- migrate:down\na\n", 1, 1, "no '-- migrate:up' section" },
	{ "-- migrate:up\n-- migrate:up\n", 2, 1,
	  "second section 'migrate:up'; the first is on line 1" },
	{ "-- migrate:up\n-- migrate:up dialect:sqlite\n"
	  "-- migrate:up transaction:false dialect:sqlite\n",
	  3, 1, "'migrate:up' for sqlite; the first is on line 2" },
	{ "-- migrate:up fast:true\n", 1, 15, "no option 'fast'" },
	{ "-- migrate:up transaction:no\n", 1, 15, "cannot be 'no'" },
	{ "-- migrate:up transaction\n", 1, 15, "cannot be ''" },
	{ "-- migrate:up refused:yes\n", 1, 15, "cannot be 'yes'" },
	{ "-- migrate:up refused:true refused:true\n", 1, 28, "twice" },
	{ "-- migrate:up dialect:postgres\n", 1, 15, "cannot be 'postgres'" },
	{ "-- migrate:up  dialect:sqlite dialect:sqlite\n", 1, 31, "twice" },
	{ "-- migrate:up\na\n-- migrate:dwn\n", 3, 1, "'migrate:dwn'" },
	{ "-- migrate:up\na\n -- MIGRATE:DOWN\n", 3, 2, "misspelt" },
	{ "-- migrate:up\na; -- migrate:down\n", 2, 4, "begin its line" },
	{ "-- migrate:up\n/* /* */\n-- migrate:dwn\n", 3, 1,
	  "'migrate:dwn'" },
	{ "-- migrate:up\na 'b\n-- migrate:down\n", 2, 3, "string is not" },
	{ "-- migrate:up\n/* b\n-- migrate:down\n", 2, 1,
	  "comment is not closed" },
	{ "-- migrate:up dialect:sqlite\n/* b\n-- migrate:down\n", 2, 1,
	  "comment is not closed" },
	{ "-- migrate:up dialect:postgresql\n/* b\n-- migrate:down\n", 2, 1,
	  "comment is not closed" },
	{ "-- migrate:up dialect:postgresql\n$$ b\n-- migrate:down\n", 2, 1,
	  "$$ is not closed" },
	{ "-- migrate:up\n\nCOPY t FROM STDIN;\n1\n-- migrate:down\n", 3, 1,
	  "COPY" },
	{ "-- migrate:up\n\xc3\xa4 \xff\n", 2, 3, "not UTF-8" },
};

static void sections_that_are_wrong(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bads) / sizeof(bads[0]); i++) {
		rt_sections list = RT_VEC_INIT;
		retort_error err = RETORT_ERROR_INIT;
		int rc = rt_native_sections("a.sql", rt_sv_from(bads[i].text),
					    &list, &err);

		rt_assert_rc(rc, RETORT_EPARSE, &err);
		if (!strstr(err.message, bads[i].message) ||
		    err.line != bads[i].line || err.column != bads[i].column)
			fail_msg("%s\ngot %d:%d: %s", bads[i].text, err.line,
				 err.column, err.message);
		assert_string_equal(retort_error_get(&err, RETORT_ERROR_FILE),
				    "a.sql");
		retort_error_dispose(&err);
		rt_vec_free(&list);
	}
}

static void a_dialect_has_its_own_section_or_the_plain_one(void **state)
{
	rt_sv text = RT_SV("-- migrate:up\n-- migrate:up dialect:sqlite\n"
			   "-- migrate:down dialect:postgresql\n");
	rt_sections list = RT_VEC_INIT;
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	rt_assert_ok(rt_native_sections("a", text, &list, &err), &err);
	assert_ptr_equal(rt_native_section_for(&list, true, LITE), &list.v[1]);
	assert_ptr_equal(rt_native_section_for(&list, true, PG), &list.v[0]);
	assert_ptr_equal(rt_native_section_for(&list, true, ANY), &list.v[0]);
	assert_ptr_equal(rt_native_section_for(&list, false, PG), &list.v[2]);
	assert_null(rt_native_section_for(&list, false, LITE));
	rt_vec_free(&list);
}

/* --- statements --- */

static const struct held {
	retort_dialect dialect;
	const char *text; /* of an up section; begins on line 2 */
	int line, column; /* of the error; 0 = none */
	const char *message;
	size_t n;
} helds[] = {
	{ ANY, "a; b;", 0, 0, NULL, 2 },
	{ ANY, "", 0, 0, NULL, 0 },
	{ ANY, "a;\n  BEGIN;\n", 3, 3, "'BEGIN' in a section", 0 },
	{ LITE, "commit\n-- x\n;", 2, 1, "'commit' in a section", 0 },
	{ PG, "a;rollback", 2, 3, "'rollback' in a section", 0 },
	{ PG, "SAVEPOINT a; ROLLBACK TO a; RELEASE a", 0, 0, NULL, 3 },
	{ PG, "a;\n\\d t\n", 3, 1, "'\\d t' is a command of psql", 0 },
	{ LITE, "\\d t\n", 2, 1, "'\\' begins nothing", 0 },
	{ PG, "COPY t FROM STDIN;\n1\n\\.\n", 0, 0, NULL, 1 },
	{ ANY, "COPY t FROM STDIN;\n1\n\\.\n", 0, 0, NULL, 1 },
	{ LITE, "a;COPY t FROM STDIN;\n1\n\\.\n", 2, 3,
	  "runs on PostgreSQL only", 0 },
	{ PG, "\xc3\xa4 (a;\nb;", 2, 3, "parenthesis is not closed", 0 },
	{ LITE, "x;\nCREATE TRIGGER t BEGIN a;\n", 3, 18, "trigger's body",
	  0 },
	{ PG, "\xc3\xa4 {", 2, 3, "'{' begins nothing", 0 },
};

static void a_section_holds_statements_only(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(helds) / sizeof(helds[0]); i++) {
		const struct held *h = &helds[i];
		rt_str file = RT_STR_INIT;
		rt_sections list = RT_VEC_INIT;
		rt_sql_statements all = RT_VEC_INIT;
		retort_error err = RETORT_ERROR_INIT;
		int rc;

		rt_str_addf(&file, "-- migrate:up\n%s\n-- migrate:down\n",
			    h->text);
		rt_assert_ok(rt_native_sections("a", rt_str_sv(&file), &list,
						&err),
			     &err);
		rc = rt_native_statements("a.sql", rt_str_sv(&file),
					  &list.v[0],
					  h->dialect, &all,
					  &err);
		rt_assert_rc(rc, h->message ? RETORT_EPARSE : 0, &err);
		if (rc && (!strstr(err.message, h->message) ||
			   err.line != h->line || err.column != h->column))
			fail_msg("%s\ngot %d:%d: %s", h->text, err.line,
				 err.column, err.message);
		if (rc == 0)
			assert_int_equal(all.n, h->n);
		for (k = 0; rc == 0 && k < all.n; k++)
			assert_ptr_equal(all.v[k].sql.p,
					 file.p + all.v[k].offset);
		retort_error_dispose(&err);
		rt_vec_free(&all);
		rt_vec_free(&list);
		rt_str_free(&file);
	}
}

static const struct refused {
	const char *text;
	const char *message; /* NULL = runs */
} refuseds[] = {
	{ "-- migrate:up refused:true\n\n--  x.py:3: why \n-- more\na;",
	  "marked refused:true: x.py:3: why" },
	{ "-- migrate:up refused:true", "marked refused:true" },
	{ "-- migrate:up refused:true\na; -- b\n", "marked refused:true" },
	{ "-- migrate:up refused:false\na;\n", NULL },
};

static void a_section_that_is_not_written_is_refused(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refuseds) / sizeof(refuseds[0]); i++) {
		const char *want = refuseds[i].message;
		rt_sv text = rt_sv_from(refuseds[i].text);
		rt_sections list = RT_VEC_INIT;
		rt_sql_statements all = RT_VEC_INIT;
		retort_error err = RETORT_ERROR_INIT;
		int rc;

		rt_assert_ok(rt_native_sections("a", text, &list, &err), &err);
		rc = rt_native_statements("a.sql", text, &list.v[0], LITE,
					  &all, &err);
		rt_assert_rc(rc, want ? RETORT_EUNSUPPORTED : 0, &err);
		assert_int_equal(all.n, want ? 0 : 1);
		if (want) {
			size_t n = strlen(err.message), m = strlen(want);

			assert_true(n >= m);
			assert_string_equal(err.message + n - m, want);
			assert_int_equal(err.line, 1);
		}
		retort_error_dispose(&err);
		rt_vec_free(&all);
		rt_vec_free(&list);
	}
}

/* The section's dialect decides how it is read, not the database's. */
static void a_section_is_read_in_its_own_dialect(void **state)
{
	rt_sv text = RT_SV("-- migrate:up dialect:sqlite\na [;]; b\n");
	rt_sections list = RT_VEC_INIT;
	rt_sql_statements all = RT_VEC_INIT;
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	rt_assert_ok(rt_native_sections("a", text, &list, &err), &err);
	rt_assert_ok(rt_native_statements("a", text, &list.v[0],
					  RETORT_DIALECT_ANY, &all, &err),
		     &err);
	assert_int_equal(all.n, 2);
	rt_vec_free(&all);
	rt_vec_free(&list);
}

/* Read for no dialect in particular, the two quotes are one string. */
static void a_marker_in_a_false_string_does_not_run_down_with_up(void **state)
{
	rt_sv text = RT_SV("-- migrate:up\na [it's];\n"
			   "-- migrate:down\nDROP [it's];\n");
	rt_sections list = RT_VEC_INIT;
	rt_sql_statements all = RT_VEC_INIT;
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	rt_assert_ok(rt_native_sections("a", text, &list, &err), &err);
	rt_assert_rc(rt_native_statements("a", text, &list.v[0], LITE, &all,
					  &err),
		     RETORT_EPARSE, &err);
	assert_int_equal(err.line, 3);
	assert_non_null(strstr(retort_error_get(&err, RETORT_ERROR_NEXT),
			       "dialect:sqlite"));
	assert_int_equal(all.n, 0);
	retort_error_dispose(&err);
	rt_vec_free(&all);
	rt_vec_free(&list);
}

/* --- new files --- */

static const char *const two[] = { "b1", "c1" };
static const char *const one[] = { "lab" };

static void a_new_file_says_what_it_is_given(void **state)
{
	retort_revision rev = { .id = "a1",
				.message = "add",
				.doc = "add\n\n  a \x1b" "b",
				.created = "2026-01-02",
				.path = "",
				.down = { two, 2 },
				.labels = { one, 1 } };
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	retort_revision again;
	bool more;

	(void)state;
	rt_assert_ok(rt_native_render("t", rt_native_template(), &rev, &out,
				      &err),
		     &err);
	assert_string_equal(out.p, "-- revision: a1\n"
				   "-- down_revision: b1, c1\n"
				   "-- branch_labels: lab\n"
				   "-- message: add\n"
				   "-- message:\n"
				   "-- message:   a  b\n"
				   "-- created: 2026-01-02\n"
				   "\n"
				   "-- migrate:up\n"
				   "\n"
				   "-- migrate:down\n"
				   "\n");
	rt_assert_ok(rt_header_read(&arena, "a", rt_str_sv(&out), true, &again,
				    &more, &err),
		     &err);
	assert_string_equal(again.doc, "add\n\n  a  b");
	rt_arena_free(&arena);
	rt_str_free(&out);
}

static void empty_lines_of_the_header_are_left_out(void **state)
{
	retort_revision rev = { .id = "a1", .message = "" };
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;

	(void)state;
	rt_assert_ok(rt_native_render(
			     "t",
			     RT_SV("-- revision: ${revision}\r\n"
				   "-- down_revision: ${down_revision}\n"
				   "-- message: ${message}\n"
				   "-- created: ${created} ${depends_on}\n"
				   "-- both: ${created} ${revision}\n"
				   "-- plain\n\n"
				   "SELECT '${message}', $${revision}$$;"),
			     &rev, &out, &err),
		     &err);
	assert_string_equal(out.p, "-- revision: a1\n-- down_revision:\n"
				   "-- both:  a1\n-- plain\n\n"
				   "SELECT '', $a1$$;\n");
	rt_str_free(&out);
}

static void an_unknown_place_is_an_error(void **state)
{
	retort_revision rev = { .id = "a1" };
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;

	(void)state;
	rt_assert_rc(rt_native_render("t.in", RT_SV("a\n\xc3\xa4 ${up}\n"),
				      &rev, &out, &err),
		     RETORT_EPARSE, &err);
	assert_non_null(strstr(err.message, "'${up}'"));
	assert_int_equal(err.line, 2);
	assert_int_equal(err.column, 3);
	retort_error_dispose(&err);
	rt_assert_rc(rt_native_render("t.in", RT_SV("${revision"), &rev, &out,
				      &err),
		     RETORT_EPARSE, &err);
	retort_error_dispose(&err);
	rt_str_free(&out);
}

static void formats_go_by_the_extension(void **state)
{
	const rt_format *native = &rt_format_native;

	(void)state;
	assert_string_equal(native->name, "native");
	assert_ptr_equal(rt_format_of("a_b.sql"), native);
	assert_ptr_equal(rt_format_of("/x.y/a.sql"), native);
	assert_null(rt_format_of("a.SQL~"));
	assert_ptr_equal(rt_format_of("a.py"), &rt_format_alembic);
	assert_null(rt_format_of("a.pyc"));
	assert_null(rt_format_of("a.py~"));
	assert_null(rt_format_of(".sql"));
	assert_null(rt_format_of(".#a.sql"));
	assert_null(rt_format_of("sql"));
	assert_null(rt_format_of(""));
	assert_null(rt_format_of("/x.sql/"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sections_that_are_right),
		cmocka_unit_test(sections_that_are_wrong),
		cmocka_unit_test(
			a_dialect_has_its_own_section_or_the_plain_one),
		cmocka_unit_test(a_section_holds_statements_only),
		cmocka_unit_test(a_section_that_is_not_written_is_refused),
		cmocka_unit_test(a_section_is_read_in_its_own_dialect),
		cmocka_unit_test(
			a_marker_in_a_false_string_does_not_run_down_with_up),
		cmocka_unit_test(a_new_file_says_what_it_is_given),
		cmocka_unit_test(empty_lines_of_the_header_are_left_out),
		cmocka_unit_test(an_unknown_place_is_an_error),
		cmocka_unit_test(formats_go_by_the_extension),
	};

	return cmocka_run_group_tests_name("native", tests, NULL, NULL);
}
