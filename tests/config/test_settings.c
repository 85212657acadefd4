/* SPDX-License-Identifier: MIT */
/* Project files: which one, which value, which error at which line. */
#include "support/rt_test.h"

#include "support/tmpdir.h"

#include "base/fs.h"
#include "config/settings.h"

typedef struct fixture {
	char *tmp, *dir; /* the second is absolute */
	rt_settings *s;
	retort_error err;
	const char *env[8];
} fixture;

static int setup(void **state)
{
	fixture *f = calloc(1, sizeof(*f));
	char *dir = tmpdir_make();

	f->tmp = dir;
	f->dir = rt_fs_absolute(dir);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	fixture *f = *state;

	rt_settings_free(f->s);
	retort_error_dispose(&f->err);
	tmpdir_remove(f->tmp);
	free(f->dir);
	free(f);
	return 0;
}

static void put(fixture *f, const char *name, const char *text)
{
	tmpdir_put(f->dir, name, text);
}

/* Open what is found from `below` (NULL = the folder itself). */
static int open_from(fixture *f, const char *below, const char *environment)
{
	retort_project_options o = RETORT_PROJECT_OPTIONS_INIT;
	char *dir = rt_fs_join(f->dir, below ? below : ".");
	int rc;

	rt_settings_free(f->s);
	f->s = NULL;
	retort_error_dispose(&f->err);
	o.directory = dir;
	o.environment = environment;
	o.env = f->env;
	rc = rt_settings_open(&f->s, &o, &f->err);
	free(dir);
	return rc;
}

static const char *value(fixture *f, const char *name)
{
	const char *v = NULL;

	rt_assert_ok(rt_settings_get(f->s, name, &v, &f->err), &f->err);
	return v;
}

static void assert_value(fixture *f, const char *name, const char *want)
{
	const char *got = value(f, name);

	assert_string_equal(got ? got : "(none)", want);
}

/* The message of the error holds `part`, at `line`. */
static void assert_error(fixture *f, const char *part, int line)
{
	if (!f->err.message || !strstr(f->err.message, part))
		fail_msg("want '%s' in: %s", part,
			 f->err.message ? f->err.message : "-");
	assert_int_equal(f->err.line, line);
}

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
		put(f, "retort.ini", cases[i].text);
		rt_assert_rc(open_from(f, NULL, NULL), RETORT_ECONFIG,
			     &f->err);
		assert_error(f, cases[i].part, cases[i].line);
		next = retort_error_get(&f->err, RETORT_ERROR_NEXT);
		if (cases[i].next)
			assert_string_equal(next ? next : "-", cases[i].next);
	}
}

static void an_unset_variable_fails_only_its_setting(void **state)
{
	fixture *f = *state;
	const char *v;

	put(f, "retort.ini",
	    "[retort]\nschema = x.sql\n\nurl = a://${USER_}:${PASS_}@h\n");
	f->env[0] = "USER_=me";
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	assert_value(f, "schema", "x.sql");
	rt_assert_rc(rt_settings_get(f->s, "url", &v, &f->err),
		     RETORT_ECONFIG, &f->err);
	assert_error(f, "variable PASS_ is not set", 4);
	assert_int_equal(f->err.column, 7);
	retort_error_dispose(&f->err);
	put(f, ".env", "USER_=other\nPASS_='s%c${x}'\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	assert_value(f, "url", "a://me:s%c${x}@h");
}

static void variables_and_defaults(void **state)
{
	static const struct {
		const char *raw, *want;
	} cases[] = {
		{ "${A}", "one" },
		{ "${A}${A}", "oneone" },
		{ "$A $", "$A $" },
		{ "$${A}", "${A}" },
		{ "${EMPTY:-d}", "d" },
		{ "x${EMPTY-d}", "x" },
		{ "${NO:-${A}}!", "one!" },
		{ "${NO:-${NO:-%(here)s}}", NULL },
		{ "${NO:-}z", "z" },
		{ "100%%", "100%" },
		{ "${FROM_FILE}", "<one>" },
	};
	fixture *f = *state;
	rt_str text = RT_STR_INIT;
	size_t i;

	f->env[0] = "A=one";
	f->env[1] = "EMPTY=";
	put(f, ".env", "FROM_FILE=<${A}>\n");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str_clear(&text);
		rt_str_addf(&text, "[retort]\nschema = %s\n", cases[i].raw);
		put(f, "retort.ini", text.p);
		rt_assert_ok(open_from(f, NULL, NULL), &f->err);
		assert_value(f, "schema",
			     cases[i].want ? cases[i].want : f->dir);
	}
	rt_str_free(&text);
}

