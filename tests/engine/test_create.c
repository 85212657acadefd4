/* SPDX-License-Identifier: MIT */
/* New revision files: names, checks, templates, hooks; and `init`. */
#include "support/rt_test.h"

#include "support/tmpdir.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <retort/create.h>

#include "base/fs.h"

typedef struct fixture {
	char *dir;
	retort_project *p;
	retort_error err;
	char *path;   /* of the last file made */
	rt_str text;  /* what is in it */
	rt_str said;
} fixture;

static int setup(void **state)
{
	fixture *f = calloc(1, sizeof(*f));

	f->dir = tmpdir_make();
	f->text = f->said = (rt_str)RT_STR_INIT;
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	fixture *f = *state;

	retort_project_free(f->p);
	retort_error_dispose(&f->err);
	tmpdir_remove(f->dir);
	free(f->path);
	rt_str_free(&f->text);
	rt_str_free(&f->said);
	free(f);
	return 0;
}

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

static void put_revision(fixture *f, const char *name, const char *id,
			 const char *down, const char *labels)
{
	char *text = rt_strf("-- revision: %s\n-- down_revision: %s\n%s%s\n\n"
			     "-- migrate:up\n", id, down,
			     *labels ? "-- branch_labels: " : "", labels);

	tmpdir_put(f->dir, name, text);
	free(text);
}

static void say(void *self, const char *line)
{
	rt_str_addf(self, "%s\n", line);
}

static int create(fixture *f, retort_create_options *o)
{
	int rc;

	retort_error_dispose(&f->err);
	free(f->path);
	f->path = NULL;
	rt_str_clear(&f->text);
	rt_str_clear(&f->said);
	o->say = say;
	o->self = &f->said;
	if (!o->now)
		o->now = 1758048588; /* 2025-09-16T18:49:48Z */
	rc = retort_revision_create(f->p, o, &f->path, &f->err);
	if (f->path)
		assert_int_equal(rt_fs_read(f->path, RT_FS_LIMIT, &f->text,
					    NULL), 0);
	return rc;
}

static void assert_message(fixture *f, const char *part)
{
	if (!f->err.message || !strstr(f->err.message, part))
		fail_msg("want '%s' in: %s", part,
			 f->err.message ? f->err.message : "-");
}

static size_t count_files(fixture *f, const char *name)
{
	char *path = rt_fs_join(f->dir, name);
	rt_fs_list list = RT_FS_LIST_INIT;
	size_t n;

	assert_int_equal(rt_fs_read_dir(path, &list, NULL), 0);
	n = list.n;
	rt_fs_list_free(&list);
	free(path);
	return n;
}

#define OPTIONS(...)                                                          \
	((retort_create_options){ .version = 1, __VA_ARGS__ })
#define LIST(...)                                                             \
	((retort_names){ (const char *const[]){ __VA_ARGS__ },                \
			 sizeof((const char *const[]){ __VA_ARGS__ }) /       \
				 sizeof(char *) })

