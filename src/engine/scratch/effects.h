/* SPDX-License-Identifier: MIT */
/*
 * The effects of a step, as they are made, kept and read.
 */
#ifndef RT_ENGINE_SCRATCH_EFFECTS_H
#define RT_ENGINE_SCRATCH_EFFECTS_H

#include <retort/effects.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "db/conn.h"

struct retort_effects {
	rt_arena arena;
	RT_VEC(retort_effect) list; /* the last one is the total */
};

/* effects_locks.c: what a transaction has locked and rewritten so far. */
typedef struct rt_locks rt_locks;

/*
 * Look before the first statement.  PostgreSQL only: elsewhere *locks is
 * NULL, and the others do nothing with that.
 *   own:  caller frees
 */
RETORT_MUST_CHECK int rt_locks_begin(rt_locks **locks, rt_conn *conn,
				     retort_error *err);
void rt_locks_free(rt_locks *locks);

/* What came since the last look: appended to the effect; texts and list in
 * the arena. */
RETORT_MUST_CHECK int rt_locks_look(rt_locks *locks, rt_arena *arena,
				    retort_effect *effect, retort_error *err);

/* effects_file.c: as text, and back. */
void rt_effects_write(const retort_effects *effects, rt_str *out);

/* NULL where the text is not what rt_effects_write gives. */
retort_effects *rt_effects_read(rt_sv text);

#endif
