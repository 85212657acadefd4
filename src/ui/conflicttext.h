/* SPDX-License-Identifier: MIT */
/*
 * Conflicts between branches as text, as annotations for GitHub, as JSON.
 */
#ifndef RT_UI_CONFLICTTEXT_H
#define RT_UI_CONFLICTTEXT_H

#include <jansson.h>

#include <retort/conflicts.h>

#include "ui/out.h"

/*
 * For people: what was compared, each finding with its files and what to do,
 * how many.
 *   in:   database, why the journal was not compared; NULL = it was
 */
void rt_conflicttext_print(rt_out *o, const retort_conflicts *c,
			   const char *database);

/* Workflow commands of GitHub Actions, a line each: ::error, ::notice. */
void rt_conflicttext_github(rt_out *o, const retort_conflicts *c,
			    const char *database);

/* {"ours":{…},"theirs":{…},"bases":[],"heads":[],"database",
 *  "limits":[],"conflicts":[…],"serious":n} */
json_t *rt_conflicttext_json(const retort_conflicts *c, const char *database);

/* "heads, object": the ids that are no notes; caller frees. */
char *rt_conflicttext_ids(const retort_conflicts *c);

#endif
