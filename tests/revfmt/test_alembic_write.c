/* SPDX-License-Identifier: MIT */
/* Alembic's files: written from templates, and edited. */
#include "support/rt_test.h"

#include <string.h>

#include "revfmt/alembic.h"

static void set_parents(const char *text, const char *const *ids, size_t n,
			const char *want)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_names parents = { ids, n };
	rt_str out = RT_STR_INIT;

	rt_assert_ok(rt_alembic_set_parents("x.py", rt_sv_from(text),
					    &parents, &out, &err), &err);
	assert_string_equal(out.p, want);
	rt_str_free(&out);
}

static const char *const one[] = { "b" };
static const char *const two[] = { "b", "c" };

static void test_parents(void **state)
{
	(void)state;
	set_parents("revision = 'a'\ndown_revision = None # x\n", one, 1,
		    "revision = 'a'\ndown_revision = 'b' # x\n");
	set_parents("revision = 'a'\r\ndown_revision: str = \"x\"\r\n", two, 2,
		    "revision = 'a'\r\ndown_revision: str = (\"b\", \"c\")"
		    "\r\n");
	set_parents("revision = 'a'\ndown_revision = ('x',\n  'y')\n", NULL, 0,
		    "revision = 'a'\ndown_revision = None\n");
	set_parents("revision = 'a'\ndown_revision = (  # y\n  'x',  # z\n)\n",
		    one, 1,
		    "revision = 'a'\ndown_revision = (  # y\n  'b',  # z\n)\n");
	set_parents("revision = 'a'\ndown_revision = [\"x\", # z\n'y']\n", two,
		    2, "revision = 'a'\ndown_revision = [\"b\", # z\n'c']\n");
	set_parents("revision = 'a'\ndown_revision = ('x'\n  u'y')\n", one, 1,
		    "revision = 'a'\ndown_revision = ('b')\n");
	set_parents("P = 'x'\nrevision, down_revision = 'a', P\n", one, 1,
		    "P = 'x'\nrevision, down_revision = 'a', 'b'\n");
	set_parents("down_revision = 'w'\nrevision = 'a'\ndown_revision = 'x'"
		    "\n", one, 1, "down_revision = 'w'\nrevision = 'a'\n"
		    "down_revision = 'b'\n");
	set_parents("'''m\n\nRevision ID: a\nRevises: x\nCreate Date: y\n'''\n"
		    "revision = 'a'\ndown_revision = 'x'\n"
		    "def f():\n  \"Revises: x\"\n", two, 2,
		    "'''m\n\nRevision ID: a\nRevises: b, c\nCreate Date: y\n"
		    "'''\nrevision = 'a'\ndown_revision = ('b', 'c')\n"
		    "def f():\n  \"Revises: x\"\n");
	set_parents("'''m\r\nRevises:\r\n'''\r\nrevision = 'a'\r\n"
		    "down_revision = None\r\n", one, 1,
		    "'''m\r\nRevises: b\r\n'''\r\nrevision = 'a'\r\n"
		    "down_revision = 'b'\r\n");
	set_parents("'Revises: x'\nrevision = 'a'\ndown_revision = 'x'\n", one,
		    1, "'Revises: x'\nrevision = 'a'\ndown_revision = 'b'\n");
	set_parents("# coding: latin-1\nx = '\xe4'\nrevision = 'a'\n"
		    "down_revision = 'x'\n", one, 1,
		    "# coding: latin-1\nx = '\xe4'\nrevision = 'a'\n"
		    "down_revision = 'b'\n");
}

static void refused(const char *text, int line)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_names parents = { one, 1 };
	rt_str out = RT_STR_INIT;

	assert_int_equal(rt_alembic_set_parents("x.py", rt_sv_from(text),
						&parents, &out, &err),
			 RETORT_EUNSUPPORTED);
	assert_int_equal(err.line, line);
	retort_error_dispose(&err);
	rt_str_free(&out);
}

static void test_parents_refused(void **state)
{
	(void)state;
	refused("\nrevision = down_revision = 'a'\n", 2);
	refused("revision = 'a'\nif x:\n  down_revision = 'b'\n", 2);
	refused("revision = 'a'\n", 0);
}

static const retort_revision sample = {
	.id = "a", .message = "m", .doc = "m\n\n\"\"\"\\x\"",
	.created = "2026-01-02T03:04:05Z", .path = "",
	.down = { two, 2 }, .depends_on = { one, 1 }, .labels = { one, 1 },
};

