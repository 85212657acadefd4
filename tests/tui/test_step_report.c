/* SPDX-License-Identifier: MIT */
/* Plans: what they are bound to, how far they came; and both as text. */
#include "support/rt_test.h"

#include <locale.h>
#include <stdio.h>

#include <retort/database.h>

#include "base/arena.h"
#include "base/fs.h"
#include "support/tmpdir.h"
#include "tui/step/report.h"

/* --- a project ----------------------------------------------------------- */

typedef struct place {
	char *dir;
	retort_project *project;
	const retort_graph *graph;
} place;

static void write_file(const place *p, const char *name, const char *text)
{
	char *path = rt_fs_join(p->dir, name);
	retort_error err = RETORT_ERROR_INIT;

	rt_assert_ok(rt_fs_write(path, rt_sv_from(text), true, 0666, &err),
		     &err);
	free(path);
}

static void write_revision(const place *p, const char *options,
			   const char *up, const char *down)
{
	char *text = rt_strf("-- revision: r1\n-- down_revision:\n"
			     "-- message: one\n\n-- migrate:up%s\n%s\n%s%s",
			     options, up, down ? "-- migrate:down\n" : "",
			     down ? down : "");

	write_file(p, "migrations/r1_one.sql", text);
	free(text);
}

static void read_again(place *p)
{
	retort_error err = RETORT_ERROR_INIT;

	retort_project_reload(p->project);
	rt_assert_ok(retort_project_graph(p->project, &p->graph, &err), &err);
}

static int make(void **state)
{
	static place p;
	retort_project_options options = RETORT_PROJECT_OPTIONS_INIT;
	retort_error err = RETORT_ERROR_INIT;
	char *path, *ini;

	p.dir = tmpdir_make();
	path = rt_fs_join(p.dir, "migrations");
	ini = rt_fs_join(p.dir, "retort.ini");
	rt_assert_ok(rt_fs_make_dirs(path, &err), &err);
	write_file(&p, "retort.ini",
		   "[retort]\nscript_location = %(here)s/migrations\n"
		   "url = sqlite:///x.db\n");
	options.config = ini;
	rt_assert_ok(retort_project_open(&p.project, &options, &err), &err);
	free(path);
	free(ini);
	*state = &p;
	return 0;
}

static int clean(void **state)
{
	place *p = *state;

	retort_project_free(p->project);
	tmpdir_remove(p->dir);
	return 0;
}

static void plan(place *p, rt_step_plan *out)
{
	retort_error err = RETORT_ERROR_INIT;

	read_again(p);
	rt_assert_ok(rt_step_plan_make(out, p->project, p->graph,
				       RETORT_OP_UPGRADE, "head",
				       (retort_names){ NULL, 0 }, &err),
		     &err);
}

static void what_loses_data(void **state)
{
	static const struct {
		const char *sql;
		bool loses;
	} cases[] = {
		{ "DROP TABLE a;", true },
		{ "drop /* x */ table if exists a;", true },
		{ "ALTER TABLE a DROP COLUMN b;", true },
		{ "ALTER TABLE a DROP b;", true },
		{ "DROP SCHEMA s CASCADE;", true },
		{ "TRUNCATE a;", true },
		{ "DELETE FROM a;", true },
		{ "-- why\nDELETE FROM a;", true },
		{ "DROP INDEX i;", false },
		{ "DROP VIEW v;", false },
		{ "ALTER TABLE a DROP CONSTRAINT c;", false },
		{ "ALTER TABLE a ALTER b DROP NOT NULL;", false },
		{ "ALTER TABLE a ALTER b DROP DEFAULT;", false },
		{ "INSERT INTO a VALUES ('DROP TABLE a');", false },
		{ "CREATE TABLE \"drop\" (\"table\" int);", false },
		{ "SELECT 1; -- DROP TABLE a", false },
		{ "CREATE TABLE b (i int REFERENCES a ON DELETE CASCADE);",
		  false },
	};
	rt_step_plan made;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		write_revision(*state, "", cases[i].sql, "SELECT 1;\n");
		plan(*state, &made);
		if (rt_step_plan_loses(&made) != cases[i].loses)
			fail_msg("%s", cases[i].sql);
		rt_step_plan_free(&made);
	}
}

