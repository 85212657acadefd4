/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/git.h"

#include <stdlib.h>
#include <string.h>

#include <retort/conflicts.h>
#include <retort/vcs.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "tui/console.h"

enum { ASK_AFTER_MS = 30 }; /* first the frame with the files */

/* Messages of the child. */
enum {
	TAG_BRANCH = 'b',
	TAG_PATH = 'p',
	TAG_TARGET = 't',
	TAG_OWN = 'o',
	TAG_MISSING = 'm'
};

static void forget(rt_git_facts *g)
{
	free(g->branch);
	g->branch = NULL;
	while (g->paths.n)
		free(g->paths.v[--g->paths.n]);
	rt_map_free(&g->by_path);
	free(g->target);
	g->target = NULL;
	while (g->own.n)
		free(g->own.v[--g->own.n]);
	rt_map_free(&g->by_own);
	while (g->missing.n)
		free(g->missing.v[--g->missing.n]);
	g->old = false;
}

void rt_git_facts_free(rt_git_facts *g)
{
	rt_job_kill(g->job);
	forget(g);
	rt_vec_free(&g->paths);
	rt_vec_free(&g->own);
	rt_vec_free(&g->missing);
}

/* --- in the child -------------------------------------------------------- */

static void send_path(void *self, const char *path)
{
	rt_job_send(self, TAG_PATH, rt_sv_from(path));
}

/* The folders that revision files are in. */
static retort_names folders(const retort_graph *graph, rt_arena *arena)
{
	size_t i, n = retort_graph_count(graph), kept = 0;
	const char **v = rt_arena_calloc(arena, n, sizeof(*v));
	rt_map seen = RT_MAP_INIT;

	for (i = 0; i < n; i++) {
		const char *path = retort_graph_at(graph, i)->path;
		const char *slash = strrchr(path, '/');
		rt_sv dir = { path, slash ? (size_t)(slash - path) : 0 };

		if (dir.n && rt_map_add(&seen, dir, 0))
			v[kept++] = rt_arena_strsv(arena, dir);
	}
	rt_map_free(&seen);
	return (retort_names){ v, kept };
}

static void send_names(rt_job_out *out, char tag, const retort_names *names)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		rt_job_send(out, tag, rt_sv_from(names->v[i]));
}

/* Which revisions only one side has; nothing is run to find that out. */
static void send_sides(retort_project *project, rt_job_out *out)
{
	retort_conflicts_options o = RETORT_CONFLICTS_OPTIONS_INIT;
	retort_conflicts *found = NULL;
	retort_branches *b = NULL;
	const char *target;

	if (retort_branches_open(&b, project, NULL) == 0 &&
	    retort_branches_target(b, NULL, &target, NULL) == 0) {
		o.onto = target;
		if (retort_conflicts_find(b, &o, &found, NULL))
			found = NULL;
	}
	if (found) {
		rt_job_send(out, TAG_TARGET, rt_sv_from(target));
		send_names(out, TAG_OWN,
			   &retort_conflicts_side(found, RETORT_OURS)->own);
		send_names(out, TAG_MISSING,
			   &retort_conflicts_side(found, RETORT_THEIRS)->own);
	}
	retort_conflicts_free(found);
	retort_branches_free(b);
}

/* Errors are not worth a word here: the diff pane tells of them. */
static void git_work(void *self, rt_job_out *out)
{
	const rt_console *c = self;
	rt_arena arena = RT_ARENA_INIT;
	retort_names dirs = folders(c->graph, &arena);
	retort_vcs *vcs = NULL;
	char *branch = NULL;

	if (dirs.n && retort_vcs_open(&vcs, dirs.v[0], NULL) == 0) {
		if (retort_vcs_branch(vcs, &branch, NULL) == 0)
			rt_job_send(out, TAG_BRANCH, rt_sv_from(branch));
		(void)!retort_vcs_uncommitted(vcs, &dirs, send_path, out,
					      NULL);
		send_sides(c->project, out);
	}
	free(branch);
	retort_vcs_close(vcs);
	rt_arena_free(&arena);
}

/* --- in the console ------------------------------------------------------ */

/* The first one that comes takes the place of all that was known. */
static void git_message(void *self, char tag, rt_sv bytes)
{
	rt_git_facts *g = &((rt_console *)self)->git;
	char *text = rt_strndup(bytes.p, bytes.n);

	if (g->old)
		forget(g);
	if (tag == TAG_BRANCH) {
		g->branch = text;
	} else if (tag == TAG_TARGET) {
		g->target = text;
	} else if (tag == TAG_MISSING) {
		rt_vec_push(&g->missing, text);
	} else if (tag == TAG_OWN) {
		rt_vec_push(&g->own, text);
		rt_map_add(&g->by_own, (rt_sv){ text, bytes.n }, 0);
	} else {
		rt_vec_push(&g->paths, text);
		rt_map_add(&g->by_path, (rt_sv){ text, bytes.n }, 0);
	}
}

static void git_done(void *self, bool finished)
{
	rt_console *c = self;

	(void)finished;
	c->git.job = NULL;
	if (c->git.old)
		forget(&c->git);
	rt_console_changed(c, RT_CHANGED_DETAIL);
}

static void start(void *self)
{
	static const rt_job_ops ops = { git_work, git_message, git_done };
	rt_console *c = self;
	retort_error err = RETORT_ERROR_INIT;

	rt_loop_unbusy(c->loop);
	c->git.waiting = false;
	rt_job_kill(c->git.job);
	c->git.job = NULL;
	c->git.old = true;
	if (!c->graph || !retort_graph_count(c->graph))
		return;
	if (rt_job_start(&c->git.job, c->loop, &ops, c, &err))
		rt_console_error(c, &err);
	retort_error_dispose(&err);
}

void rt_git_facts_ask(rt_console *c)
{
	if (!c->git.waiting)
		rt_loop_busy(c->loop);
	c->git.waiting = true;
	rt_loop_timer(c->loop, ASK_AFTER_MS, start, c);
}

bool rt_git_facts_is_uncommitted(const rt_git_facts *g,
				 const retort_revision *rev)
{
	return rt_map_find(&g->by_path, rt_sv_from(rev->path)) != NULL;
}

bool rt_git_facts_is_own(const rt_git_facts *g, const retort_revision *rev)
{
	return rt_map_find(&g->by_own, rt_sv_from(rev->id)) != NULL;
}