/* Every refusal comes before a file is written. */
static void refusals_write_nothing(void **state)
{
	static const struct {
		const char *rev_id, *head, *label, *depends, *directory;
		int code;
		const char *part;
	} cases[] = {
		{ "a", NULL, NULL, NULL, NULL, RETORT_EEXISTS, "taken" },
		{ "lab", NULL, NULL, NULL, NULL, RETORT_EEXISTS,
		  "a branch label of revision b" },
		{ "head", NULL, NULL, NULL, NULL, RETORT_EUSAGE, "head" },
		{ "x-y", NULL, NULL, NULL, NULL, RETORT_EUSAGE, "-" },
		{ "", NULL, NULL, NULL, NULL, RETORT_EUSAGE, "" },
		{ "a/b", NULL, NULL, NULL, NULL, RETORT_EUSAGE, "a/b" },
		{ "..", NULL, NULL, NULL, NULL, RETORT_EUSAGE, ".." },
		{ "__x", NULL, NULL, NULL, NULL, RETORT_EUSAGE, "__x" },
		{ "x23456789012345678901234567890123", NULL, NULL, NULL, NULL,
		  RETORT_EUSAGE, "32" },
		{ "n", NULL, "lab", NULL, NULL, RETORT_EEXISTS, "taken" },
		{ "n", NULL, "a", NULL, NULL, RETORT_EEXISTS, "taken" },
		{ "n", NULL, "n", NULL, NULL, RETORT_EUSAGE, "own id" },
		{ "n", NULL, "a b", NULL, NULL, RETORT_EUSAGE, "" },
		{ "n", "a", NULL, NULL, NULL, RETORT_ETARGET,
		  "a is not a head" },
		{ "n", "zzz", NULL, NULL, NULL, RETORT_ENOTFOUND, "zzz" },
		{ "n", NULL, NULL, "zzz", NULL, RETORT_ENOTFOUND, "zzz" },
		{ "n", NULL, NULL, "base", NULL, RETORT_ENOTFOUND, "base" },
		{ "n", NULL, NULL, NULL, "/elsewhere", RETORT_EUSAGE,
		  "version_locations" },
	};
	fixture *f = *state;
	size_t i;

	put_revision(f, "m/a_.sql", "a", "", "");
	put_revision(f, "m/b_.sql", "b", "a", "lab");
	open_project(f, "");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		retort_create_options o = OPTIONS(.rev_id = cases[i].rev_id,
						  .message = "m");

		o.directory = cases[i].directory;
		if (cases[i].head)
			o.heads = (retort_names){ &cases[i].head, 1 };
		if (cases[i].label)
			o.labels = (retort_names){ &cases[i].label, 1 };
		if (cases[i].depends)
			o.depends_on = (retort_names){ &cases[i].depends, 1 };
		rt_assert_rc(create(f, &o), cases[i].code, &f->err);
		assert_message(f, cases[i].part);
		assert_null(f->path);
		assert_int_equal(count_files(f, "m"), 2);
	}
}

static void a_plain_revision(void **state)
{
	fixture *f = *state;
	const retort_graph *graph;

	put_revision(f, "m/a_.sql", "a", "", "");
	open_project(f, "");
	rt_assert_ok(create(f, &OPTIONS(.rev_id = "b",
					.message = "Add Über-Table!\n\nwhy")),
		     &f->err);
	assert_string_equal(rt_fs_basename(f->path),
			    "b_add_über_table_why.sql");
	assert_int_equal(f->path[0], '/');
	assert_string_equal(f->text.p,
			    "-- revision: b\n-- down_revision: a\n"
			    "-- message: Add Über-Table!\n-- message:\n"
			    "-- message: why\n"
			    "-- created: 2025-09-16T18:49:48Z\n\n"
			    "-- migrate:up\n\n-- migrate:down\n\n");
	assert_non_null(strstr(f->said.p, "Generating /"));
	assert_non_null(strstr(f->said.p, "b_add_über_table_why.sql ...  "
					  "done\n"));
	/* The project knows the new file. */
	rt_assert_ok(retort_project_graph(f->p, &graph, &f->err), &f->err);
	assert_string_equal(retort_graph_find(graph, "b")->down.v[0], "a");

	rt_assert_ok(create(f, &OPTIONS(.now = 1)), &f->err);
	assert_int_equal(strspn(rt_fs_basename(f->path), "0123456789abcdef"),
			 12);
	assert_string_equal(rt_fs_basename(f->path) + 12, "_.sql");
	assert_non_null(strstr(f->text.p, "-- message: empty message\n"));
	assert_non_null(strstr(f->text.p, "1970-01-01T00:00:01Z"));
}

