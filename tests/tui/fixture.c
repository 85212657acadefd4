/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "tui/fixture.h"

#include <stdio.h>

#include "base/fs.h"
#include "base/proc.h"
#include "support/tmpdir.h"

static const struct revision {
	const char *id, *down, *labels, *message, *up, *after;
} revisions[] = {
	{ "a001", "", "", "accounts",
	  "CREATE TABLE account (id integer PRIMARY KEY, email text);",
	  "DROP TABLE account;" },
	{ "a002", "a001", "", "orders",
	  "CREATE TABLE \"order\" (\n"
	  "\tid integer PRIMARY KEY,\n"
	  "\taccount_id integer NOT NULL REFERENCES account (id),\n"
	  "\tnote text DEFAULT 'none' -- what the customer wrote\n"
	  ");\n"
	  "CREATE INDEX order_account ON \"order\" (account_id);",
	  "DROP TABLE \"order\";" },
	{ "a003", "a002", "", "order totals",
	  "ALTER TABLE \"order\" ADD COLUMN total numeric(12, 2);", NULL },
	{ "a004", "a003", "",
	  "\u8ba2\u5355\u8868 (order table) \u2013 na\u00efve",
	  "ALTER TABLE \"order\" ADD COLUMN placed text;",
	  "ALTER TABLE \"order\" DROP COLUMN placed;" },
	{ "a005", "a004", "", "shipping",
	  "ALTER TABLE \"order\" ADD COLUMN shipped text;",
	  "ALTER TABLE \"order\" DROP COLUMN shipped;" },
	{ "a006", "a005", "", "returns",
	  "ALTER TABLE \"order\" ADD COLUMN returned text;",
	  "ALTER TABLE \"order\" DROP COLUMN returned;" },
	{ "b001", "a006", "billing", "invoices",
	  "CREATE TABLE invoice (id integer PRIMARY KEY, total numeric);",
	  "DROP TABLE invoice;" },
	{ "b002", "b001", "", "invoice due date",
	  "ALTER TABLE invoice ADD COLUMN due text;",
	  "ALTER TABLE invoice DROP COLUMN due;" },
	{ "c001", "a006", "search", "search terms",
	  "CREATE TABLE term (word text PRIMARY KEY, hits integer);",
	  "DROP TABLE term;" },
	{ "d001", "b002, c001", "", "merge billing and search", "", "" },
	{ "e001", "d001", "", "members of an organisation, a message that is "
			      "much too long to be shown whole on most screens",
	  "CREATE TABLE member (id integer PRIMARY KEY);",
	  "DROP TABLE member;" },
	{ "f001", "d001", "", "archive",
	  "CREATE TABLE archive (id integer PRIMARY KEY);",
	  "DROP TABLE archive;" },
	{ "f002", "f001", "", "archive by year",
	  "ALTER TABLE archive ADD COLUMN year integer;",
	  "ALTER TABLE archive DROP COLUMN year;" },
};

void fixture_write(const fixture *f, const char *name, const char *text)
{
	char *path = rt_fs_join(f->dir, name);
	retort_error err = RETORT_ERROR_INIT;

	rt_assert_ok(rt_fs_write(path, rt_sv_from(text), true, 0666, &err),
		     &err);
	free(path);
}

static void write_revision(const fixture *f, const struct revision *r)
{
	rt_str s = RT_STR_INIT;
	char *name = rt_strf("migrations/%s_x.sql", r->id);

	rt_str_addf(&s, "-- revision: %s\n-- down_revision: %s\n", r->id,
		    r->down);
	if (*r->labels)
		rt_str_addf(&s, "-- branch_labels: %s\n", r->labels);
	rt_str_addf(&s, "-- message: %s\n\n-- migrate:up\n%s\n", r->message,
		    r->up);
	if (r->after)
		rt_str_addf(&s, "\n-- migrate:down\n%s\n", r->after);
	fixture_write(f, name, s.p);
	rt_str_free(&s);
	free(name);
}

static void no_line(void *self, rt_sv line)
{
	(void)self;
	(void)line;
}

static const char *program(void)
{
	const char *path = getenv("RETORT");

	if (!path)
		fail_msg("RETORT does not name the program");
	return path;
}

void fixture_add(const fixture *f, const char *id, const char *below,
		 const char *options, const char *up, const char *down)
{
	char *name = rt_strf("migrations/%s_x.sql", id);
	char *text = rt_strf("-- revision: %s\n-- down_revision: %s\n"
			     "-- message: about %s\n\n-- migrate:up%s\n%s\n"
			     "-- migrate:down\n%s\n",
			     id, below, id, options, up, down);

	fixture_write(f, name, text);
	free(text);
	free(name);
}

void fixture_settings(const fixture *f, const char *url, const char *more)
{
	char *text = rt_strf("[retort]\n"
			     "script_location = %%(here)s/migrations\n"
			     "url = %s\n%s",
			     url, more);

	fixture_write(f, "retort.ini", text);
	free(text);
}

void fixture_upgrade(const fixture *f, const char *target)
{
	const char *argv[] = { program(), "upgrade", target, NULL };
	rt_proc upgrade = { .argv = argv, .cwd = f->dir, .line = no_line };
	retort_error err = RETORT_ERROR_INIT;
	int status = 0;

	rt_assert_ok(rt_proc_run(&upgrade, &status, &err), &err);
	assert_int_equal(status, 0);
}

void fixture_make(fixture *f, const char *target)
{
	retort_error err = RETORT_ERROR_INIT;
	size_t i;
	char *path;

	f->dir = tmpdir_make();
	path = rt_fs_join(f->dir, "migrations");
	rt_assert_ok(rt_fs_make_dirs(path, &err), &err);
	free(path);
	fixture_settings(f, "sqlite:///shop.db", "");
	for (i = 0; i < sizeof(revisions) / sizeof(revisions[0]); i++)
		write_revision(f, &revisions[i]);
	if (target)
		fixture_upgrade(f, target);
}

void fixture_remove(fixture *f)
{
	tmpdir_remove(f->dir);
	f->dir = NULL;
}

int fixture_setup(void **state)
{
	static fixture f;

	fixture_make(&f, "d001");
	*state = &f;
	return 0;
}

int fixture_teardown(void **state)
{
	fixture_remove(*state);
	return 0;
}

const char *const fixture_no_colour[] = { "LC_ALL=C.UTF-8", "NO_COLOR=1",
					  NULL };
const char *const fixture_ascii[] = { "LC_ALL=C", "NO_COLOR", "COLORFGBG",
				      NULL };

rt_screen *fixture_open(const fixture *f, const char *const *env, int rows,
			int cols)
{
	static const char *const plain[] = { "LC_ALL=C.UTF-8", "NO_COLOR",
					     "COLORFGBG", "TMUX", NULL };
	const char *argv[] = { program(), "ui", NULL };

	/* nothing is remembered or cached unless the test wants it */
	setenv("XDG_STATE_HOME", "/dev/null", 1);
	setenv("XDG_CACHE_HOME", "/dev/null", 1);
	return rt_screen_start(argv, env ? env : plain, f->dir, rows, cols);
}
