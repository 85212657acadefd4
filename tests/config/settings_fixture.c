/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "config/settings_fixture.h"

#include "base/fs.h"
#include "support/tmpdir.h"

int st_setup(void **state)
{
	fixture *f = calloc(1, sizeof(*f));
	char *dir = tmpdir_make();

	f->tmp = dir;
	f->dir = rt_fs_absolute(dir);
	*state = f;
	return 0;
}

int st_teardown(void **state)
{
	fixture *f = *state;

	rt_settings_free(f->s);
	retort_error_dispose(&f->err);
	tmpdir_remove(f->tmp);
	free(f->dir);
	free(f);
	return 0;
}

void st_put(fixture *f, const char *name, const char *text)
{
	tmpdir_put(f->dir, name, text);
}

int st_open(fixture *f, const char *below, const char *environment)
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

const char *st_value(fixture *f, const char *name)
{
	const char *v = NULL;

	rt_assert_ok(rt_settings_get(f->s, name, &v, &f->err), &f->err);
	return v;
}

void st_expect(fixture *f, const char *name, const char *want)
{
	const char *got = st_value(f, name);

	assert_string_equal(got ? got : "(none)", want);
}

void st_expect_error(fixture *f, const char *part, int line)
{
	if (!f->err.message || !strstr(f->err.message, part))
		fail_msg("want '%s' in: %s", part,
			 f->err.message ? f->err.message : "-");
	assert_int_equal(f->err.line, line);
}
