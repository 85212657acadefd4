/* SPDX-License-Identifier: MIT */
/*
 * What the selected revision really does, the way the SQL pane shows: each
 * statement with the objects, locks and rewrites that <retort/effects.h>
 * measures.
 *
 * A child looks into the cache, and measures where that costs nobody
 * anything: SQLite in memory, PostgreSQL on the server that `scratch_url`
 * names.  To make a database on the server at hand takes a key, and so does
 * what takes long.  When the
 * selection moves the child is killed; what it leaves on a server is swept
 * by the next one.
 */
#ifndef RT_TUI_SQL_EFFECTS_H
#define RT_TUI_SQL_EFFECTS_H

#include <stdbool.h>

#include <retort/error.h>
#include <retort/graph.h>

#include "base/str.h"
#include "tui/job.h"

struct rt_console;

typedef enum rt_effects_state {
	RT_EFFECTS_UNKNOWN,  /* nobody has asked */
	RT_EFFECTS_LOOKING,  /* a child, or the timer before it, runs */
	RT_EFFECTS_CACHED,   /* measured at some time before */
	RT_EFFECTS_MEASURED,
	RT_EFFECTS_ASKS,     /* not in the cache; it takes a key to measure */
	RT_EFFECTS_LONG,     /* given up, unless a key asks for it */
	RT_EFFECTS_FAILED    /* `err` says why */
} rt_effects_state;

/* What a line of the text is: its first byte. */
enum { RT_EFFECTS_STATEMENT = 's', RT_EFFECTS_LINE = 'e' };

typedef struct rt_effects {
	rt_effects_state state;
	char *of; /* the revision's id, and... */
	retort_op op;
	rt_str text; /* lines */
	retort_error err;
	rt_job *job;
	bool measure; /* the running child may, whatever it costs */
} rt_effects;

void rt_effects_free(rt_effects *e);

/* Look up or measure, unless that has been done; call it when drawing. */
void rt_effects_need(struct rt_console *c);

/* Measure anew, past the cache. */
void rt_effects_measure(struct rt_console *c);

/* Whether a scratch database is nobody's business but ours: then it needs no
 * key. */
bool rt_effects_are_free(const struct rt_console *c);

/* RT_CHANGED_… bits: forget what may be another now. */
void rt_effects_changed(struct rt_console *c, unsigned what);

#endif