static int render_sections(const char *text, const retort_section *sections,
			   size_t n, rt_str *out, retort_error *err)
{
	rt_render what = { "script.py.mako", rt_sv_from(text), &sample,
			   sections, n, { NULL, 0 } };

	rt_str_clear(out);
	return rt_alembic_render(&what, out, err);
}

static int render(const char *text, rt_str *out, retort_error *err)
{
	return render_sections(text, NULL, 0, out, err);
}

static void test_sections(void **state)
{
	static const retort_section sections[] = {
		{ RETORT_OP_DOWNGRADE, false, "VACUUM;" },
		{ RETORT_OP_UPGRADE, true,
		  "CREATE TABLE t (a text DEFAULT ':x \\ \"\"\"');\n"
		  "-- a note\n"
		  "SELECT a::int, '12:30', \":y\";\n" },
	};
	static const retort_section copy = { RETORT_OP_UPGRADE, true,
					     "COPY t FROM STDIN;\n\\.\n" };
	static const char template[] =
		"def upgrade():\n"
		"\tguard()\n"
		"\t${upgrades if upgrades else \"pass\"}\n"
		"def downgrade():\n"
		"    ${downgrades or 'pass'}\n";
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;

	(void)state;
	rt_assert_ok(render_sections(template, sections, 2, &out, &err),
		     &err);
	assert_string_equal(out.p,
		"def upgrade():\n"
		"\tguard()\n"
		"\top.execute(\"\"\"CREATE TABLE t (a text DEFAULT '\\\\:x "
		"\\\\ \\\"\\\"\"')\"\"\")\n"
		"\t# a note\n"
		"\top.execute(\"\"\"SELECT a::int, '12:30', "
		"\"\\\\:y\\\"\"\"\")\n"
		"def downgrade():\n"
		"    with op.get_context().autocommit_block():\n"
		"        op.execute(\"\"\"VACUUM\"\"\")\n");
	rt_assert_ok(render(template, &out, &err), &err);
	assert_non_null(strstr(out.p, "\n\tpass\n"));
	assert_int_equal(render_sections("x = 1\n", sections, 2, &out, &err),
			 RETORT_EUNSUPPORTED);
	retort_error_dispose(&err);
	assert_int_equal(render_sections(template, &copy, 1, &out, &err),
			 RETORT_EREFUSED);
	retort_error_dispose(&err);
	rt_str_free(&out);
}

/* What stands in the file for a statement. */
static void says(const char *sql, const char *python)
{
	const retort_section section = { RETORT_OP_UPGRADE, true, sql };
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT, want = RT_STR_INIT;

	rt_str_addf(&want, "op.execute(\"\"\"%s\"\"\")\n", python);
	rt_assert_ok(rt_alembic_add_sql("x.py", &section, "", &out, &err),
		     &err);
	assert_string_equal(out.p, want.p);
	rt_str_free(&out);
	rt_str_free(&want);
}

/* The guard of a rebuild stands before what begins a transaction. */
static void test_guard(void **state)
{
	const retort_section section = {
		RETORT_OP_UPGRADE, true,
		"INSERT INTO t VALUES (1);\nPRAGMA foreign_keys = OFF;\n"
		"DROP TABLE t;\nPRAGMA foreign_keys = off;\n"
	};
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;
	const char *guard, *check, *insert;

	(void)state;
	rt_assert_ok(rt_alembic_add_sql("x.py", &section, "", &out, &err),
		     &err);
	guard = strstr(out.p, "PRAGMA foreign_keys");
	check = strstr(out.p, "FROM pragma_foreign_keys");
	insert = strstr(out.p, "INSERT");
	assert_true(guard && check && guard < check && check < insert);
	assert_null(strstr(insert, "PRAGMA"));
	rt_str_free(&out);
}

/* Colons that text() takes for parameters, and backslashes it takes away. */
static void test_colons(void **state)
{
	(void)state;
	says("SELECT ':a'", "SELECT '\\\\:a'");
	says("SELECT 'a:b 1:2 _:c $:d'", "SELECT 'a:b 1:2 _:c $:d'");
	says("SELECT '\xc3\xa9:a \xe2\x80\x94:a'",
	     "SELECT '\xc3\xa9:a \xe2\x80\x94\\\\:a'");
	says("SELECT ':\xc3\xa9: :\xc3\xa9'",
	     "SELECT ':\xc3\xa9: \\\\:\xc3\xa9'");
	says("SELECT a::b, ':a:b', ': '", "SELECT a::b, ':a:b', ': '");
	says("SELECT '\\:a \\: \\::a \\:a:'",
	     "SELECT '\\\\\\\\:a \\\\\\\\: \\\\::a \\\\:a:'");
	says("SELECT 'a\r\nb'", "SELECT 'a\\r\nb'");
}