static void labels_dependencies_and_merges(void **state)
{
	fixture *f = *state;

	put_revision(f, "m/aaaa_.sql", "aaaa", "", "");
	put_revision(f, "m/bbbb_.sql", "bbbb", "aaaa", "left");
	put_revision(f, "m/cccc_.sql", "cccc", "aaaa", "");
	open_project(f, "");
	rt_assert_rc(create(f, &OPTIONS(.rev_id = "n")), RETORT_EAMBIGUOUS,
		     &f->err);
	assert_non_null(retort_error_get(&f->err, RETORT_ERROR_NEXT));
	rt_assert_ok(create(f, &OPTIONS(.rev_id = "n", .heads = LIST("base"),
					.labels = LIST("two", "one"),
					.depends_on = LIST("left", "ccc"))),
		     &f->err);
	assert_non_null(strstr(f->text.p, "-- down_revision:\n"
			       "-- depends_on: left, cccc\n"
			       "-- branch_labels: two, one\n"));
	rt_assert_rc(create(f, &OPTIONS(.rev_id = "m", .merge = true,
					.heads = LIST("bbbb"))),
		     RETORT_EUSAGE, &f->err);
	rt_assert_rc(create(f, &OPTIONS(.rev_id = "m", .merge = true,
					.heads = LIST("bbbb", "left@head"))),
		     RETORT_EUSAGE, &f->err);
	assert_message(f, "twice");
	rt_assert_ok(create(f, &OPTIONS(.rev_id = "m", .merge = true,
					.heads = LIST("cccc", "bbbb"))),
		     &f->err);
	assert_non_null(strstr(f->text.p, "-- down_revision: cccc, bbbb\n"));
	rt_assert_ok(create(f, &OPTIONS(.rev_id = "s", .splice = true,
					.heads = LIST("aaaa"))), &f->err);
	assert_non_null(strstr(f->text.p, "-- down_revision: aaaa\n"));
}

static void names_by_template(void **state)
{
	static const struct {
		const char *settings, *want;
	} cases[] = {
		{ "", "r_a_message_of_words" },
		{ "truncate_slug_length = 9\n", "r_a_" },
		{ "truncate_slug_length = 0\n", "r__" },
		{ "file_template = %%(year)d-%%(month).2d-%%(day).2d_"
		  "%%(hour).2d%%(minute)02d.%%(second)2d_%%(rev)s\n",
		  "2025-09-16_1849.48_r" },
		{ "file_template = %%(epoch)s%%%%%%(slug)s\n",
		  "1758048588%a_message_of_words" },
		{ "timezone = America/St_Johns\n"
		  "file_template = %%(hour)s%%(minute)s_%%(rev)s\n",
		  "1619_r" },
		{ "recursive_version_locations = on\n"
		  "file_template = %%(year)d/%%(rev)s\n", "2025/r" },
	};
	static const struct {
		const char *settings, *part;
	} bad[] = {
		{ "file_template = %%(nothing)s\n", "%(nothing)s" },
		{ "file_template = %%(rev)d\n", "%(rev)d" },
		{ "file_template = %%d\n", "%d" },
		{ "file_template = %%(year)d/%%(rev)s\n",
		  "recursive_version_locations" },
		{ "file_template = .%%(rev)s\n", "cannot be the name" },
		{ "timezone = Middle/Earth\n", "Middle/Earth" },
	};
	fixture *f = *state;
	char *want, *m = rt_fs_join(f->dir, "m");
	size_t i;

	rt_assert_ok(rt_fs_make_dirs(m, &f->err), &f->err);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (strstr(cases[i].settings, "timezone") &&
		    !rt_fs_exists("/usr/share/zoneinfo"))
			continue;
		open_project(f, cases[i].settings);
		rt_assert_ok(create(f, &OPTIONS(.rev_id = "r",
						.message = "a message OF "
							   "words")),
			     &f->err);
		want = rt_strf("%s/%s.sql", m, cases[i].want);
		assert_string_equal(f->path, want);
		free(want);
		assert_int_equal(unlink(f->path), 0);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		open_project(f, bad[i].settings);
		rt_assert_rc(create(f, &OPTIONS(.rev_id = "r")),
			     i == 4 ? RETORT_EUSAGE : RETORT_ECONFIG, &f->err);
		assert_message(f, bad[i].part);
	}
	free(m);
}

