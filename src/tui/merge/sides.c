/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/merge/sides.h"

#include <stdlib.h>
#include <string.h>

#include <retort/conflicts.h>
#include <retort/rebase.h>

#include "base/alloc.h"
#include "base/err.h"
#include "tui/console.h"

/* Messages of the children. */
enum {
	TAG_LINE = 'l', /* face, indent, text */
	TAG_ONTO = 'o',
	TAG_HEAD = 'h',
	TAG_MOVE = 'm',
	TAG_KNOWN = 'k',
	TAG_ERROR = 'e'
};

enum { FILES_SHOWN = 6, COMMIT_SHOWN = 12 };

static void forget(rt_sides *s)
{
	rt_job_kill(s->job);
	s->job = NULL;
	while (s->lines.n)
		free(s->lines.v[--s->lines.n].text);
	while (s->moves.n)
		free(s->moves.v[--s->moves.n]);
	free(s->onto);
	free(s->head);
	s->onto = s->head = NULL;
	s->state = RT_SIDES_UNKNOWN;
}

void rt_sides_free(rt_sides *s)
{
	forget(s);
	rt_job_kill(s->rebasing);
	rt_vec_free(&s->lines);
	rt_vec_free(&s->moves);
	free(s->said);
	retort_error_dispose(&s->err);
}

/* --- in the child: what to compare --------------------------------------- */

static bool one_of(const retort_names *names, const retort_list *heads)
{
	size_t i, k;

	for (i = 0; i < names->n; i++)
		for (k = 0; k < heads->n; k++)
			if (!strcmp(names->v[i], heads->v[k]->id))
				return true;
	return false;
}

/* Each side has brought one of the heads that there are now. */
static bool explains(const rt_console *c, const retort_conflicts *found)
{
	const retort_compared *a = retort_conflicts_side(found, RETORT_OURS);
	const retort_compared *b = retort_conflicts_side(found, RETORT_THEIRS);
	retort_list heads = RETORT_LIST_INIT;
	bool yes;

	retort_graph_heads(c->graph, false, &heads);
	yes = a->own.n && b->own.n && one_of(&a->heads, &heads) &&
	      one_of(&b->heads, &heads);
	retort_list_dispose(&heads);
	return yes;
}

/*
 * Once git has merged, the working files have all of the target, and there
 * is nothing to compare any more: so the sides of the merge that has made
 * the fork, if it is one of the last.
 */
static int compare(const rt_console *c, retort_branches *b,
		   const char *target, retort_conflicts **out,
		   retort_error *err)
{
	const char *const pairs[][2] = {
		{ "HEAD", "MERGE_HEAD" },
		{ "HEAD^1", target },
		{ "HEAD^1", "HEAD^2" },
		{ "HEAD~1^1", "HEAD~1^2" },
		{ "HEAD~2^1", "HEAD~2^2" },
		{ NULL, target },
	};
	retort_conflicts_options o = RETORT_CONFLICTS_OPTIONS_INIT;
	size_t i, last = sizeof(pairs) / sizeof(pairs[0]) - 1;
	int rc = 0;

	*out = NULL;
	for (i = 0; i < last && !*out; i++) {
		o.ref = pairs[i][0];
		o.onto = pairs[i][1];
		if (retort_conflicts_find(b, &o, out, NULL))
			*out = NULL;
		if (*out && explains(c, *out))
			break;
		retort_conflicts_free(*out);
		*out = NULL;
	}
	o.ref = pairs[i][0];
	o.onto = pairs[i][1];
	o.prove = rt_effects_are_free(c);
	retort_conflicts_free(*out);
	rc = retort_conflicts_find(b, &o, out, err);
	return rc;
}

/* --- in the child: what it says ------------------------------------------ */

static void send_line(rt_job_out *out, unsigned char face, int indent,
		      rt_sv text)
{
	rt_str s = RT_STR_INIT;

	rt_str_addc(&s, (char)face);
	rt_str_addc(&s, (char)indent);
	rt_str_addsv(&s, text);
	rt_job_send(out, TAG_LINE, rt_str_sv(&s));
	rt_str_free(&s);
}

static void send_detail(rt_job_out *out, const char *detail)
{
	rt_sv rest = rt_sv_from(detail), line;

	while (rt_sv_line(&rest, &line))
		send_line(out,
			  rt_sv_starts(line, "+")   ? RT_FACE_ADDED
			  : rt_sv_starts(line, "-") ? RT_FACE_REMOVED
						    : RT_FACE_TEXT,
			  6, line);
}

