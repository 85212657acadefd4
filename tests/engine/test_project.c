/* SPDX-License-Identifier: MIT */
/* From a folder of files to a graph and to scripts. */
#include "support/rt_test.h"

#include "support/tmpdir.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <retort/project.h>

#include "base/fs.h"

typedef struct fixture {
	char *dir;
	retort_project *p;
	const retort_graph *graph;
	retort_error err;
} fixture;

static int setup(void **state)
{
	fixture *f = calloc(1, sizeof(*f));

	f->dir = tmpdir_make();
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	fixture *f = *state;

	retort_project_free(f->p);
	retort_error_dispose(&f->err);
	tmpdir_remove(f->dir);
	free(f);
	return 0;
}

/* A project file with `extra` lines; opens it. */
static void open_project(fixture *f, const char *extra)
{
	static const char *const env[] = { NULL };
	retort_project_options o = RETORT_PROJECT_OPTIONS_INIT;
	char *text = rt_strf("[retort]\nscript_location = m\n%s", extra);

	tmpdir_put(f->dir, "retort.ini", text);
	free(text);
	retort_project_free(f->p);
	f->p = NULL;
	o.directory = f->dir;
	o.env = env;
	rt_assert_ok(retort_project_open(&f->p, &o, &f->err), &f->err);
}

static int load(fixture *f, const char *extra)
{
	retort_error_dispose(&f->err);
	open_project(f, extra);
	return retort_project_graph(f->p, &f->graph, &f->err);
}

/* A revision file without sections; only the header counts here. */
static void put_revision(fixture *f, const char *name, const char *id,
			 const char *down)
{
	char *text = rt_strf("-- revision: %s\n-- down_revision: %s\n\n"
			     "-- migrate:up\n", id, down);

	tmpdir_put(f->dir, name, text);
	free(text);
}

static void assert_message(fixture *f, const char *part)
{
	if (!f->err.message || !strstr(f->err.message, part))
		fail_msg("want '%s' in: %s", part,
			 f->err.message ? f->err.message : "-");
}

static void folders_that_are_wrong(void **state)
{
	fixture *f = *state;
	char *path = rt_fs_join(f->dir, "m");

	rt_assert_rc(load(f, ""), RETORT_ECONFIG, &f->err);
	assert_message(f, "m', is not there");
	assert_non_null(strstr(retort_error_get(&f->err, RETORT_ERROR_NEXT),
			       "retort init"));
	tmpdir_put(f->dir, "m", "a file");
	rt_assert_rc(load(f, ""), RETORT_EIO, &f->err);
	assert_message(f, "Not a directory");
	rt_assert_rc(load(f, "recursive_version_locations = ${X}\n"),
		     RETORT_ECONFIG, &f->err);
	assert_message(f, "variable X is not set");
	assert_int_equal(unlink(path), 0);
	rt_assert_ok(rt_fs_make_dirs(path, &f->err), &f->err);
	rt_assert_ok(load(f, ""), &f->err);
	assert_int_equal(retort_graph_count(f->graph), 0);
	free(path);
}

static void files_that_are_wrong(void **state)
{
	fixture *f = *state;
	char *path = rt_fs_join(f->dir, "m/a_.sql");

	put_revision(f, "m/ok_.sql", "ok", "");
	tmpdir_put(f->dir, "m/a_.sql", "SELECT 1;\n");
	rt_assert_rc(load(f, ""), RETORT_EPARSE, &f->err);
	assert_string_equal(retort_error_get(&f->err, RETORT_ERROR_FILE),
			    path);
	tmpdir_put(f->dir, "m/a_.sql", "-- revision: a\n-- down_revision:\n"
		   "-- \xff\n");
	rt_assert_rc(load(f, ""), RETORT_EPARSE, &f->err);
	assert_int_equal(f->err.line, 3);
	put_revision(f, "m/a_.sql", "ok", "");
	rt_assert_rc(load(f, ""), RETORT_EGRAPH, &f->err);
	put_revision(f, "m/a_.sql", "a", "nobody");
	rt_assert_rc(load(f, ""), RETORT_EGRAPH, &f->err);

	/* A file of 100 MB is refused by its size, without reading it. */
	put_revision(f, "m/a_.sql", "a", "");
	assert_int_equal(truncate(path, 100 << 20), 0);
	rt_assert_rc(load(f, ""), RETORT_EIO, &f->err);
	assert_message(f, "larger than 16 MiB");

	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("nowhere", path), 0);
	rt_assert_rc(load(f, ""), RETORT_EIO, &f->err);
	assert_message(f, "No such file");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	rt_assert_rc(load(f, ""), RETORT_EIO, &f->err);
	assert_message(f, "not a regular file");
	free(path);
}

