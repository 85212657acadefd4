/* SPDX-License-Identifier: MIT */
/* The console in a project of Alembic: what of its Python is shown, and what
 * it writes there. */
#include "support/rt_test.h"

#include <stdio.h>

#include "base/fs.h"
#include "support/tmpdir.h"
#include "tui/fixture.h"

#define HEAD(id, down, text)                                                  \
	"\"\"\"" text "\n\nRevision ID: " id "\n\"\"\"\n"                     \
	"from alembic import op\nimport sqlalchemy as sa\n\n"                 \
	"revision = '" id "'\ndown_revision = " down "\n"                     \
	"branch_labels = None\ndepends_on = None\n\n\n"

static const struct file {
	const char *name, *text;
} project[] = {
	{ "alembic.ini",
	  "[alembic]\nscript_location = %(here)s/mig\n"
	  "sqlalchemy.url = sqlite:///shop.db\n" },
	{ "mig/script.py.mako",
	  "\"\"\"${message}\n\nRevises: ${down_revision | comma,n}\n"
	  "Create Date: ${create_date}\n\"\"\"\n"
	  "from alembic import op\n\n"
	  "revision = ${repr(up_revision)}\n"
	  "down_revision = ${repr(down_revision)}\n"
	  "branch_labels = ${repr(branch_labels)}\n"
	  "depends_on = ${repr(depends_on)}\n\n\n"
	  "def upgrade():\n    ${upgrades if upgrades else 'pass'}\n\n\n"
	  "def downgrade():\n    ${downgrades if downgrades else 'pass'}\n" },
	{ "mig/versions/a001_accounts.py",
	  HEAD("a001", "None", "accounts")
	  "def upgrade():\n"
	  "    op.create_table(\n"
	  "        'account',\n"
	  "        sa.Column('id', sa.Integer, primary_key=True),\n"
	  "        sa.Column('email', sa.String(200), nullable=False),\n"
	  "    )\n"
	  "    op.create_index('account_email', 'account', ['email'])\n\n\n"
	  "def downgrade():\n"
	  "    op.drop_table('account')\n" },
	{ "mig/versions/b001_no_email.py",
	  HEAD("b001", "'a001'", "no e-mail any more")
	  "def upgrade():\n"
	  "    op.drop_index('account_email')\n"
	  "    # what became of it?\n"
	  "    op.execute('ALTER TABLE account DROP COLUMN email')\n\n\n"
	  "def downgrade():\n"
	  "    op.execute('ALTER TABLE account ADD COLUMN email text')\n" },
	{ "mig/versions/c001_seeds.py",
	  HEAD("c001", "'a001'", "seeds of a file")
	  "def upgrade():\n"
	  "    # a file that only the author has\n"
	  "    with open('seeds.csv') as f:\n"
	  "        for line in f:\n"
	  "            op.execute(line)\n\n\n"
	  "def downgrade():\n"
	  "    pass\n" },
};

static int make(void **state)
{
	fixture *f = calloc(1, sizeof(*f));
	retort_error err = RETORT_ERROR_INIT;
	char *path;
	size_t i;

	f->dir = tmpdir_make();
	path = rt_fs_join(f->dir, "mig/versions");
	rt_assert_ok(rt_fs_make_dirs(path, &err), &err);
	free(path);
	for (i = 0; i < sizeof(project) / sizeof(project[0]); i++)
		fixture_write(f, project[i].name, project[i].text);
	*state = f;
	return 0;
}

static int clean(void **state)
{
	fixture_remove(*state);
	free(*state);
	return 0;
}

/* The text of the file in versions/ whose name ends so. */
static void read_written(const fixture *f, const char *end, rt_str *out)
{
	char *dir = rt_fs_join(f->dir, "mig/versions"), *path;
	retort_error err = RETORT_ERROR_INIT;
	rt_fs_list list = RT_FS_LIST_INIT;
	size_t i, n = strlen(end), length;

	rt_assert_ok(rt_fs_read_dir(dir, &list, &err), &err);
	for (i = 0; i < list.n; i++) {
		length = strlen(list.v[i].name);
		if (length < n || strcmp(list.v[i].name + length - n, end) != 0)
			continue;
		path = rt_fs_join(dir, list.v[i].name);
		rt_assert_ok(rt_fs_read(path, RT_FS_LIMIT, out, &err), &err);
		free(path);
	}
	rt_fs_list_free(&list);
	free(dir);
}

#define TO(id) ": g o t o Space " id " Enter"

static void the_panes(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, TO("a 0 0 1"));
	rt_screen_golden(s, "alembic-80x24");
	rt_screen_keys(s, TO("b 0 0 1"));
	rt_screen_golden(s, "alembic-lint-80x24");
	rt_screen_keys(s, TO("c 0 0 1"));
	rt_screen_golden(s, "alembic-opaque-80x24");
	rt_screen_free(s);
	s = fixture_open(*state, fixture_ascii, 24, 80);
	rt_screen_keys(s, TO("a 0 0 1"));
	rt_screen_golden(s, "alembic-80x24-ascii");
	rt_screen_keys(s, TO("c 0 0 1"));
	rt_screen_golden(s, "alembic-opaque-80x24-ascii");
	rt_screen_free(s);
}

static void one_step_up_and_down(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, TO("a 0 0 1") " U y");
	rt_screen_golden(s, "alembic-step-80x24");
	rt_screen_keys(s, "Esc " TO("b 0 0 1") " U s h o p . d b Enter Esc");
	rt_screen_expect(s, "2 heads");
	rt_screen_expect(s, "1 pending");
	/* the opaque one is refused before anything runs */
	rt_screen_keys(s, TO("c 0 0 1") " U");
	rt_screen_expect(s, "upgrade() cannot be translated");
	rt_screen_keys(s, TO("b 0 0 1") " D y Esc");
	rt_screen_expect(s, "2 pending");
	rt_screen_free(s);
}

static void a_merge_in_python(void **state)
{
	const fixture *f = *state;
	rt_screen *s = fixture_open(f, NULL, 24, 80);
	rt_str text = RT_STR_INIT;

	rt_screen_keys(s, "M n n m C-u j o i n Enter n");
	rt_screen_golden(s, "alembic-wizard-80x24");
	rt_screen_keys(s, "W");
	rt_screen_expect(s, "1 head ");
	read_written(f, "_join.py", &text);
	assert_non_null(strstr(text.p, "\"\"\"join\n\nRevises: b001, c001\n"));
	assert_non_null(strstr(text.p, "down_revision = ('b001', 'c001')\n"));
	rt_screen_keys(s, "u y");
	rt_screen_expect(s, "2 heads");
	rt_str_free(&text);
	rt_screen_free(s);
}

static void a_new_revision(void **state)
{
	const fixture *f = *state;
	rt_screen *s = fixture_open(f, NULL, 24, 80);
	rt_str text = RT_STR_INIT;

	rt_screen_keys(s, TO("b 0 0 1") " C m o r e Enter");
	read_written(f, "_more.py", &text);
	assert_non_null(strstr(text.p, "\"\"\"more\n\nRevises: b001\n"));
	assert_non_null(strstr(text.p, "def upgrade():\n    pass\n"));
	rt_screen_expect(s, "more");
	rt_str_free(&text);
	rt_screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_panes, make, clean),
		cmocka_unit_test_setup_teardown(one_step_up_and_down, make,
						clean),
		cmocka_unit_test_setup_teardown(a_merge_in_python, make,
						clean),
		cmocka_unit_test_setup_teardown(a_new_revision, make, clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