static void interpolation_errors(void **state)
{
	static const struct {
		const char *raw, *part;
	} cases[] = {
		{ "%(nokey)s", "no key 'nokey'" },
		{ "%(schema)s", "circle" },
		{ "%d", "a % must be" },
		{ "%(x", "a % must be" },
		{ "${A", "without its }" },
		{ "${A?b}", "${NAME:-default}" },
		{ "${}", "${NAME:-default}" },
		{ "${LOOP}", "circle" },
	};
	fixture *f = *state;
	rt_str text = RT_STR_INIT;
	const char *v;
	size_t i;

	put(f, ".env", "LOOP=${LOOP}\n");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str_clear(&text);
		rt_str_addf(&text, "[retort]\nschema = %s\n", cases[i].raw);
		put(f, "retort.ini", text.p);
		rt_assert_ok(open_from(f, NULL, NULL), &f->err);
		rt_assert_rc(rt_settings_get(f->s, "schema", &v, &f->err),
			     RETORT_ECONFIG, &f->err);
		assert_error(f, cases[i].part, 2);
	}
	rt_str_free(&text);
}

/* Ten levels of ten references each would be 10 GB, or for ever. */
static void values_cannot_grow_without_end(void **state)
{
	static const char *const cases[][2] = {
		{ "xxxxxxxxxx", "longer than 64 KiB" },
		{ "", "more than 10000 others" },
	};
	fixture *f = *state;
	rt_str text = RT_STR_INIT;
	const char *v;
	int i, j, k;

	for (k = 0; k < 2; k++) {
		rt_str_clear(&text);
		rt_str_addf(&text, "[DEFAULT]\nk0 = %s\n", cases[k][0]);
		for (i = 1; i < 10; i++) {
			rt_str_addf(&text, "k%d = ", i);
			for (j = 0; j < 10; j++)
				rt_str_addf(&text, "%%(k%d)s", i - 1);
			rt_str_addc(&text, '\n');
		}
		rt_str_add(&text, "[retort]\nschema = %(k9)s\n");
		put(f, "retort.ini", text.p);
		rt_assert_ok(open_from(f, NULL, NULL), &f->err);
		rt_assert_rc(rt_settings_get(f->s, "schema", &v, &f->err),
			     RETORT_ECONFIG, &f->err);
		assert_error(f, cases[k][1], 13);
	}
	rt_str_free(&text);
}