static void what_cannot_be_read(void **state)
{
	fixture *f = *state;
	char *path = rt_fs_join(f->dir, "m/a_.sql");
	bool root = geteuid() == 0;
	int rc;

	put_revision(f, "m/a_.sql", "a", "");
	open_project(f, "");
	assert_int_equal(chmod(path, 0), 0);
	if (root) {
		/* Root reads everything, so be nobody for a moment. */
		assert_int_equal(chmod(f->dir, 0755), 0);
		assert_int_equal(seteuid(65534), 0);
	}
	rc = retort_project_graph(f->p, &f->graph, &f->err);
	if (root)
		assert_int_equal(seteuid(0), 0);
	rt_assert_rc(rc, RETORT_EIO, &f->err);
	assert_message(f, "Permission denied");
	free(path);
}

static void only_revisions_are_read(void **state)
{
	static const char *const others[] = {
		"m/.#a_.sql", "m/.hidden.sql", "m/__init__.py",
		"m/__x.sql", "m/note.txt", "m/.sql", "m/a.sql~",
		"m/a.SQL", "m/sub/b.sql", "m/tool.py",
	};
	fixture *f = *state;
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		tmpdir_put(f->dir, others[i], "no header");
	put_revision(f, "m/b_.sql", "b", "a");
	put_revision(f, "m/a_.sql", "a", "");
	put_revision(f, "m/B_.sql", "B", "a");
	rt_assert_ok(load(f, ""), &f->err);
	assert_int_equal(retort_graph_count(f->graph), 3);
	assert_string_equal(retort_graph_at(f->graph, 0)->id, "B");
	assert_string_equal(retort_graph_at(f->graph, 1)->id, "a");
	assert_string_equal(retort_graph_at(f->graph, 2)->id, "b");
}

/* Where there is no SQL, Python is read; but what cannot be is named, and the
 * rest is there in spite of it. */
static void broken_python_is_named(void **state)
{
	static const char a[] = "revision = 'a'\ndown_revision = None\n";
	static const char b[] = "revision = 'b'\ndown_revision = 'a'\n";
	static const char c[] = "revision = 'c'\ndown_revision = f()\n";
	static const char d[] = "revision = 'd'\ndown_revision = 'lost'\n";
	fixture *f = *state;
	const retort_problem *problems;
	const retort_revision *rev;
	size_t n;

	tmpdir_put(f->dir, "m/a_.py", a);
	tmpdir_put(f->dir, "m/b_.py", b);
	tmpdir_put(f->dir, "m/c_.py", c);
	tmpdir_put(f->dir, "m/d_.py", d);
	tmpdir_put(f->dir, "m/e_.py", a);
	tmpdir_put(f->dir, "m/tool.py", "import os\n");
	tmpdir_put(f->dir, "m/__init__.py", "import os\n");
	tmpdir_put(f->dir, "m/x.py~", "import os\n");
	tmpdir_put(f->dir, "m/__pycache__/x.py", "import os\n");
	rt_assert_ok(load(f, "recursive_version_locations = on\n"), &f->err);
	assert_int_equal(retort_graph_count(f->graph), 5);
	problems = retort_graph_problems(f->graph, &n);
	assert_int_equal(n, 3);
	assert_string_equal(problems[0].revision, "c");
	assert_int_equal(problems[0].line, 2);
	assert_non_null(strstr(problems[1].path, "m/e_.py"));
	assert_null(problems[2].revision);
	rev = retort_graph_find(f->graph, "c");
	assert_true(rev->is_base);
	assert_non_null(rev->problem);
	rev = retort_graph_find(f->graph, "lost");
	assert_string_equal(rev->path, "");
	assert_non_null(rev->problem);
}

/* A parent that is missing where all files were read is an error. */
static void missing_parent_of_python(void **state)
{
	fixture *f = *state;

	tmpdir_put(f->dir, "m/d_.py", "revision = 'd'\n"
		   "down_revision = 'lost'\n");
	rt_assert_rc(load(f, ""), RETORT_EGRAPH, &f->err);
	assert_message(f, "lost");
}

