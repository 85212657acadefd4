/* SPDX-License-Identifier: MIT */
/* .env files: read, or refused at a line that is there. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/dotenv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const rt_sv text = { (const char *)data, n };
	retort_error err = RETORT_ERROR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	rt_dotenv env;
	size_t i;
	int line = 0;

	if (rt_dotenv_read(&arena, ".env", text, &env, &err)) {
		if (err.code != RETORT_ECONFIG || err.line < 1)
			abort();
	}
	for (i = 0; i < env.n; i++) {
		if (!env.v[i].name[0] || strlen(env.v[i].value) > n ||
		    env.v[i].line <= line)
			abort();
		line = env.v[i].line;
	}
	retort_error_dispose(&err);
	rt_arena_free(&arena);
	return 0;
}
