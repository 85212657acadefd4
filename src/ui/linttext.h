/* SPDX-License-Identifier: MIT */
/*
 * Findings of lint as text, as annotations for GitHub, as JSON; the table of
 * rules.
 */
#ifndef RT_UI_LINTTEXT_H
#define RT_UI_LINTTEXT_H

#include <jansson.h>

#include <retort/lint.h>

#include "ui/out.h"

/* For people: each finding with what to do, what is not known, how many.
 *   in:   revisions, how many were looked at */
void rt_linttext_print(rt_out *o, const retort_lint *lint, size_t revisions);

/* Workflow commands, a line each. */
void rt_linttext_github(rt_out *o, const retort_lint *lint);

/* {"version","revisions":[],"findings":[…],"limits":[],"errors","warnings",
 *  "notices"} */
json_t *rt_linttext_json(const retort_lint *lint,
			 const retort_names *revisions);

/* The table, with the severities of a project; NULL = its own. */
void rt_linttext_rules(rt_out *o, const retort_severity *severities);
json_t *rt_linttext_rules_json(const retort_severity *severities);

#endif
