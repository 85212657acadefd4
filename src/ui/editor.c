/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/editor.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
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

/* How editors are told the line; what is not listed gets the path alone. */
static const struct {
	const char *editor;
	const char *before; /* a word of its own; NULL = none */
	bool plus;          /* "+7" before the path; else "path:7" */
} ways[] = {
	{ "vi", NULL, true },
	{ "vim", NULL, true },
	{ "nvim", NULL, true },
	{ "gvim", NULL, true },
	{ "view", NULL, true },
	{ "ex", NULL, true },
	{ "nano", NULL, true },
	{ "pico", NULL, true },
	{ "emacs", NULL, true },
	{ "emacsclient", NULL, true },
	{ "mg", NULL, true },
	{ "jed", NULL, true },
	{ "joe", NULL, true },
	{ "kak", NULL, true },
	{ "micro", NULL, true },
	{ "ne", NULL, true },
	{ "hx", NULL, false },
	{ "subl", NULL, false },
	{ "code", "--goto", false },
	{ "codium", "--goto", false },
};

/* The words behind the editor's own; at most two. */
static void add_path(rt_arena *arena, const char **argv, const char *path,
		       int line)
{
	const char *name = rt_fs_basename(argv[0]);
	size_t i, k, n = 0;

	for (k = 0; argv[k]; k++)
		;
	for (i = 0; line > 0 && i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (strcmp(ways[i].editor, name) != 0)
			continue;
		if (ways[i].before)
			argv[k + n++] = ways[i].before;
		if (ways[i].plus)
			argv[k + n++] = rt_arena_strf(arena, "+%d", line);
		else
			path = rt_arena_strf(arena, "%s:%d", path, line);
		break;
	}
	argv[k + n] = path;
}

static int start(rt_arena *arena, const char *path, int line,
		 retort_error *err)
{
	rt_proc proc = { 0 };
	const char **argv;
	retort_names words;
	size_t i;
	int rc, status;

	rc = rt_proc_split(arena, rt_sv_from(command()), &words, err);
	if (rc)
		return rc;
	argv = rt_arena_calloc(arena, words.n + 3, sizeof(*argv));
	for (i = 0; i < words.n; i++)
		argv[i] = words.v[i];
	add_path(arena, argv, path, line);
	proc.argv = argv;
	rc = rt_proc_run(&proc, &status, err);
	if (rc == 0 && status != 0)
		rc = rt_err_set(err, RETORT_EHOOK,
				"the editor '%s' ended with status %d",
				words.v[0], status);
	return rc;
}

int rt_editor_open(const char *path, int line, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	int rc = start(&arena, path, line, err);

	if (rc) {
		rt_err_field(err, RETORT_ERROR_FILE, "%s", path);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "set $VISUAL or $EDITOR to an editor's command");
	}
	rt_arena_free(&arena);
	return rc;
}
