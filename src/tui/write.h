/* SPDX-License-Identifier: MIT */
/*
 * What the console writes: revision files, their undo, the version rows of a
 * stamp.  Every one of these asks, or shows first what it will do.
 */
#ifndef RT_TUI_WRITE_H
#define RT_TUI_WRITE_H

#include <retort/rewrite.h>

#include "base/sv.h"
#include "tui/keys/action.h"
#include "tui/view/view.h"

struct rt_console;

/* MERGE, CREATE, STAMP, EDIT, UNDO; false for any other action. */
bool rt_console_write(struct rt_console *c, rt_action action);

/* The line typed for CREATE or M_MESSAGE; and what stands in it at first. */
void rt_console_write_line(struct rt_console *c, rt_action action,
			   rt_sv line);
rt_sv rt_console_write_text(struct rt_console *c, rt_action action);

/*
 * Write a file, read the files again and select its revision; it can be
 * undone then.  False after showing why not.
 */
bool rt_console_create(struct rt_console *c,
		       const retort_create_options *options);
bool rt_console_reparent(struct rt_console *c,
			 const retort_reparent_request *request);

/* A path without the project's folder in front; borrowed from `path`. */
const char *rt_console_short_path(const struct rt_console *c,
				  const char *path);

/* Give an editor the terminal, and the keys that stop or interrupt; errors
 * as rt_editor_open.  The files are to be read again afterwards. */
RETORT_MUST_CHECK int rt_console_lend(struct rt_console *c, const char *path,
				      int line, retort_error *err);

/* stamp.c: ask, then stamp the database with the selected revision. */
void rt_console_stamp(struct rt_console *c);

/* Ctrl-C: ask a stamp that runs to stop; false if none does. */
bool rt_console_stamp_cancel(struct rt_console *c);

/* tui/merge/view.c */
void rt_merge_view_start(rt_view *v);
void rt_merge_view_message(rt_view *v, rt_sv text);
rt_sv rt_merge_view_text(const rt_view *v);

#endif