/* The binding is the same for the same, and another for anything else. */
static void what_a_plan_is_bound_to(void **state)
{
	static const char *const up[] = { "SELECT 1;", "SELECT 1;",
					  "SELECT 2;", "SELECT 1;" };
	static const char *const options[] = { "", "", "",
					       " transaction:false" };
	rt_step_plan first, made;
	size_t i;

	write_revision(*state, "", "SELECT 1;", NULL);
	plan(*state, &first);
	assert_int_equal(first.n, 1);
	assert_false(first.steps[0].way_back);
	assert_string_equal(first.before, "<base>");
	assert_string_equal(first.after, "r1");
	assert_string_equal(first.steps[0].changes[0], "+ r1");
	for (i = 0; i < sizeof(up) / sizeof(*up); i++) {
		write_revision(*state, options[i], up[i], NULL);
		plan(*state, &made);
		assert_int_equal(strcmp(first.binding.p, made.binding.p) == 0,
				 i < 2);
		assert_int_equal(rt_step_plan_is_single(&made), i == 3);
		rt_step_plan_free(&made);
	}
	rt_step_plan_free(&first);
}

static void how_far_it_came(void **state)
{
	rt_step_plan p;
	rt_plan_step *s;

	write_revision(*state, "", "SELECT 1;\nSELECT 2;\nSELECT 3;", NULL);
	plan(*state, &p);
	s = &p.steps[0];
	assert_int_equal(s->n, 3);
	rt_step_plan_begin(&p, 0);
	assert_int_equal(s->statements[0].mark, RT_MARK_RUNS);
	rt_step_plan_ran(&p, 0, 1, 7, 1.5);
	assert_int_equal(s->statements[0].mark, RT_MARK_RAN);
	assert_int_equal(s->statements[0].rows, 7);
	assert_int_equal(s->statements[1].mark, RT_MARK_RUNS);
	assert_int_equal(rt_plan_step_at(s), 2);
	/* numbers that are none */
	rt_step_plan_begin(&p, 9);
	rt_step_plan_ran(&p, 9, 1, 0, 0);
	rt_step_plan_ran(&p, 0, 0, 0, 0);
	rt_step_plan_ran(&p, 0, 4, 0, 0);
	rt_step_plan_committed(&p, 9, 0);
	rt_step_plan_broke(&p, true);
	assert_int_equal(s->mark, RT_MARK_FAILED);
	assert_int_equal(s->statements[0].mark, RT_MARK_TAKEN_BACK);
	assert_int_equal(s->statements[1].mark, RT_MARK_FAILED);
	assert_int_equal(s->statements[2].mark, RT_MARK_NONE);
	rt_step_plan_rewind(&p, false);
	assert_int_equal(s->statements[0].mark, RT_MARK_NONE);
	assert_int_equal(s->statements[0].rows, -1);
	/* of a lost connection nothing is claimed */
	rt_step_plan_ran(&p, 0, 2, 0, 1);
	rt_step_plan_broke(&p, false);
	assert_int_equal(s->statements[0].mark, RT_MARK_UNKNOWN);
	assert_int_equal(s->statements[2].mark, RT_MARK_UNKNOWN);
	rt_step_plan_rewind(&p, true);
	rt_step_plan_committed(&p, 0, 3);
	assert_null(rt_step_plan_current(&p));
	rt_step_plan_broke(&p, true); /* it is over */
	assert_int_equal(s->mark, RT_MARK_RAN);
	rt_step_plan_free(&p);
}

/* Outside a transaction what ran before stands. */
static void what_stands_of_a_single_step(void **state)
{
	rt_step_plan p;

	write_revision(*state, " transaction:false", "SELECT 1;\nSELECT 2;",
		       NULL);
	plan(*state, &p);
	rt_step_plan_begin(&p, 0);
	rt_step_plan_ran(&p, 0, 1, 0, 1);
	rt_step_plan_broke(&p, true);
	assert_int_equal(p.steps[0].statements[0].mark, RT_MARK_RAN);
	assert_int_equal(p.steps[0].statements[1].mark, RT_MARK_FAILED);
	assert_int_equal(rt_plan_step_at(&p.steps[0]), 2);
	rt_step_plan_free(&p);
}

/* --- as text ------------------------------------------------------------- */

static void times(void **state)
{
	static const struct {
		double ms;
		const char *text;
	} cases[] = {
		{ 0, "   0.0 ms" },	  { 9.94, "   9.9 ms" },
		{ 9.96, "    10 ms" },	  { 999.4, "   999 ms" },
		{ 999.6, "    1.0 s" },	  { 119900, "  119.9 s" },
		{ 125000, " 2 min 05" },  { 5999000, "99 min 59" },
		{ 7500000, "  2 h 05" },
	};
	rt_str s = RT_STR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str_clear(&s);
		rt_step_report_time(cases[i].ms, &s);
		assert_string_equal(s.p, cases[i].text);
	}
	rt_str_free(&s);
}

