/* SPDX-License-Identifier: MIT */
/* A plan, its run and its end as text. */
#ifndef RT_TUI_STEP_REPORT_H
#define RT_TUI_STEP_REPORT_H

#include <retort/error.h>

#include "tui/draw/glyphs.h"
#include "tui/step/plan.h"
#include "tui/step/step.h"
#include "tui/widget/textview.h"

/* What there is to tell. */
typedef struct rt_step_report {
	const rt_step *machine;
	const rt_step_plan *plan;
	const retort_error *error; /* code 0 = none */
	const char *waits;   /* who is in the way; "" = nobody */
	double running;      /* ms that the statement has run */
	const char *now;     /* the version rows as read after; "" = unread */
	const char *journal; /* about the last run; "" = nothing */
	const char *blind;   /* why the database could not be read; "" */
	retort_dialect dialect;
} rt_step_report;

/* Write it; *at gets the offset in the text of what must be seen first. */
void rt_step_report_write(const rt_step_report *r, const rt_glyphs *g,
			  rt_textview *t, size_t *at);

/* The question before a run: what is going to happen, a line each. */
void rt_step_report_ask(const rt_step_report *r, const char *database,
			bool is_protected, rt_str *out);

/* "12 ms", "3.4 s", "2 min 05", "2 h 05", to the right in 9 columns, so that
 * times stand below each other. */
void rt_step_report_time(double ms, rt_str *out);

#endif