static void several_locations(void **state)
{
	fixture *f = *state;
	char *two = rt_fs_join(f->dir, "two");

	put_revision(f, "one/a_.sql", "a", "", "");
	put_revision(f, "two/sub/b_.sql", "b", "", "");
	open_project(f, "version_locations = one two\n"
			"recursive_version_locations = on\n");
	rt_assert_ok(create(f, &OPTIONS(.rev_id = "c", .heads = LIST("b"))),
		     &f->err);
	assert_true(!strncmp(f->path, two, strlen(two)));
	rt_assert_rc(create(f, &OPTIONS(.rev_id = "d",
					.heads = LIST("base"))),
		     RETORT_EUSAGE, &f->err);
	assert_string_equal(retort_error_get(&f->err, RETORT_ERROR_NEXT),
			    "say which: --version-path");
	rt_assert_ok(create(f, &OPTIONS(.rev_id = "d", .heads = LIST("base"),
					.directory = two)), &f->err);
	free(two);
}

static void a_template_of_ones_own(void **state)
{
	fixture *f = *state;
	char *m = rt_fs_join(f->dir, "m");

	rt_assert_ok(rt_fs_make_dirs(m, &f->err), &f->err);
	tmpdir_put(f->dir, "m/script.sql.tmpl",
		   "-- revision: ${revision}\n-- down_revision: "
		   "${down_revision}\n\n-- migrate:up\n-- by ${message}\n");
	open_project(f, "");
	rt_assert_ok(create(f, &OPTIONS(.rev_id = "a", .message = "me")),
		     &f->err);
	assert_non_null(strstr(f->text.p, "-- by me\n"));
	rt_assert_rc(create(f, &OPTIONS(.rev_id = "b", .labels = LIST("l"))),
		     RETORT_EPARSE, &f->err);
	assert_message(f, "branch_labels is lost");
	assert_int_equal(count_files(f, "m"), 2);
	tmpdir_put(f->dir, "m/script.sql.tmpl", "${nothing}\n");
	rt_assert_rc(create(f, &OPTIONS(.rev_id = "b")), RETORT_EPARSE,
		     &f->err);
	assert_int_equal(f->err.line, 1);
	free(m);
}

static void hooks_run_on_the_file(void **state)
{
	fixture *f = *state;
	char *m = rt_fs_join(f->dir, "m");

	rt_assert_ok(rt_fs_make_dirs(m, &f->err), &f->err);
	free(m);
	open_project(f, "[post_write_hooks]\nhooks = one, two\n"
			"one.type = exec\none.executable = sh\n"
			"one.options = -c 'echo \"-- by $0\" >> \"$1\"; pwd' "
			"me REVISION_SCRIPT_FILENAME\none.cwd = /\n"
			"two.type = exec\ntwo.executable = cat\n");
	rt_assert_ok(create(f, &OPTIONS(.rev_id = "a", .message = "x y")),
		     &f->err);
	assert_non_null(strstr(f->text.p, "-- by me\n"));
	assert_non_null(strstr(f->said.p,
			       "Running post write hook 'one' ...\n/\n"
			       "  done\nRunning post write hook 'two' ...\n"
			       "-- revision: a\n"));

	open_project(f, "[post_write_hooks]\nhooks = no\nno.type = exec\n"
			"no.executable = false\n");
	rt_assert_rc(create(f, &OPTIONS(.rev_id = "b")), RETORT_EHOOK,
		     &f->err);
	assert_message(f, "exit status 1");
	assert_non_null(f->path);
	assert_true(rt_fs_exists(f->path));
	open_project(f, "[post_write_hooks]\nhooks = no\nno.type = exec\n"
			"no.executable = no-such-program\n");
	rt_assert_rc(create(f, &OPTIONS(.rev_id = "c")), RETORT_EHOOK,
		     &f->err);
	assert_message(f, "no-such-program");
}

