/* SPDX-License-Identifier: MIT */
/* A folder with a project file in it, and its settings. */
#ifndef RT_TEST_SETTINGS_FIXTURE_H
#define RT_TEST_SETTINGS_FIXTURE_H

#include <retort/error.h>

#include "config/settings.h"

typedef struct fixture {
	char *tmp, *dir; /* the second is absolute */
	rt_settings *s;
	retort_error err;
	const char *env[8];
} fixture;

/* cmocka's: *state is a fixture. */
int st_setup(void **state);
int st_teardown(void **state);

void st_put(fixture *f, const char *name, const char *text);

/* Open what is found from `below` (NULL = the folder itself). */
int st_open(fixture *f, const char *below, const char *environment);

/* A setting's value; the test fails if it has none that can be read. */
const char *st_value(fixture *f, const char *name);
void st_expect(fixture *f, const char *name, const char *want);

/* The message of the error holds `part`, at `line`. */
void st_expect_error(fixture *f, const char *part, int line);

#endif
