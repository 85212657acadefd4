/* SPDX-License-Identifier: MIT */
/*
 * Work that may take long, in a child process, so that the console stays
 * alive: asking a database, running a step.
 *
 * The child has a copy of everything and gives back messages, each a tag and
 * some bytes.  It cannot hurt the console: if it crashes or hangs, `done`
 * says so, and rt_job_kill ends it.  It opens its own connections and must
 * use none of the parent's.
 */
#ifndef RT_TUI_JOB_H
#define RT_TUI_JOB_H

#include <retort/error.h>

#include "base/sv.h"
#include "tui/loop.h"

typedef struct rt_job rt_job;

/* In the child: where messages go. */
typedef struct rt_job_out {
	int fd;
} rt_job_out;

typedef struct rt_job_ops {
	/* In the child.  When it returns the child ends. */
	void (*work)(void *self, rt_job_out *out);
	/* In the parent, for every message, in order. */
	void (*message)(void *self, char tag, rt_sv bytes);
	/* In the parent, at the end: true if `work` returned.  The job is
	 * gone when this is called. */
	void (*done)(void *self, bool finished);
} rt_job_ops;

/*
 * Start.  The loop is busy until the job is done.
 *   err:  EIO (no process or pipe to be had)
 */
RETORT_MUST_CHECK int rt_job_start(rt_job **job, rt_loop *loop,
				   const rt_job_ops *ops, void *self,
				   retort_error *err);

/* In the child. */
void rt_job_send(rt_job_out *out, char tag, rt_sv bytes);

/* Send an error's code, place and texts as messages with this tag. */
void rt_job_send_error(rt_job_out *out, char tag, const retort_error *err);

/* In the parent: put such a message back into an error. */
void rt_job_take_error(rt_sv bytes, retort_error *err);

/* Send the child a signal (SIGINT to cancel). */
void rt_job_signal(rt_job *job, int signo);

/* End it without waiting for its messages; `done` is not called. */
void rt_job_kill(rt_job *job); /* NULL allowed */

#endif
