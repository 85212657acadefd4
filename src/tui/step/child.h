/* SPDX-License-Identifier: MIT */
/*
 * What stepping does with the database, in a child process: it looks where
 * the database stands, and it runs a plan.
 */
#ifndef RT_TUI_STEP_CHILD_H
#define RT_TUI_STEP_CHILD_H

#include <retort/apply.h>

#include "tui/job.h"
#include "tui/step/step.h"

/* Tags of the messages.  Numbers are written in decimal. */
enum {
	RT_STEP_TAG_JOURNAL = 'J', /* a line about the last run of it */
	RT_STEP_TAG_READY = 'B',   /* SIGINT cancels from now on */
	RT_STEP_TAG_WAITS = 'W',   /* for another run; who */
	RT_STEP_TAG_PLANNED = 'P', /* the plan holds, and goes ahead */
	RT_STEP_TAG_CHANGED = 'X', /* it does not; nothing was run */
	RT_STEP_TAG_STEP = 'S',    /* step */
	RT_STEP_TAG_RUNS = 'T',    /* who blocks it; "" = nobody */
	RT_STEP_TAG_RAN = 'N',     /* step statement rows ms */
	RT_STEP_TAG_AGAIN = 'Y',   /* why it was rolled back and begins anew */
	RT_STEP_TAG_DONE = 'D',    /* step ms */
	RT_STEP_TAG_NOTICE = 'I',  /* of the server */
	RT_STEP_TAG_ERROR = 'E',   /* see rt_job_send_error */
	RT_STEP_TAG_OVER = 'O'
};

/* What a look finds out: the messages of tui/standing.h, and JOURNAL.
 *   in:   revision, whose last run is looked up in the journal; NULL = none */
void rt_step_child_look(retort_project *project, const char *revision,
			rt_job_out *out);

/*
 * Run.  SIGINT cancels.  Ends with OVER, CHANGED or ERROR.
 *   in:   op, target, as the plan was made for; way
 *         binding, of rt_step_plan_make
 */
void rt_step_child_run(retort_project *project, retort_op op,
		       const char *target, rt_step_way way, rt_sv binding,
		       rt_job_out *out);

#endif
