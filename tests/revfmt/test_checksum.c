/* SPDX-License-Identifier: MIT */
/* Which edits of a Python revision are told as "only comments". */
#include "support/rt_test.h"

#include "revfmt/format.h"

static const char whole[] =
	"\"\"\"add t\n"
	"\n"
	"Revises: a\n"
	"\"\"\"\n"
	"from alembic import op\n"
	"\n"
	"revision = 'b'  # ours\n"
	"down_revision: str = 'a'\n"
	"\n"
	"\n"
	"def upgrade():\n"
	"    \"\"\"Up.\"\"\"\n"
	"    # it's here\n"
	"    if True:\n"
	"        op.execute('SELECT 1 -- a # note')\n"
	"    x = 5 --1\n"
	"    op.drop_table('t')\n";

/* Whether the file with `from` replaced by `to` counts as the same. */
static bool same(const char *from, const char *to)
{
	char x[RT_CHECKSUM_HEX], y[RT_CHECKSUM_HEX];
	const char *at = strstr(whole, from);
	rt_str text = RT_STR_INIT;

	assert_non_null(at);
	rt_str_addn(&text, whole, (size_t)(at - whole));
	rt_str_add(&text, to);
	rt_str_add(&text, at + strlen(from));
	rt_format_checksum("x.py", rt_sv_from(whole), RETORT_DIALECT_ANY, x);
	rt_format_checksum("x.py", rt_str_sv(&text), RETORT_DIALECT_ANY, y);
	rt_str_free(&text);
	return !strcmp(x, y);
}

static void comments_and_layout_do_not_count(void **state)
{
	(void)state;
	assert_true(same("# it's here", "# it is\n    # there"));
	assert_true(same("    # it's here\n", "\n"));
	assert_true(same("\"\"\"add t", "\"\"\"add u"));
	assert_true(same("\"\"\"Up.\"\"\"", "'''Do\n  it.'''"));
	assert_true(same("    \"\"\"Up.\"\"\"\n", ""));
	assert_true(same("op.drop_table('t')", "op . drop_table(  't'\n\n )"));
	assert_true(same("        op.execute", "\top.execute"));
	assert_true(same("5 --1", "5 - - 1 # --2"));
	assert_true(same("\n\n\ndef", "\n\ndef"));
	assert_true(same("drop_table('t')\n", "drop_table('t')"));
	assert_true(same("op\n\nrev", "op\r\n\r\nrev"));
	assert_true(same("\"\"\"add", "\xef\xbb\xbf\"\"\"add"));
}

/* Where these differ, somebody else tells: parents are compared by name. */
static void the_header_does_not_count(void **state)
{
	(void)state;
	assert_true(same("= 'a'", "= ('a', 'c')"));
	assert_true(same("down_revision: str =", "down_revision ="));
	assert_true(same("revision = 'b'", "revision = 'b'\nbranch_labels = 'x'"));
}

static void what_runs_counts(void **state)
{
	(void)state;
	assert_false(same("-- a # note", "-- b # note"));
	assert_false(same("-- a # note", "-- a"));
	assert_false(same("--1", "--2"));
	assert_false(same("drop_table('t')", "drop_table('u')"));
	assert_false(same("drop_table('t')", "drop_table('t ')"));
	assert_false(same("    x = 5", "        x = 5"));
	assert_false(same("if True", "if False"));
	assert_false(same("    op.drop", "    # op.drop"));
	assert_false(same("import op", "import op as o"));
	assert_false(same("def upgrade", "def downgrade"));
}

/* What is no Python is told by its bytes. */
static void broken_files_count_as_they_are(void **state)
{
	char x[RT_CHECKSUM_HEX], y[RT_CHECKSUM_HEX];

	(void)state;
	rt_format_checksum("x.py", RT_SV("a = '\n# b\n"), RETORT_DIALECT_ANY,
			   x);
	rt_checksum_raw(RT_SV("a = '\n# b\n"), y);
	assert_string_equal(x, y);
	rt_format_checksum("x.py", RT_SV("a = '\n# c\n"), RETORT_DIALECT_ANY,
			   y);
	assert_string_not_equal(x, y);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_and_layout_do_not_count),
		cmocka_unit_test(the_header_does_not_count),
		cmocka_unit_test(what_runs_counts),
		cmocka_unit_test(broken_files_count_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
