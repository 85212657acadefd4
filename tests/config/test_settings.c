/* SPDX-License-Identifier: MIT */
/* Project files: which one, which environment, which error at which line. */
#include "support/rt_test.h"

#include "config/settings_fixture.h"
#include "support/tmpdir.h"

#include "base/fs.h"

static void files_that_are_wrong(void **state)
{
	static const struct {
		const char *text, *part, *next;
		int line;
	} cases[] = {
		{ "[retort]\nscript_locaton = x\n", "unknown setting",
		  "did you mean 'script_location'?", 2 },
		{ "[retort]\nfrobnicate = x\n", "unknown setting 'frobnicate'",
		  "a key of your own, for %(frobnicate)s, can stand in "
		  "[DEFAULT]", 2 },
		{ "[retort]\n[retrot:x]\n", "unknown section [retrot:x]",
		  "sections are [retort], [retort:ENVIRONMENT], "
		  "[post_write_hooks] and [DEFAULT]", 2 },
		{ "[retort]\n\nprotected = perhaps\n", "want on or off", NULL,
		  3 },
		{ "[retort]\nlock_timeout = 5 parsecs\n", "250ms", NULL, 2 },
		{ "[retort]\nlock_timeout = 99999999h\n", "250ms", NULL, 2 },
		{ "[retort]\nlock_retries = -1\n", "whole number", NULL, 2 },
		{ "[retort]\ntransaction = some\n", "each|all", NULL, 2 },
		{ "[retort]\ntransaction = ea%ch\n", "a % must be followed",
		  "write %% for a percent sign", 2 },
		{ "[retort]\nurl = a\nURL = b\n", "set twice", NULL, 3 },
		{ "[retort]\n[retort]\n", "twice", NULL, 2 },
		{ "url = a\n", "before the first", NULL, 1 },
		{ "[retort]\nurl\n", "want a [section]", NULL, 2 },
		{ "[]\n", "[name]", NULL, 1 },
		{ "[retort]\nurl = \xff\n", "UTF-8", NULL, 2 },
		{ "# nothing\n", "no section [retort]", NULL, 0 },
	};
	fixture *f = *state;
	const char *next;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		st_put(f, "retort.ini", cases[i].text);
		rt_assert_rc(st_open(f, NULL, NULL), RETORT_ECONFIG,
			     &f->err);
		st_expect_error(f, cases[i].part, cases[i].line);
		next = retort_error_get(&f->err, RETORT_ERROR_NEXT);
		if (cases[i].next)
			assert_string_equal(next ? next : "-", cases[i].next);
	}
}

