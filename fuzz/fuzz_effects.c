/* SPDX-License-Identifier: MIT */
/* The cache of effects, of any bytes: thrown away, or what was read is
 * written and read again as it was. */
#include "config.h"

#include <stdint.h>

#include "base/alloc.h"
#include "engine/scratch/effects.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_again(const retort_effects *effects)
{
	rt_str once = RT_STR_INIT, twice = RT_STR_INIT;
	retort_effects *again;

	rt_effects_write(effects, &once);
	again = rt_effects_read(rt_str_sv(&once));
	RT_ASSERT(again);
	rt_effects_write(again, &twice);
	RT_ASSERT(rt_sv_eq(rt_str_sv(&once), rt_str_sv(&twice)));
	retort_effects_free(again);
	rt_str_free(&once);
	rt_str_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	rt_sv text = { (const char *)data, n };
	retort_effects *effects = rt_effects_read(text);

	if (effects)
		check_again(effects);
	retort_effects_free(effects);
	return 0;
}
