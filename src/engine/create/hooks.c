/* SPDX-License-Identifier: MIT */
/* Programs that run on a new file; see config/hooks.c for their words. */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "base/proc.h"
#include "engine/create/create.h"

static const char token[] = "REVISION_SCRIPT_FILENAME";

/* `word` with the file's path in place of the token. */
static const char *replace(rt_maker *m, const char *word)
{
	const char *at = strstr(word, token);

	if (!at)
		return word;
	return rt_arena_strf(&m->arena, "%.*s%s%s", (int)(at - word), word,
			     m->path,
			     replace(m, at + sizeof(token) - 1));
}

static void say_line(void *self, rt_sv line)
{
	const rt_maker *m = self;

	rt_maker_say(m, "%.*s", (int)line.n, line.p);
}

static int failed(rt_maker *m, const char *hook, const char *how)
{
	rt_err_set(m->err, RETORT_EHOOK, "hook '%s' failed: %s", hook, how);
	rt_err_at(m->err, m->path, 0, 0);
	rt_err_field(m->err, RETORT_ERROR_NEXT,
		     "the new file is there; correct the hook or the file");
	return RETORT_EHOOK;
}

static int run(rt_maker *m, const rt_hook *hook)
{
	const char **argv = rt_arena_calloc(&m->arena, hook->argv.n + 1,
					    sizeof(*argv));
	retort_error err = RETORT_ERROR_INIT;
	rt_proc proc = { .argv = argv, .cwd = hook->cwd, .line = say_line,
			 .self = m };
	int rc, status;
	size_t i;

	for (i = 0; i < hook->argv.n; i++)
		argv[i] = replace(m, hook->argv.v[i]);
	rt_maker_say(m, "Running post write hook '%s' ...", hook->name);
	rc = rt_proc_run(&proc, &status, &err);
	if (rc)
		rc = failed(m, hook->name, err.message);
	else if (status)
		rc = failed(m, hook->name,
			    rt_arena_strf(&m->arena, "exit status %d",
					  status));
	else
		rt_maker_say(m, "  done");
	retort_error_dispose(&err);
	return rc;
}

int rt_maker_run_hooks(rt_maker *m)
{
	const rt_hook *hooks;
	size_t i, n;
	int rc;

	rc = rt_settings_hooks(m->project->settings, &hooks, &n, m->err);
	for (i = 0; i < n && !rc; i++)
		rc = run(m, &hooks[i]);
	return rc;
}
