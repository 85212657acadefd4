/* SPDX-License-Identifier: MIT */
/*
 * Plans and their steps as text and JSON.
 */
#ifndef RT_UI_PLANTEXT_H
#define RT_UI_PLANTEXT_H

#include <retort/plan.h>

#include "ui/out.h"

/* "upgrade a9ef987fd631 -> f8ff2ab1fdfa, add phone number", no line feed. */
void rt_plantext_step(rt_out *o, const retort_step *step);

/* "f8ff2ab1fdfa, 0123456789ab", "<base>" for none. */
void rt_plantext_rows(rt_out *o, const retort_names *rows);

/*
 * The whole plan as the object that --json prints:
 *   {"version":1,"steps":[…],"heads_after":[…]}
 *   in:   n, how many steps of it
 *         heads, the version rows after them
 */
void rt_plantext_json(rt_out *o, const retort_plan *plan, size_t n,
		      const retort_names *heads);

#endif
