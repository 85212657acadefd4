/* SPDX-License-Identifier: MIT */
/*
 * Views.  A view owns its data, draws into an area of cells and carries out
 * actions; it knows neither keys nor terminals, only the console it lives in
 * (tui/console.h).
 *
 * To add a view: src/tui/view/<name>.c with its rt_view_ops, a row in
 * RT_VIEWS, its context in tui/keys/action.h, its place in tui/panes.c.
 */
#ifndef RT_TUI_VIEW_VIEW_H
#define RT_TUI_VIEW_VIEW_H

#include <stdbool.h>

#include "base/str.h"
#include "tui/draw/cells.h"
#include "tui/keys/action.h"
#include "tui/widget/list.h"

/* X(NAME, name): the ops are rt_view_<name>.  HELP, and what comes behind it,
 * lies over the others. */
#define RT_VIEWS(X)                                                           \
	X(GRAPH, graph)                                                       \
	X(SQL, sql)                                                           \
	X(DIFF, diff)                                                         \
	X(LOG, log)                                                           \
	X(STEP, step)                                                         \
	X(HELP, help)                                                         \
	X(MERGE, merge)

typedef enum rt_view_id {
#define RT_VIEW_ENUM_(name, ops) RT_VIEW_##name,
	RT_VIEWS(RT_VIEW_ENUM_)
#undef RT_VIEW_ENUM_
	RT_VIEW_COUNT
} rt_view_id;

/* What has changed since a view last looked. */
enum {
	RT_CHANGED_GRAPH = 1,     /* files were read again: every pointer to
				     a revision is new */
	RT_CHANGED_DATABASE = 2,  /* version rows */
	RT_CHANGED_SELECTION = 4, /* the selected revision, or up/down */
	RT_CHANGED_LOG = 8,
	RT_CHANGED_KEYS = 16,
	RT_CHANGED_FILTER = 32,   /* of this view's list */
	RT_CHANGED_DETAIL = 64    /* tui/detail.h */
};

struct rt_console;

typedef struct rt_view {
	const struct rt_view_ops *ops;
	struct rt_console *console;
	void *state; /* ops->state_size bytes, cleared before open() */
	int rows, cols; /* of the area, as last laid out */
} rt_view;

typedef struct rt_view_ops {
	const char *name; /* "GRAPH", as in the title */
	rt_context context;
	size_t state_size;
	void (*open)(rt_view *v);
	void (*close)(rt_view *v);
	/* Behind the name in the title row. */
	void (*title)(rt_view *v, rt_str *out);
	/* v->rows and cols have changed, or may have; NULL = nothing to do */
	void (*layout)(rt_view *v);
	/* Draw all of the area, which is clear.  `focused`, whether keys go
	 * here. */
	void (*draw)(rt_view *v, rt_area a, bool focused);
	/* The list in it: the console moves, searches and filters it. */
	rt_list *(*list)(rt_view *v);
	/* The list's cursor may have moved; NULL = nothing to do */
	void (*moved)(rt_view *v);
	/* Carry out an action; false if it is not one of the view's. */
	bool (*action)(rt_view *v, rt_action action);
	/* RT_CHANGED_… bits */
	void (*changed)(rt_view *v, unsigned what);
	/* Append what `y` copies; *what gets its name ("id"); NULL = none */
	void (*copy)(rt_view *v, rt_str *out, const char **what);
} rt_view_ops;

#define RT_VIEW_DECLARE_(name, ops) extern const rt_view_ops rt_view_##ops;
RT_VIEWS(RT_VIEW_DECLARE_)
#undef RT_VIEW_DECLARE_

#endif
