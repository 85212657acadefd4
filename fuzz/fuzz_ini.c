/* SPDX-License-Identifier: MIT */
/* Project files: read, and every value in them interpolated. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "config/ini.h"
#include "config/interpolate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *key(void *self, const char *name, bool *literal)
{
	const rt_ini_value *v = rt_ini_find(self, "a", name);

	*literal = false;
	return v ? v->value : NULL;
}

/* Variables whose value is that of a key, to have some that nest. */
static int variable(void *self, rt_sv name, const char **value, bool *literal,
		    retort_error *err)
{
	char *copy = strndup(name.p, name.n);
	const rt_ini_value *v;

	(void)err;
	if (!copy)
		abort();
	v = rt_ini_find(self, "a", copy);
	*literal = false;
	*value = v ? v->value : NULL;
	free(copy);
	return 0;
}

static void interpolate_all(rt_ini *ini)
{
	const rt_interpolation from = { key, variable, ini };
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;
	size_t i;
	int line = 0;

	for (i = 0; i < ini->values.n; i++) {
		const rt_ini_value *v = &ini->values.v[i];

		if (v->line <= line || !v->key[0] || v->column < 1)
			abort();
		line = v->line;
		rt_str_clear(&out);
		if (rt_interpolate(&from, v->value, &out, &err) &&
		    (err.code != RETORT_ECONFIG || !err.message))
			abort();
		retort_error_dispose(&err);
	}
	rt_str_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const rt_sv text = { (const char *)data, n };
	retort_error err = RETORT_ERROR_INIT;
	rt_ini ini = RT_INI_INIT;

	if (rt_ini_read(&ini, "retort.ini", text, &err) == 0)
		interpolate_all(&ini);
	else if (err.code != RETORT_ECONFIG || err.line < 1)
		abort();
	retort_error_dispose(&err);
	rt_ini_free(&ini);
	return 0;
}
