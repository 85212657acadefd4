/* SPDX-License-Identifier: MIT */
/*
 * Where the database stands: a child asks it, the console's model takes the
 * answer in.
 */
#ifndef RT_TUI_STANDING_H
#define RT_TUI_STANDING_H

#include <retort/database.h>

#include "tui/job.h"
#include "tui/model.h"

/* Tags of its messages. */
enum {
	RT_STANDING_ABSENT = 'A', /* why there is no database; so nothing is
				     applied */
	RT_STANDING_TABLE = 'V',  /* "1": there is a version table; "" */
	RT_STANDING_ROW = 'R',
	RT_STANDING_TROUBLE = 'F', /* a revision, NUL, "+" for an upgrade or
				      "-", how that run ended */
	RT_STANDING_ERROR = 'E'    /* see rt_job_send_error */
};

/*
 * In the child: ask.
 *   out:  *db, open for more questions; NULL after ABSENT or ERROR
 */
void rt_standing_send(retort_project *project, retort_database **db,
		      rt_job_out *out);

/* In the console; false if it is ERROR, or no tag of these. */
bool rt_standing_take(rt_model *m, char tag, rt_sv bytes);

#endif
