/* SPDX-License-Identifier: MIT */
/*
 * A new revision file: what the files of `revision` and `merge` share.
 */
#ifndef RT_ENGINE_CREATE_CREATE_H
#define RT_ENGINE_CREATE_CREATE_H

#include <retort/create.h>

#include "base/arena.h"
#include "base/str.h"
#include "engine/project/project.h"
#include "revfmt/format.h"

/* The version table's column as it is made: VARCHAR(32). */
#define RT_ID_LIMIT 32

typedef struct rt_maker {
	retort_project *project;
	const retort_create_options *options;
	const retort_graph *graph;
	rt_arena arena; /* of what follows */
	const rt_format *format; /* of the project's revisions */
	retort_revision rev;
	const char *first_parent_path; /* NULL for a base */
	long long now;
	long offset; /* of `timezone`, seconds east of UTC */
	const char *path;
	retort_error *err;
} rt_maker;

/* check.c: fill rev from the options, checked against the graph. */
RETORT_MUST_CHECK int rt_maker_check(rt_maker *m);

/* write.c: choose the path, make the text. */
RETORT_MUST_CHECK int rt_maker_compose(rt_maker *m, rt_str *text);

/* write.c: write the text to the path. */
RETORT_MUST_CHECK int rt_maker_write(rt_maker *m, rt_sv text);

/* hooks.c: run the post-write hooks; EHOOK. */
RETORT_MUST_CHECK int rt_maker_run_hooks(rt_maker *m);

/* Tell the caller how it goes on; one line. */
void rt_maker_say(const rt_maker *m, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
