/* SPDX-License-Identifier: MIT */
/*
 * Child processes: editors and hooks.  Always by a list of words, never
 * through a shell.
 */
#ifndef RT_BASE_PROC_H
#define RT_BASE_PROC_H

#include <retort/error.h>

#include "base/arena.h"

typedef struct rt_proc {
	const char *const *argv; /* ends in NULL; argv[0] is searched in PATH
				    unless it has a slash */
	const char *cwd;         /* NULL = as is */
	const char *const *env;  /* "NAME=value", ends in NULL; NULL = ours */
	/* Called for each line of standard output and error, without its
	 * line end; the child then reads nothing (/dev/null).  NULL: the
	 * child has our terminal. */
	void (*line)(void *self, rt_sv line);
	void *self;
	bool only_output; /* `line` gets standard output alone; standard error
			     stays ours */
	bool no_errors;   /* with only_output: standard error goes nowhere */
} rt_proc;

/*
 * Run a program and wait for its end.
 *   out:  *status, 0 to 255; 128 + the signal that killed it
 *   err:  EIO: it could not be started (names it), waiting failed
 *   note: a line longer than 64 KiB comes in pieces
 */
RETORT_MUST_CHECK int rt_proc_run(const rt_proc *proc, int *status,
				  retort_error *err);

/*
 * Cut a command into words as Python's shlex.split and a POSIX shell without
 * expansions do: white space, '…', "…" with \" and \\, \x.
 *   out:  *out, in the arena; out->v[out->n] is NULL, so that it can be argv
 *   err:  EUSAGE: a quote without its end, a backslash at the end
 */
RETORT_MUST_CHECK int rt_proc_split(rt_arena *arena, rt_sv text,
				    retort_names *out, retort_error *err);

#endif
