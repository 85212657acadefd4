/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/editor.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/proc.h"

static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static const char *command(void)
{
	const char *visual = variable("VISUAL"), *editor = variable("EDITOR");

	if (visual)
		return visual;
	return editor ? editor : "vi";
}

static int start(rt_arena *arena, const char *path, retort_error *err)
{
	rt_proc proc = { NULL, NULL, NULL, NULL, NULL };
	const char **argv;
	retort_names words;
	size_t i;
	int rc, status;

	rc = rt_proc_split(arena, rt_sv_from(command()), &words, err);
	if (rc)
		return rc;
	argv = rt_arena_calloc(arena, words.n + 2, sizeof(*argv));
	for (i = 0; i < words.n; i++)
		argv[i] = words.v[i];
	argv[words.n] = path;
	proc.argv = argv;
	rc = rt_proc_run(&proc, &status, err);
	if (rc == 0 && status != 0)
		rc = rt_err_set(err, RETORT_EHOOK,
				"the editor '%s' ended with status %d",
				words.v[0], status);
	return rc;
}

int rt_editor_open(const char *path, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	int rc = start(&arena, path, err);

	if (rc) {
		rt_err_field(err, RETORT_ERROR_FILE, "%s", path);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "set $VISUAL or $EDITOR to an editor's command");
	}
	rt_arena_free(&arena);
	return rc;
}