static void send_file(rt_job_out *out, const retort_conflicts *found,
		      const retort_conflict_file *file)
{
	rt_str s = RT_STR_INIT;

	rt_str_add(&s, file->path);
	if (file->line)
		rt_str_addf(&s, ":%d", file->line);
	if (file->sides == RETORT_OURS || file->sides == RETORT_THEIRS)
		rt_str_addf(&s, " (%s)",
			    retort_conflicts_side(found, file->sides)->name);
	send_line(out, RT_FACE_MUTED, 6, rt_str_sv(&s));
	rt_str_free(&s);
}

static void send_conflict(rt_job_out *out, const retort_conflicts *found,
			  const retort_conflict *conflict)
{
	rt_str s = RT_STR_INIT;
	size_t i;

	rt_str_addf(&s, "%c %s: %s", conflict->note ? '~' : '!',
		    retort_conflict_word(conflict->id), conflict->message);
	send_line(out, conflict->note ? RT_FACE_TEXT : RT_FACE_WARNING, 2,
		  rt_str_sv(&s));
	for (i = 0; i < conflict->n_files && i < FILES_SHOWN; i++)
		send_file(out, found, &conflict->files[i]);
	send_detail(out, conflict->detail);
	rt_str_clear(&s);
	rt_str_addf(&s, "next: %s", conflict->next);
	if (*conflict->next)
		send_line(out, RT_FACE_OK, 6, rt_str_sv(&s));
	rt_str_free(&s);
}

static void add_side(rt_str *out, const retort_compared *side)
{
	rt_str_addf(out, "%s (%.*s%s)", side->name, COMMIT_SHOWN,
		    side->commit, side->working ? " and working files" : "");
}

static void send_report(const rt_console *c, const retort_conflicts *found,
			rt_job_out *out)
{
	retort_names limits = retort_conflicts_limits(found);
	rt_str s = RT_STR_INIT;
	size_t i;

	rt_str_add(&s, "What git has of both sides: ");
	add_side(&s, retort_conflicts_side(found, RETORT_OURS));
	rt_str_add(&s, " into ");
	add_side(&s, retort_conflicts_side(found, RETORT_THEIRS));
	send_line(out, RT_FACE_TITLE, 0, rt_str_sv(&s));
	for (i = 0; i < retort_conflicts_count(found); i++)
		send_conflict(out, found, retort_conflicts_at(found, i));
	if (!retort_conflicts_count(found))
		send_line(out, RT_FACE_OK, 2, RT_SV("no conflicts"));
	for (i = 0; i < limits.n; i++) {
		rt_str_clear(&s);
		rt_str_addf(&s, "? not looked at: %s", limits.v[i]);
		send_line(out, RT_FACE_WARNING, 2, rt_str_sv(&s));
	}
	if (!rt_effects_are_free(c))
		send_line(out, RT_FACE_MUTED, 2,
			  RT_SV("? the orders were not run: that makes a "
				"scratch database on the server; `retort "
				"conflicts` does, and so does this page "
				"where scratch_url is set"));
	rt_str_free(&s);
}

/* A rebase that cannot be is no error here: the other ways are there. */
static void send_moves(retort_branches *b, rt_job_out *out)
{
	retort_rebase_options o = RETORT_REBASE_OPTIONS_INIT;
	retort_rebase *rebase = NULL;
	size_t i;

	if (retort_rebase_find(b, &o, &rebase, NULL))
		return;
	for (i = 0; i < retort_rebase_count(rebase); i++)
		rt_job_send(out, TAG_MOVE,
			    rt_sv_from(retort_rebase_at(rebase, i)->revision));
	rt_job_send(out, TAG_ONTO, rt_sv_from(retort_rebase_onto(rebase)));
	rt_job_send(out, TAG_HEAD, rt_sv_from(retort_rebase_head(rebase)));
	retort_rebase_free(rebase);
}

static void look(void *self, rt_job_out *out)
{
	const rt_console *c = self;
	retort_error err = RETORT_ERROR_INIT;
	retort_conflicts *found = NULL;
	retort_branches *b = NULL;
	const char *target;
	int rc;

	rc = retort_branches_open(&b, c->project, &err);
	if (rc == 0)
		rc = retort_branches_target(b, NULL, &target, &err);
	if (rc == RETORT_ENOTFOUND || rc == RETORT_EUNSUPPORTED)
		goto out;
	if (rc == 0)
		rc = compare(c, b, target, &found, &err);
	rt_job_send(out, TAG_KNOWN, RT_SV(""));
	if (rc) {
		send_line(out, RT_FACE_TITLE, 0,
			  RT_SV("git cannot tell of both sides:"));
		send_line(out, RT_FACE_WARNING, 2, rt_sv_from(err.message));
		goto out;
	}
	send_report(c, found, out);
	send_moves(b, out);
out:
	retort_conflicts_free(found);
	retort_branches_free(b);
	retort_error_dispose(&err);
}

/* --- in the console ------------------------------------------------------ */

