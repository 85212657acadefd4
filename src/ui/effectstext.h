/* SPDX-License-Identifier: MIT */
/*
 * What a step does, as text.
 *
 *     ALTER TABLE users ADD COLUMN seen timestamptz DEFAULT clock_timestamp()
 *       + column users.seen
 *       ! locks users (AccessExclusiveLock), writes all its rows anew
 */
#ifndef RT_UI_EFFECTSTEXT_H
#define RT_UI_EFFECTSTEXT_H

#include <retort/effects.h>

#include "base/str.h"
#include "ui/out.h"

/*
 * Where results are kept: $XDG_CACHE_HOME/retort/effects, else
 * ~/.cache/retort/effects; NULL where neither is known.  Caller frees.
 *   in:   cache, of $XDG_CACHE_HOME; home, of $HOME; both may be NULL
 */
char *rt_effectstext_cache(const char *cache, const char *home);

/* The lines of one effect, each with its mark, appended. */
void rt_effectstext_lines(rt_str *out, const retort_effect *effect);

/* The whole step, statement by statement. */
void rt_effectstext(rt_out *o, const retort_effects *effects,
		    const retort_script *script);

#endif