static void environments_inherit(void **state)
{
	fixture *f = *state;
	bool is;

	put(f, "retort.ini",
	    "[DEFAULT]\nhost = h0\n"
	    "[retort]\nurl = x://%(host)s\nschema = s\n"
	    "[retort:prod]\nhost = h1\nprotected = true\n"
	    "[retort:test]\nsqlalchemy.url = t://\nschema =\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	assert_value(f, "url", "x://h0");
	assert_null(rt_settings_environment(f->s));
	rt_assert_ok(open_from(f, NULL, "prod"), &f->err);
	assert_value(f, "url", "x://h1");
	assert_value(f, "schema", "s");
	rt_assert_ok(rt_settings_bool(f->s, "protected", &is, &f->err),
		     &f->err);
	assert_true(is);
	f->env[0] = "RETORT_ENV=test";
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	assert_string_equal(rt_settings_environment(f->s), "test");
	assert_value(f, "url", "t://");
	assert_null(value(f, "schema"));
	rt_assert_rc(open_from(f, NULL, "prd"), RETORT_ECONFIG, &f->err);
	assert_string_equal(retort_error_get(&f->err, RETORT_ERROR_NEXT),
			    "environments there: prod, test");
}

static void the_nearest_file_is_found(void **state)
{
	fixture *f = *state;
	retort_project_options o = RETORT_PROJECT_OPTIONS_INIT;
	char *path = rt_fs_join(f->dir, "a/b/c");

	rt_assert_ok(rt_fs_make_dirs(path, &f->err), &f->err);
	free(path);
	put(f, "retort.ini", "[retort]\n");
	put(f, "a/alembic.ini", "[alembic]\nscript_location = al\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	assert_false(rt_settings_is_alembic(f->s));
	rt_assert_ok(open_from(f, "a/b/c", NULL), &f->err);
	assert_true(rt_settings_is_alembic(f->s));
	put(f, "a/retort.ini", "[retort]\nurl = u://\n");
	rt_assert_ok(open_from(f, "a/b/c", NULL), &f->err);
	assert_false(rt_settings_is_alembic(f->s));

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

	put(f, "retort.ini", "[retort]\nurl = u://\nschema = s\n");
	o.directory = f->dir;
	o.env = f->env;
	o.url = "v://${x}";
	o.set = (retort_names){ set, 2 };
	rt_assert_ok(rt_settings_open(&f->s, &o, &f->err), &f->err);
	assert_value(f, "url", "v://${x}");
	assert_value(f, "schema", " c%d");
	rt_settings_free(f->s);
	f->s = NULL;
	o.set = (retort_names){ bad, 1 };
	rt_assert_rc(rt_settings_open(&f->s, &o, &f->err), RETORT_EUSAGE,
		     &f->err);
	assert_string_equal(retort_error_get(&f->err, RETORT_ERROR_NEXT),
			    "did you mean 'schema'?");
	retort_error_dispose(&f->err);
	f->env[0] = "RETORT_URL=w://";
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	assert_value(f, "url", "w://");
}

static void paths_are_the_projects(void **state)
{
	fixture *f = *state;
	retort_names list;
	char *want;

	put(f, "retort.ini",
	    "[retort]\nurl = sqlite:///dev.db?mode=ro\n"
	    "script_location = m\nversion_locations = a, %(here)s/b c\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	want = rt_strf("sqlite:///%s/dev.db?mode=ro", f->dir);
	assert_value(f, "url", want);
	free(want);
	rt_assert_ok(rt_settings_locations(f->s, &list, &f->err), &f->err);
	assert_int_equal(list.n, 3);
	want = rt_strf("%s/b", f->dir);
	assert_string_equal(list.v[1], want);
	free(want);
	put(f, "retort.ini",
	    "[retort]\nurl = sqlite:///:memory:\npath_separator = ;\n"
	    "version_locations = a b;\n  c\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	assert_value(f, "url", "sqlite:///:memory:");
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

	put(f, "alembic.ini",
	    "\xef\xbb\xbf# generic\r\n[alembic]\r\n"
	    "script_location = %(here)s/al\r\nprepend_sys_path = .\r\n"
	    "; comment\r\nfile_template = %%(year)d_%%(rev)s\r\n"
	    "version_path_separator = os\r\n"
	    "sqlalchemy.url = driver://u;p@h#x\r\n\r\n"
	    "[loggers]\r\nkeys = root\r\n[formatter_generic]\r\n"
	    "format = %(levelname)-5.5s\r\n"
	    "[two]\r\nscript_location = other\r\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	assert_value(f, "url", "driver://u;p@h#x");
	assert_value(f, "file_template", "%(year)d_%(rev)s");
	assert_value(f, "path_separator", "os");
	rt_assert_ok(rt_settings_locations(f->s, &list, &f->err), &f->err);
	want = rt_strf("%s/al/versions", f->dir);
	assert_string_equal(list.v[0], want);
	free(want);
	rt_assert_ok(open_from(f, NULL, "two"), &f->err);
	assert_null(value(f, "url"));
	rt_assert_rc(open_from(f, NULL, "three"), RETORT_ECONFIG, &f->err);
	assert_string_equal(retort_error_get(&f->err, RETORT_ERROR_NEXT),
			    "environments there: alembic, two");
	retort_error_dispose(&f->err);
	put(f, "alembic.ini", "[alembic]\nurl = a://\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	rt_assert_rc(rt_settings_get(f->s, "script_location", &v, &f->err),
		     RETORT_ECONFIG, &f->err);
	assert_error(f, "script_location", 0);
}

static void typed_values(void **state)
{
	static const struct {
		const char *text;
		long ms;
	} times[] = {
		{ "0", 0 },        { "250ms", 250 },  { "5", 5000 },
		{ "5s", 5000 },    { "2min", 120000 }, { "1 h", 3600000 },
	};
	fixture *f = *state;
	rt_str text = RT_STR_INIT;
	long n;
	size_t i;
	bool is;

	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		rt_str_clear(&text);
		rt_str_addf(&text, "[retort]\nlock_timeout = %s\n",
			    times[i].text);
		put(f, "retort.ini", text.p);
		rt_assert_ok(open_from(f, NULL, NULL), &f->err);
		rt_assert_ok(rt_settings_duration(f->s, "lock_timeout", &n,
						  &f->err), &f->err);
		assert_int_equal(n, times[i].ms);
	}
	rt_str_free(&text);
	rt_assert_ok(rt_settings_int(f->s, "truncate_slug_length", &n,
				     &f->err), &f->err);
	assert_int_equal(n, 40);
	rt_assert_ok(rt_settings_bool(f->s, "journal", &is, &f->err), &f->err);
	assert_true(is);
	assert_false(rt_settings_is_set(f->s, "journal"));
	assert_true(rt_settings_is_set(f->s, "lock_timeout"));
	rt_assert_rc(rt_settings_bool(f->s, "nosuch", &is, &f->err),
		     RETORT_EUSAGE, &f->err);
}

static void hooks_are_lists_of_words(void **state)
{
	fixture *f = *state;
	const rt_hook *hooks;
	size_t n;

	put(f, "retort.ini",
	    "[retort]\n[post_write_hooks]\nhooks = a, b,c\n"
	    "a.type = exec\na.executable = %(here)s/x\n"
	    "a.options = -l '7 9' REVISION_SCRIPT_FILENAME\na.cwd = /\n"
	    "b.type = console_scripts\nb.entrypoint = ruff\n"
	    "C.type = module\nc.module = black\nc.options = -q\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	rt_assert_ok(rt_settings_hooks(f->s, &hooks, &n, &f->err), &f->err);
	assert_int_equal(n, 3);
	assert_int_equal(hooks[0].argv.n, 4);
	assert_string_equal(hooks[0].argv.v[2], "7 9");
	assert_string_equal(hooks[0].cwd, "/");
	assert_int_equal(hooks[1].argv.n, 2);
	assert_string_equal(hooks[1].argv.v[1], "REVISION_SCRIPT_FILENAME");
	assert_int_equal(hooks[2].argv.n, 5);
	assert_string_equal(hooks[2].argv.v[2], "black");
	assert_null(hooks[2].cwd);

	put(f, "retort.ini",
	    "[retort]\n[post_write_hooks]\nhooks = a\na.type = shell\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	rt_assert_rc(rt_settings_hooks(f->s, &hooks, &n, &f->err),
		     RETORT_ECONFIG, &f->err);
	assert_error(f, "'shell'", 4);
	put(f, "retort.ini", "[retort]\n[post_write_hooks]\nhooks = a\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	rt_assert_rc(rt_settings_hooks(f->s, &hooks, &n, &f->err),
		     RETORT_ECONFIG, &f->err);
	assert_error(f, "has no a.type", 3);
	put(f, "retort.ini",
	    "[retort]\n[post_write_hooks]\nhooks = a\na.type = exec\n"
	    "a.executable = x\na.options = 'y\n");
	rt_assert_ok(open_from(f, NULL, NULL), &f->err);
	rt_assert_rc(rt_settings_hooks(f->s, &hooks, &n, &f->err),
		     RETORT_EUSAGE, &f->err);
	assert_error(f, "no end", 6);
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
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		CASE(files_that_are_wrong),
		CASE(an_unset_variable_fails_only_its_setting),
		CASE(variables_and_defaults),
		CASE(interpolation_errors),
		CASE(values_cannot_grow_without_end),
		CASE(environments_inherit),
		CASE(the_nearest_file_is_found),
		CASE(the_caller_overrides),
		CASE(paths_are_the_projects),
		CASE(an_alembic_project_opens_as_it_is),
		CASE(typed_values),
		CASE(hooks_are_lists_of_words),
		CASE(the_table_is_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