static void folders_inside_and_beside(void **state)
{
	fixture *f = *state;
	char *loop = rt_fs_join(f->dir, "m/z/loop");
	char *link = rt_fs_join(f->dir, "m/twice_.sql");

	put_revision(f, "m/b_.sql", "b", "");
	put_revision(f, "m/a/a_.sql", "a", "");
	put_revision(f, "m/z/z_.sql", "z", "");
	put_revision(f, "other/o_.sql", "o", "");
	/* A circle of folders, and a file that has two names. */
	assert_int_equal(symlink("..", loop), 0);
	assert_int_equal(symlink("b_.sql", link), 0);
	rt_assert_ok(load(f, ""), &f->err);
	assert_int_equal(retort_graph_count(f->graph), 1);
	rt_assert_ok(load(f, "recursive_version_locations = on\n"
			     "version_locations = other m m/z\n"), &f->err);
	assert_int_equal(retort_graph_count(f->graph), 4);
	assert_string_equal(retort_graph_at(f->graph, 0)->id, "o");
	assert_string_equal(retort_graph_at(f->graph, 1)->id, "b");
	assert_string_equal(retort_graph_at(f->graph, 2)->id, "a");
	assert_string_equal(retort_graph_at(f->graph, 3)->id, "z");
	free(loop);
	free(link);
}

static void a_header_may_be_long(void **state)
{
	fixture *f = *state;
	rt_str text = RT_STR_INIT;
	const retort_revision *r;
	int i;

	rt_str_add(&text, "-- revision: a\n-- down_revision:\n");
	for (i = 0; i < 2000; i++)
		rt_str_addf(&text, "-- message: line %d\n", i);
	rt_str_add(&text, "-- branch_labels: l\n-- migrate:up\nSELECT 1;\n");
	tmpdir_put(f->dir, "m/a_.sql", text.p);
	rt_assert_ok(load(f, ""), &f->err);
	r = retort_graph_find(f->graph, "a");
	assert_string_equal(r->message, "line 0");
	assert_non_null(strstr(r->doc, "line 1999"));
	assert_string_equal(r->labels.v[0], "l");
	rt_str_free(&text);
}

static void ten_thousand_files(void **state)
{
	enum { N = 10000 };
	fixture *f = *state;
	char *path = rt_fs_join(f->dir, "m"), name[64], down[32] = "";
	retort_list heads = RETORT_LIST_INIT;
	FILE *out;
	int i;

	rt_assert_ok(rt_fs_make_dirs(path, &f->err), &f->err);
	/* Plain files: tmpdir_put would flush each to the disk. */
	assert_int_equal(chdir(path), 0);
	for (i = 0; i < N; i++) {
		snprintf(name, sizeof(name), "%08d_x.sql", i);
		out = fopen(name, "w");
		assert_non_null(out);
		fprintf(out, "-- revision: %08d\n-- down_revision: %s\n"
			"-- message: step %d\n\n-- migrate:up\n", i, down, i);
		assert_int_equal(fclose(out), 0);
		snprintf(down, sizeof(down), "%08d", i);
	}
	assert_int_equal(chdir("/"), 0);
	rt_assert_ok(load(f, ""), &f->err);
	assert_int_equal(retort_graph_count(f->graph), N);
	retort_graph_heads(f->graph, false, &heads);
	assert_int_equal(heads.n, 1);
	assert_string_equal(heads.v[0]->id, "00009999");
	retort_list_dispose(&heads);
	free(path);
}

static void reloading_sees_new_files(void **state)
{
	fixture *f = *state;
	const retort_graph *again;

	put_revision(f, "m/a_.sql", "a", "");
	rt_assert_ok(load(f, ""), &f->err);
	rt_assert_ok(retort_project_graph(f->p, &again, &f->err), &f->err);
	assert_ptr_equal(again, f->graph);
	put_revision(f, "m/b_.sql", "b", "a");
	retort_project_reload(f->p);
	rt_assert_ok(retort_project_graph(f->p, &again, &f->err), &f->err);
	assert_int_equal(retort_graph_count(again), 2);
}

static void the_url_decides_the_dialect(void **state)
{
	fixture *f = *state;
	const char *v;

	open_project(f, "");
	assert_string_equal(retort_project_url_shown(f->p), "");
	assert_int_equal(retort_project_dialect(f->p), RETORT_DIALECT_ANY);
	assert_false(retort_project_is_protected(f->p));
	rt_assert_rc(retort_project_setting(f->p, "x", &v, &f->err),
		     RETORT_EUSAGE, &f->err);
	retort_error_dispose(&f->err);
	open_project(f, "url = postgres://u:secret@h/d\nprotected = yes\n");
	assert_string_equal(retort_project_url_shown(f->p),
			    "postgres://u:***@h/d");
	assert_int_equal(retort_project_dialect(f->p),
			 RETORT_DIALECT_POSTGRESQL);
	assert_true(retort_project_is_protected(f->p));
	/* What cannot be known had better be protected. */
	open_project(f, "url = sqlite+aiosqlite:///x\nprotected = ${X}\n");
	assert_int_equal(retort_project_dialect(f->p), RETORT_DIALECT_SQLITE);
	assert_true(retort_project_is_protected(f->p));
	assert_string_equal(rt_fs_basename(retort_project_config_path(f->p)),
			    "retort.ini");
	assert_null(retort_project_environment(f->p));
}