/* Ten levels of ten references each would be 10 GB, or for ever. */
static void environments_inherit(void **state)
{
	fixture *f = *state;
	bool is;

	st_put(f, "retort.ini",
	    "[DEFAULT]\nhost = h0\n"
	    "[retort]\nurl = x://%(host)s\nschema = s\n"
	    "[retort:prod]\nhost = h1\nprotected = true\n"
	    "[retort:test]\nsqlalchemy.url = t://\nschema =\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	st_expect(f, "url", "x://h0");
	assert_null(rt_settings_environment(f->s));
	rt_assert_ok(st_open(f, NULL, "prod"), &f->err);
	st_expect(f, "url", "x://h1");
	st_expect(f, "schema", "s");
	rt_assert_ok(rt_settings_bool(f->s, "protected", &is, &f->err),
		     &f->err);
	assert_true(is);
	f->env[0] = "RETORT_ENV=test";
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	assert_string_equal(rt_settings_environment(f->s), "test");
	st_expect(f, "url", "t://");
	assert_null(st_value(f, "schema"));
	rt_assert_rc(st_open(f, NULL, "prd"), RETORT_ECONFIG, &f->err);
	assert_string_equal(retort_error_get(&f->err, RETORT_ERROR_NEXT),
			    "environments there: prod, test");
}

static void the_nearest_file_is_found(void **state)
{
	fixture *f = *state;
	retort_project_options o = RETORT_PROJECT_OPTIONS_INIT;
	char *path = rt_fs_join(f->dir, "a/b/c");
	const char *location;

	rt_assert_ok(rt_fs_make_dirs(path, &f->err), &f->err);
	free(path);
	st_put(f, "retort.ini", "[retort]\n");
	st_put(f, "a/alembic.ini", "[alembic]\nscript_location = al\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	assert_false(rt_settings_is_alembic(f->s));
	rt_assert_ok(st_open(f, "a/b/c", NULL), &f->err);
	assert_true(rt_settings_is_alembic(f->s));
	st_put(f, "a/retort.ini", "[retort]\nurl = u://\n");
	rt_assert_ok(st_open(f, "a/b/c", NULL), &f->err);
	assert_false(rt_settings_is_alembic(f->s));

	/* Flask-Migrate's stands among the revisions and does not say so. */
	path = rt_fs_join(f->dir, "flask/versions");
	rt_assert_ok(rt_fs_make_dirs(path, &f->err), &f->err);
	free(path);
	st_put(f, "flask/alembic.ini", "[alembic]\n");
	rt_assert_ok(st_open(f, "flask", NULL), &f->err);
	rt_assert_ok(rt_settings_get(f->s, "script_location", &location,
				     &f->err), &f->err);
	assert_string_equal(location, rt_settings_directory(f->s));

	/* A file that is named and missing is no reason to take another. */
	rt_settings_free(f->s);
	path = rt_fs_join(f->dir, "none.ini");
	o.config = path;
	rt_assert_rc(rt_settings_open(&f->s, &o, &f->err), RETORT_EIO,
		     &f->err);
	assert_null(f->s);
	free(path);
	retort_error_dispose(&f->err);

	o.config = NULL;
	o.env = f->env;
	o.directory = "/";
	if (!rt_fs_exists("/retort.ini") && !rt_fs_exists("/alembic.ini")) {
		rt_assert_rc(rt_settings_open(&f->s, &o, &f->err),
			     RETORT_ECONFIG, &f->err);
		assert_non_null(retort_error_get(&f->err, RETORT_ERROR_NEXT));
	}
}

static void the_caller_overrides(void **state)
{
	static const char *const set[] = { "schema=a=b", "schema = c%d" };
	static const char *const bad[] = { "shema=x" };
	fixture *f = *state;
	retort_project_options o = RETORT_PROJECT_OPTIONS_INIT;

	st_put(f, "retort.ini", "[retort]\nurl = u://\nschema = s\n");
	o.directory = f->dir;
	o.env = f->env;
	o.url = "v://${x}";
	o.set = (retort_names){ set, 2 };
	rt_assert_ok(rt_settings_open(&f->s, &o, &f->err), &f->err);
	st_expect(f, "url", "v://${x}");
	st_expect(f, "schema", " c%d");
	rt_settings_free(f->s);
	f->s = NULL;
	o.set = (retort_names){ bad, 1 };
	rt_assert_rc(rt_settings_open(&f->s, &o, &f->err), RETORT_EUSAGE,
		     &f->err);
	assert_string_equal(retort_error_get(&f->err, RETORT_ERROR_NEXT),
			    "did you mean 'schema'?");
	retort_error_dispose(&f->err);
	f->env[0] = "RETORT_URL=w://";
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	st_expect(f, "url", "w://");
}

static void paths_are_the_projects(void **state)
{
	fixture *f = *state;
	retort_names list;
	char *want;

	st_put(f, "retort.ini",
	    "[retort]\nurl = sqlite:///dev.db?mode=ro\n"
	    "script_location = m\nversion_locations = a, %(here)s/b c\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	want = rt_strf("sqlite:///%s/dev.db?mode=ro", f->dir);
	st_expect(f, "url", want);
	free(want);
	rt_assert_ok(rt_settings_locations(f->s, &list, &f->err), &f->err);
	assert_int_equal(list.n, 3);
	want = rt_strf("%s/b", f->dir);
	assert_string_equal(list.v[1], want);
	free(want);
	st_put(f, "retort.ini",
	    "[retort]\nurl = sqlite:///:memory:\npath_separator = ;\n"
	    "version_locations = a b;\n  c\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	st_expect(f, "url", "sqlite:///:memory:");
	rt_assert_ok(rt_settings_locations(f->s, &list, &f->err), &f->err);
	assert_int_equal(list.n, 2);
	want = rt_strf("%s/a b", f->dir);
	assert_string_equal(list.v[0], want);
	free(want);
}

static void an_alembic_project_opens_as_it_is(void **state)
{
	fixture *f = *state;
	retort_names list;
	const char *v;
	char *want;

	st_put(f, "alembic.ini",
	    "\xef\xbb\xbf# generic\r\n[alembic]\r\n"
	    "script_location = %(here)s/al\r\nprepend_sys_path = .\r\n"
	    "; comment\r\nfile_template = %%(year)d_%%(rev)s\r\n"
	    "version_path_separator = os\r\n"
	    "sqlalchemy.url = driver://u;p@h#x\r\n\r\n"
	    "[loggers]\r\nkeys = root\r\n[formatter_generic]\r\n"
	    "format = %(levelname)-5.5s\r\n"
	    "[two]\r\nscript_location = other\r\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	st_expect(f, "url", "driver://u;p@h#x");
	st_expect(f, "file_template", "%(year)d_%(rev)s");
	st_expect(f, "path_separator", "os");
	rt_assert_ok(rt_settings_locations(f->s, &list, &f->err), &f->err);
	want = rt_strf("%s/al/versions", f->dir);
	assert_string_equal(list.v[0], want);
	free(want);
	rt_assert_ok(st_open(f, NULL, "two"), &f->err);
	assert_null(st_value(f, "url"));
	rt_assert_rc(st_open(f, NULL, "three"), RETORT_ECONFIG, &f->err);
	assert_string_equal(retort_error_get(&f->err, RETORT_ERROR_NEXT),
			    "environments there: alembic, two");
	retort_error_dispose(&f->err);
	st_put(f, "alembic.ini", "[alembic]\nurl = a://\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	rt_assert_rc(rt_settings_get(f->s, "script_location", &v, &f->err),
		     RETORT_ECONFIG, &f->err);
	st_expect_error(f, "script_location", 0);
}

static void the_table_is_sorted(void **state)
{
	size_t i, n;
	const retort_setting *t = retort_settings(&n);

	(void)state;
	for (i = 1; i < n; i++)
		assert_true(strcmp(t[i - 1].name, t[i].name) < 0);
	for (i = 0; i < n; i++)
		assert_int_equal(t[i].help[strlen(t[i].help) - 1], '.');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, st_setup, st_teardown)
		CASE(files_that_are_wrong),
		CASE(environments_inherit),
		CASE(the_nearest_file_is_found),
		CASE(the_caller_overrides),
		CASE(paths_are_the_projects),
		CASE(an_alembic_project_opens_as_it_is),
		CASE(the_table_is_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
