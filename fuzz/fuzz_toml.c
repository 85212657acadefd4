/* SPDX-License-Identifier: MIT */
/* A TOML file of any bytes: read or refused with a place in the file. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "config/toml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	rt_sv text = { (const char *)data, n };
	retort_error err = RETORT_ERROR_INIT;
	rt_toml_values values = RT_VEC_INIT;
	rt_arena arena = RT_ARENA_INIT;
	size_t i;

	if (rt_toml_read(&arena, "x.toml", text, "", &values, &err))
		RT_ASSERT(err.code == RETORT_ECONFIG && err.line > 0);
	for (i = 0; i < values.n; i++) {
		RT_ASSERT(values.v[i].name && strlen(values.v[i].text) <= n);
		RT_ASSERT(values.v[i].line > 0 && values.v[i].column > 0);
	}
	rt_vec_free(&values);
	retort_error_dispose(&err);
	rt_arena_free(&arena);
	return 0;
}