static rt_step_report report_of(const rt_step *machine, const rt_step_plan *p,
				const retort_error *err)
{
	return (rt_step_report){ machine, p,  err, "", 0, "",
				 "",	  "", RETORT_DIALECT_SQLITE };
}

static char *write_report(const rt_step_report *r)
{
	rt_textview t;
	size_t at;
	char *text;

	rt_textview_init(&t);
	rt_step_report_write(r, &rt_glyphs_ascii, &t, &at);
	assert_true(at <= t.text.n);
	text = rt_strf("%s", t.text.p);
	rt_textview_free(&t);
	return text;
}

/* The caret stands below its place, whatever is before it in the line. */
static void where_the_caret_is(void **state)
{
	static const char *const lines[] = {
		"SELECT bad;", "\tSELECT bad;", "SELECT '\u8ba2\u5355', bad;",
		"SELECT 'na\u00efve', bad;", "SELECT 1,\n\t\t bad;",
	};
	rt_step machine = RT_STEP_INIT;
	retort_error err = RETORT_ERROR_INIT;
	char *text, *at, *caret, *begin;
	rt_step_plan p;
	rt_step_report r;
	size_t i;

	machine.state = RT_STEP_FAILED;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *bad = strstr(lines[i], "bad"), *line = bad;
		const char *q;

		while (line > lines[i] && line[-1] != '\n')
			line--;
		write_revision(*state, "", lines[i], NULL);
		plan(*state, &p);
		rt_step_plan_begin(&p, 0);
		rt_step_plan_broke(&p, true);
		err.code = RETORT_EDATABASE;
		err.message = NULL;
		err.line = 6 + (line != lines[i]);
		for (err.column = 1, q = line; q < bad; q++)
			err.column += (*q & 0xc0) != 0x80;
		r = report_of(&machine, &p, &err);
		text = write_report(&r);
		at = strstr(text, "bad");
		caret = strchr(text, '^');
		assert_non_null(caret);
		for (begin = at; begin > text && begin[-1] != '\n'; begin--)
			;
		assert_int_equal(
			rt_cluster_columns((rt_sv){ begin,
						    (size_t)(at - begin) },
					   false),
			caret - strchr(at, '\n') - 1);
		free(text);
		rt_step_plan_free(&p);
	}
}

static void what_is_known_and_what_is_not(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_step machine = RT_STEP_INIT;
	rt_step_plan p;
	rt_step_report r;
	char *text;

	write_revision(*state, "", "SELECT 1;", NULL);
	plan(*state, &p);
	rt_step_plan_begin(&p, 0);
	rt_step_plan_broke(&p, false);
	machine.state = RT_STEP_UNKNOWN;
	r = report_of(&machine, &p, &err);
	r.now = "r1";
	text = write_report(&r);
	assert_non_null(strstr(text, "?  1   unknown SELECT 1"));
	assert_non_null(strstr(text, "r1  (those of behind the step)"));
	assert_null(strstr(text, "undone"));
	assert_null(strstr(text, "rolled back\n"));
	free(text);
	r.now = "<base>";
	text = write_report(&r);
	assert_non_null(strstr(text, "(those of before the step)"));
	free(text);
	r.now = "";
	r.blind = "no answer";
	text = write_report(&r);
	assert_non_null(strstr(text, "unread    no answer"));
	assert_null(strstr(text, "rows read"));
	free(text);
	rt_step_plan_free(&p);
}

static void what_is_asked(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_step machine = RT_STEP_INIT;
	rt_str text = RT_STR_INIT;
	rt_step_plan p;
	rt_step_report r;

	write_revision(*state, " transaction:false", "DROP TABLE a;", NULL);
	plan(*state, &p);
	r = report_of(&machine, &p, &err);
	rt_step_report_ask(&r, "db", true, &text);
	assert_non_null(strstr(text.p, "1 statement, NO TRANSACTION"));
	assert_non_null(strstr(text.p, "in db\nwhich goes from <base> to r1"));
	assert_non_null(strstr(text.p, "! this database is protected"));
	assert_non_null(strstr(text.p, "! outside a transaction"));
	assert_non_null(strstr(text.p, "! drops what may hold data"));
	assert_non_null(strstr(text.p, "! r1 has no way back"));
	rt_str_free(&text);
	rt_step_plan_free(&p);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, make, clean)
	const struct CMUnitTest tests[] = {
		T(what_loses_data),
		T(what_a_plan_is_bound_to),
		T(how_far_it_came),
		T(what_stands_of_a_single_step),
		cmocka_unit_test(times),
		T(where_the_caret_is),
		T(what_is_known_and_what_is_not),
		T(what_is_asked),
	};
#undef T

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
