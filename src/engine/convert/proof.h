/* SPDX-License-Identifier: MIT */
/*
 * The two sides of a proof.
 */
#ifndef RT_ENGINE_CONVERT_PROOF_H
#define RT_ENGINE_CONVERT_PROOF_H

#include "engine/convert/convert.h"
#include "engine/scratch/scratch.h"

typedef struct rt_convert_side {
	retort_project view;
	rt_scratch *scratch;
} rt_convert_side;

typedef RT_VEC(const char *) rt_convert_notes;

/* Most notes of rt_convert_beside. */
enum { RT_CONVERT_BESIDE = 10 };

/* beside.c: revisions of SQLite that must keep the order of the proof, though
 * neither builds on the other; appended. */
void rt_convert_beside(retort_convert *c, size_t dialect,
		       rt_convert_notes *notes);

/*
 * compare.c: whether two sides have the same schema.
 *   out:  *same; notes, how they differ, in arena
 *   err:  EDATABASE, ECONNECT
 */
RETORT_MUST_CHECK int rt_convert_schemas(rt_arena *arena,
					 const rt_convert_side *a,
					 const rt_convert_side *b, bool *same,
					 rt_convert_notes *notes,
					 retort_error *err);

/* What is in a table. */
typedef struct rt_convert_rows {
	const char *table; /* as in SQL */
	const char *count;
	const char *digest; /* of the rows, in the order of their text */
} rt_convert_rows;

typedef RT_VEC(rt_convert_rows) rt_convert_tables;

/*
 * compare.c: what is in all tables.
 *   out:  appended to *out, in arena, sorted by name
 */
RETORT_MUST_CHECK int rt_convert_contents(rt_arena *arena,
					  const rt_convert_side *side,
					  rt_convert_tables *out,
					  retort_error *err);

#endif