static void heard(void *self, char tag, rt_sv bytes)
{
	rt_sides *s = &((rt_console *)self)->sides;
	char *text;

	if (tag == TAG_KNOWN) {
		s->state = RT_SIDES_KNOWN;
		return;
	}
	if (tag == TAG_LINE && bytes.n >= 2) {
		text = rt_strndup(bytes.p + 2, bytes.n - 2);
		rt_vec_push(&s->lines,
			    (rt_sides_line){ (unsigned char)bytes.p[0],
					     bytes.p[1], text });
		return;
	}
	text = rt_strndup(bytes.p, bytes.n);
	if (tag == TAG_MOVE)
		rt_vec_push(&s->moves, text);
	else if (tag == TAG_ONTO)
		s->onto = text;
	else if (tag == TAG_HEAD)
		s->head = text;
	else
		free(text);
}

static void looked(void *self, bool finished)
{
	rt_console *c = self;

	c->sides.job = NULL;
	if (!finished || c->sides.state != RT_SIDES_KNOWN) {
		forget(&c->sides);
		c->sides.state = RT_SIDES_NONE;
	}
	rt_console_changed(c, RT_CHANGED_DETAIL);
}

void rt_sides_need(rt_console *c)
{
	static const rt_job_ops ops = { look, heard, looked };
	rt_sides *s = &c->sides;
	retort_error err = RETORT_ERROR_INIT;

	if (s->state != RT_SIDES_UNKNOWN || !c->graph)
		return;
	s->state = RT_SIDES_LOOKING;
	if (rt_job_start(&s->job, c->loop, &ops, c, &err)) {
		s->state = RT_SIDES_NONE;
		rt_console_error(c, &err);
	}
	retort_error_dispose(&err);
}

void rt_sides_changed(rt_console *c, unsigned what)
{
	if (what & RT_CHANGED_GRAPH)
		forget(&c->sides);
}

/* --- a rebase ------------------------------------------------------------ */

static void rebase_work(void *self, rt_job_out *out)
{
	const rt_console *c = self;
	retort_rebase_options o = RETORT_REBASE_OPTIONS_INIT;
	retort_names rows = rt_model_rows(&c->model);
	retort_error err = RETORT_ERROR_INIT;
	retort_rebase *rebase = NULL;
	retort_branches *b = NULL;
	int rc;

	o.rows = &rows;
	o.prove = rt_effects_are_free(c);
	rc = retort_branches_open(&b, c->project, &err);
	if (rc == 0)
		rc = retort_rebase_find(b, &o, &rebase, &err);
	if (rc == 0)
		rc = retort_rebase_apply(rebase, &err);
	if (rc)
		rt_job_send_error(out, TAG_ERROR, &err);
	retort_rebase_free(rebase);
	retort_branches_free(b);
	retort_error_dispose(&err);
}

static void rebase_heard(void *self, char tag, rt_sv bytes)
{
	(void)tag;
	rt_job_take_error(bytes, &((rt_console *)self)->sides.err);
}

static void rebase_done(void *self, bool finished)
{
	rt_console *c = self;
	rt_sides *s = &c->sides;

	s->rebasing = NULL;
	if (!finished)
		rt_err_set(&s->err, RETORT_EINTERNAL,
			   "the rebase ended too early");
	if (c->watch.fd >= 0)
		rt_watch_take(&c->watch);
	rt_console_load(c);
	rt_console_watch(c);
	if (s->err.code) {
		rt_console_error(c, &s->err);
	} else {
		s->rebased = true;
		rt_console_say(c, RT_LEVEL_INFO, "%s", s->said);
	}
	retort_error_dispose(&s->err);
}

void rt_sides_rebase(rt_console *c)
{
	static const rt_job_ops ops = { rebase_work, rebase_heard,
					rebase_done };
	retort_error err = RETORT_ERROR_INIT;

	if (c->sides.rebasing)
		return;
	free(c->sides.said);
	c->sides.said = rt_strf("rebased onto %s of %s; u undoes that",
				c->sides.head, c->sides.onto);
	rt_console_say(c, RT_LEVEL_INFO, "rebasing");
	if (rt_job_start(&c->sides.rebasing, c->loop, &ops, c, &err))
		rt_console_error(c, &err);
	retort_error_dispose(&err);
}

int rt_sides_undo(rt_console *c, size_t *n, retort_error *err)
{
	retort_names rows = rt_model_rows(&c->model);
	retort_branches *b = NULL;
	int rc;

	*n = 0;
	rc = retort_branches_open(&b, c->project, err);
	if (rc == 0)
		rc = retort_rebase_undo(
			b, c->model.answered ? &rows : NULL, n, err);
	if (rc == 0)
		c->sides.rebased = false;
	retort_branches_free(b);
	return rc;
}