static void test_render(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	retort_revision got;
	bool more;

	(void)state;
	rt_assert_ok(render(rt_alembic_template().p, &out, &err), &err);
	rt_assert_ok(rt_alembic_header(&arena, "x.py", rt_str_sv(&out), true,
				       &got, &more, &err), &err);
	assert_string_equal(got.id, "a");
	assert_int_equal(got.down.n, 2);
	assert_int_equal(got.depends_on.n, 1);
	assert_int_equal(got.labels.n, 1);
	assert_string_equal(got.message, "m");
	assert_non_null(strstr(got.doc, "\"\"\"\\x\"\n"));
	assert_string_equal(got.created, "2026-01-02 03:04:05");
	rt_assert_ok(render("## comment\na ${ up_revision } \\\n"
			    "${down_revision | n, comma}|${depends_on}|"
			    "${repr(branch_labels)}|${imports if imports else "
			    "'x'}|$ {}|${down_revision}\n", &out, &err), &err);
	assert_string_equal(out.p, "a a b, c|b|('b',)|x|$ {}|('b', 'c')\n");
	rt_str_free(&out);
	rt_arena_free(&arena);
}

static void gives(const char *text, const char *want)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;

	rt_assert_ok(render(text, &out, &err), &err);
	assert_string_equal(out.p, want);
	rt_str_free(&out);
}

static void test_render_branches(void **state)
{
	(void)state;
	gives("% if imports:\na\n% elif message:\nb\n%else:\nc\n% endif\nd",
	      "b\nd");
	gives("% if not imports and up_revision == 'a':\n  % if imports:\n"
	      "a\n  % else:\nb\n  % endif\n% else:\n% if message:\nc\n"
	      "% endif\n% endif\n", "b\n");
	gives("\xef\xbb\xbf${down_revision is not None}\r\n"
	      "${imports or 'x'}\\\r\n${repr(message)}",
	      "True\r\nx'm\\n\\n\"\"\"\\\\x\"'");
	gives("'${message}' \"${message}\"",
	      "'m\n\n\\\"\\\"\"\\\\x\"' \"m\n\n\\\"\\\"\"\\\\x\\\"\"");
}

/* The own form calls its functions what env.py calls them with. */
static void test_render_model(void **state)
{
	const rt_render what = {
		"t", rt_alembic_template(), &sample, NULL, 0,
		RT_SV("<% x %>\ndef upgrade(engine_name: str) -> None:\n"
		      "def downgrade(${x}):\ndef downgrade(a)\n"),
	};
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;

	(void)state;
	rt_assert_ok(rt_alembic_render(&what, &out, &err), &err);
	assert_non_null(strstr(out.p, "\ndef upgrade(engine_name: str) -> "
				      "None:\n    pass\n"));
	assert_non_null(strstr(out.p, "\ndef downgrade():\n    pass\n"));
	rt_str_free(&out);
}

static void test_render_refused(void **state)
{
	static const char *const templates[] = {
		"\n% for x in y:\n", "\n<%! import re %>\n", "\n</%def>\n",
		"\n${up_revision.upper()}\n", "\n${config}\n", "\n${a\n}\n",
		"\n${message | h}\n", "\n${}\n", "\n${repr()}\n",
		"\n% if x:\n% endif\n", "\n% if message:\n", "\n% endif\n",
		"\n% if message: # why\n% endif\n", "\n% else:\n",
	};
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(templates) / sizeof(templates[0]); i++) {
		assert_int_equal(render(templates[i], &out, &err),
				 RETORT_EUNSUPPORTED);
		assert_int_equal(err.line, 2);
		retort_error_dispose(&err);
	}
	rt_str_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parents),
		cmocka_unit_test(test_parents_refused),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_guard),
		cmocka_unit_test(test_colons),
		cmocka_unit_test(test_render),
		cmocka_unit_test(test_render_branches),
		cmocka_unit_test(test_render_model),
		cmocka_unit_test(test_render_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