static void a_new_project(void **state)
{
	fixture *f = *state;
	static const char *const env[] = { NULL };
	retort_project_options o = RETORT_PROJECT_OPTIONS_INIT;
	const retort_setting *table;
	rt_str config = RT_STR_INIT;
	char *path = rt_fs_join(f->dir, "retort.ini");
	size_t i, n;

	rt_assert_rc(retort_project_init(f->dir, "migr%ations", "fancy", say,
					 &f->said, &f->err),
		     RETORT_ENOTFOUND, &f->err);
	retort_error_dispose(&f->err);
	rt_assert_ok(retort_project_init(f->dir, "migr%ations", NULL, say,
					 &f->said, &f->err), &f->err);
	assert_int_equal(count_files(f, "migr%ations"), 2);
	assert_non_null(strstr(f->said.p, "wrote "));
	rt_assert_ok(rt_fs_read(path, RT_FS_LIMIT, &config, &f->err), &f->err);
	table = retort_settings(&n);
	for (i = 0; i < n; i++)
		if (strcmp(table[i].name, "sqlalchemy.url") != 0 &&
		    !strstr(config.p, table[i].name))
			fail_msg("%s is not in retort.ini", table[i].name);
	o.directory = f->dir;
	o.env = env;
	rt_assert_ok(retort_project_open(&f->p, &o, &f->err), &f->err);
	assert_int_equal(retort_project_dialect(f->p), RETORT_DIALECT_SQLITE);
	rt_assert_ok(create(f, &OPTIONS(.message = "first")), &f->err);

	rt_assert_rc(retort_project_init(f->dir, "migr%ations", "generic",
					 NULL, NULL, &f->err), RETORT_EEXISTS,
		     &f->err);
	retort_error_dispose(&f->err);
	/* A project file that is there is left alone. */
	tmpdir_put(f->dir, "retort.ini", "mine");
	rt_str_clear(&f->said);
	rt_assert_ok(retort_project_init(f->dir, "other", NULL, say, &f->said,
					 &f->err), &f->err);
	assert_non_null(strstr(f->said.p, "already there, skipped: "));
	rt_str_clear(&config);
	rt_assert_ok(rt_fs_read(path, RT_FS_LIMIT, &config, &f->err), &f->err);
	assert_string_equal(config.p, "mine");
	rt_str_free(&config);
	free(path);
}

/* What is a comment in the new retort.ini is what holds without it. */
static void the_comments_are_the_defaults(void **state)
{
	fixture *f = *state;
	rt_str config = RT_STR_INIT, bare = RT_STR_INIT;
	char *path = rt_fs_join(f->dir, "retort.ini");
	rt_sv rest, line;
	size_t i, n;

	rt_assert_ok(retort_project_init(f->dir, "m", NULL, NULL, NULL,
					 &f->err), &f->err);
	rt_assert_ok(rt_fs_read(path, RT_FS_LIMIT, &config, &f->err), &f->err);
	/* Take the mark off every `# key = value`. */
	rest = rt_str_sv(&config);
	while (rt_sv_line(&rest, &line)) {
		n = rt_sv_find(line, '=');
		for (i = 2; i < n && (line.p[i] == '_' || line.p[i] == '.' ||
				      (line.p[i] >= 'a' && line.p[i] <= 'z'));)
			i++;
		if (rt_sv_starts(line, "# ") && i > 2 && i + 1 == n)
			line = rt_sv_sub(line, 2, line.n);
		rt_str_addsv(&bare, line);
		rt_str_addc(&bare, '\n');
		if (rt_sv_starts(line, "# An environment"))
			break;
	}
	tmpdir_put(f->dir, "retort.ini", bare.p);
	assert_non_null(strstr(bare.p, "\nlock_timeout = 0\n"));
	{
		retort_project_options o = RETORT_PROJECT_OPTIONS_INIT;
		const retort_setting *table = retort_settings(&n);
		const char *value;

		o.directory = f->dir;
		rt_assert_ok(retort_project_open(&f->p, &o, &f->err),
			     &f->err);
		for (i = 0; i < n; i++)
			rt_assert_ok(retort_project_setting(f->p,
							    table[i].name,
							    &value, &f->err),
				     &f->err);
	}
	rt_str_free(&config);
	rt_str_free(&bare);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		CASE(refusals_write_nothing),
		CASE(a_plain_revision),
		CASE(labels_dependencies_and_merges),
		CASE(names_by_template),
		CASE(several_locations),
		CASE(a_template_of_ones_own),
		CASE(hooks_run_on_the_file),
		CASE(a_new_project),
		CASE(the_comments_are_the_defaults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
