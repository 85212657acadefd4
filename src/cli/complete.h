/* SPDX-License-Identifier: MIT */
/*
 * Completion scripts, made from the tables of commands and options.
 *
 * Revisions are completed by asking retort itself, which is fast enough to
 * be run at a key press.
 */
#ifndef RT_CLI_COMPLETE_H
#define RT_CLI_COMPLETE_H

#include "ui/out.h"

typedef struct rt_shell {
	const char *name;
	void (*write)(rt_out *o);
} rt_shell;

/* Sorted by name; ends in a NULL name. */
extern const rt_shell rt_shells[];

#endif