static void scripts_know_their_place(void **state)
{
	static const char text[] =
		"-- revision: a\n-- down_revision:\n\n"
		"-- migrate:up transaction:false\n"
		"SELECT 'ä'; SELECT 2;\n\n  SELECT\n3;\n"
		"-- migrate:up dialect:postgresql\n"
		"COPY t FROM STDIN;\n1\n\\.\n";
	fixture *f = *state;
	const retort_statement *st;
	const retort_revision *r;
	retort_script *s;

	tmpdir_put(f->dir, "m/a_.sql", text);
	rt_assert_ok(load(f, ""), &f->err);
	r = retort_graph_find(f->graph, "a");
	rt_assert_ok(retort_project_script(f->p, r, RETORT_OP_UPGRADE,
					   RETORT_DIALECT_SQLITE, &s,
					   &f->err), &f->err);
	assert_int_equal(retort_script_count(s), 3);
	assert_false(retort_script_in_transaction(s));
	st = retort_script_statement(s, 1);
	assert_int_equal(st->line, 5);
	assert_int_equal(st->column, 13);
	assert_memory_equal(st->sql, "SELECT 2", st->length);
	assert_memory_equal(text + st->offset, st->sql, st->length);
	st = retort_script_statement(s, 2);
	assert_int_equal(st->line, 7);
	assert_int_equal(st->column, 3);
	assert_non_null(strstr(retort_script_text(s), "SELECT 2"));
	assert_null(strstr(retort_script_text(s), "COPY"));
	retort_script_free(s);

	rt_assert_ok(retort_project_script(f->p, r, RETORT_OP_UPGRADE,
					   RETORT_DIALECT_POSTGRESQL, &s,
					   &f->err), &f->err);
	assert_int_equal(retort_script_count(s), 1);
	assert_true(retort_script_in_transaction(s));
	st = retort_script_statement(s, 0);
	assert_memory_equal(st->copy_data, "1\n", st->copy_length);
	retort_script_free(s);
}

static void scripts_that_are_not_there(void **state)
{
	fixture *f = *state;
	const retort_revision *r;
	retort_script *s;
	char *path = rt_fs_join(f->dir, "m/a_.sql");

	tmpdir_put(f->dir, "m/a_.sql", "-- revision: a\n-- down_revision:\n"
		   "-- migrate:up\nSELECT 1;\nSELECT 'x;\n");
	rt_assert_ok(load(f, ""), &f->err);
	r = retort_graph_find(f->graph, "a");
	rt_assert_rc(retort_project_script(f->p, r, RETORT_OP_UPGRADE,
					   RETORT_DIALECT_SQLITE, &s,
					   &f->err), RETORT_EPARSE, &f->err);
	assert_null(s);
	assert_int_equal(f->err.line, 5);
	assert_int_equal(f->err.column, 8);
	assert_string_equal(retort_error_get(&f->err, RETORT_ERROR_REVISION),
			    "a");
	retort_error_dispose(&f->err);

	put_revision(f, "m/a_.sql", "a", "");
	rt_assert_rc(retort_project_script(f->p, r, RETORT_OP_DOWNGRADE,
					   RETORT_DIALECT_SQLITE, &s,
					   &f->err), RETORT_EREFUSED, &f->err);
	assert_message(f, "revision a has no migrate:down section");
	assert_non_null(retort_error_get(&f->err, RETORT_ERROR_NEXT));
	retort_error_dispose(&f->err);

	assert_int_equal(unlink(path), 0);
	rt_assert_rc(retort_project_script(f->p, r, RETORT_OP_UPGRADE,
					   RETORT_DIALECT_SQLITE, &s,
					   &f->err), RETORT_EIO, &f->err);
	retort_error_dispose(&f->err);
	rt_assert_rc(retort_project_script(f->p, r, RETORT_OP_STAMP,
					   RETORT_DIALECT_SQLITE, &s,
					   &f->err), RETORT_EUSAGE, &f->err);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		CASE(folders_that_are_wrong),
		CASE(files_that_are_wrong),
		CASE(what_cannot_be_read),
		CASE(only_revisions_are_read),
		CASE(broken_python_is_named),
		CASE(missing_parent_of_python),
		CASE(folders_inside_and_beside),
		CASE(a_header_may_be_long),
		CASE(ten_thousand_files),
		CASE(reloading_sees_new_files),
		CASE(the_url_decides_the_dialect),
		CASE(scripts_know_their_place),
		CASE(scripts_that_are_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
