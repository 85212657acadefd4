/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/conflicts/conflicts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { NAMES_SHOWN = 8 };

/* --- findings ------------------------------------------------------------ */

void rt_finding_begin(rt_finding *f, retort_conflict_id id)
{
	memset(f, 0, sizeof(*f));
	f->conflict.id = id;
	f->conflict.object = "";
	f->message = f->next = f->detail = (rt_str)RT_STR_INIT;
}

static int by_file(const void *x, const void *y)
{
	const retort_conflict_file *a = x, *b = y;
	int order = strcmp(a->path, b->path);

	if (!order)
		order = a->line < b->line ? -1 : a->line > b->line;
	return order ? order : strcmp(a->revision, b->revision);
}

void rt_finding_file(rt_finding *f, unsigned sides, const char *path, int line,
		     const char *revision)
{
	retort_conflict_file file = { sides, path, line, revision };
	size_t i;

	for (i = 0; i < f->files.n; i++)
		if (!by_file(&f->files.v[i], &file)) {
			f->files.v[i].sides |= sides;
			return;
		}
	rt_vec_push(&f->files, file);
}

void rt_finding_end(rt_finding *f, rt_contest *c)
{
	rt_arena *arena = &c->out->arena;
	retort_conflict_file *files = rt_arena_calloc(arena, f->files.n + 1,
						      sizeof(*files));
	size_t i;

	if (f->files.n)
		qsort(f->files.v, f->files.n, sizeof(*files), by_file);
	for (i = 0; i < f->files.n; i++) {
		files[i] = f->files.v[i];
		files[i].path = rt_arena_strdup(arena, files[i].path);
		files[i].revision = rt_arena_strdup(arena, files[i].revision);
	}
	f->conflict.files = files;
	f->conflict.n_files = f->files.n;
	f->conflict.object = rt_arena_strdup(arena, f->conflict.object);
	f->conflict.message = rt_arena_strdup(arena, f->message.p);
	f->conflict.next = rt_arena_strdup(arena, f->next.p);
	f->conflict.detail = rt_arena_strdup(arena, f->detail.p);
	rt_vec_push(&c->out->list, f->conflict);
	rt_vec_free(&f->files);
	rt_str_free(&f->message);
	rt_str_free(&f->next);
	rt_str_free(&f->detail);
}

void rt_finding_names(rt_str *out, const rt_vcs_ids *names)
{
	size_t i, n = names->n > NAMES_SHOWN ? NAMES_SHOWN - 1 : names->n;

	for (i = 0; i < n; i++)
		rt_str_addf(out, "%s%s",
			    !i ? ""
			    : i + 1 == names->n ? " and "
						: ", ",
			    names->v[i]);
	if (n < names->n)
		rt_str_addf(out, " and %zu more", names->n - n);
}

/* --- the whole ----------------------------------------------------------- */

/* What is looked for; the report sorts what they find. */
static int (*const looks[])(rt_contest *c) = {
	rt_contest_stale,
	rt_contest_graph,
	rt_contest_changes,
	rt_contest_journal,
	rt_contest_sql,
	rt_contest_order,
};

static int by_id(const void *x, const void *y)
{
	const retort_conflict *a = x, *b = y;
	int order = (int)a->id - (int)b->id;

	if (!order)
		order = (int)a->note - (int)b->note;
	if (!order)
		order = strcmp(a->object, b->object);
	if (!order && a->n_files && b->n_files)
		order = by_file(&a->files[0], &b->files[0]);
	return order ? order : strcmp(a->message, b->message);
}

static void finish(retort_conflicts *out)
{
	size_t i;

	if (out->list.n)
		qsort(out->list.v, out->list.n, sizeof(*out->list.v), by_id);
	for (i = 0; i < out->list.n; i++)
		out->serious += !out->list.v[i].note;
}

int retort_conflicts_find(retort_branches *b,
			  const retort_conflicts_options *options,
			  retort_conflicts **out, retort_error *err)
{
	static const retort_conflicts_options defaults =
		RETORT_CONFLICTS_OPTIONS_INIT;
	rt_contest c = { .b = b, .err = err };
	size_t i;
	int rc;

	c.options = options ? options : &defaults;
	c.out = rt_calloc(1, sizeof(*c.out));
	c.dialect = retort_project_dialect(b->project);
	rc = rt_contest_begin(&c);
	for (i = 0; i < sizeof(looks) / sizeof(looks[0]) && !rc; i++)
		rc = looks[i](&c);
	rt_contest_end(&c);
	if (rc) {
		retort_conflicts_free(c.out);
		c.out = NULL;
	} else {
		finish(c.out);
	}
	*out = c.out;
	return rc;
}

void retort_conflicts_free(retort_conflicts *c)
{
	if (!c)
		return;
	rt_vec_free(&c->list);
	rt_vec_free(&c->bases);
	rt_vec_free(&c->heads);
	rt_vec_free(&c->limits);
	rt_arena_free(&c->arena);
	free(c);
}

size_t retort_conflicts_count(const retort_conflicts *c)
{
	return c->list.n;
}

const retort_conflict *retort_conflicts_at(const retort_conflicts *c, size_t i)
{
	return i < c->list.n ? &c->list.v[i] : NULL;
}

size_t retort_conflicts_serious(const retort_conflicts *c)
{
	return c->serious;
}

const retort_compared *retort_conflicts_side(const retort_conflicts *c,
					     unsigned which)
{
	return which == RETORT_THEIRS ? &c->theirs : &c->ours;
}

static retort_names names_of(const rt_vcs_ids *ids)
{
	return (retort_names){ ids->v, ids->n };
}

retort_names retort_conflicts_bases(const retort_conflicts *c)
{
	return names_of(&c->bases);
}

retort_names retort_conflicts_heads(const retort_conflicts *c)
{
	return names_of(&c->heads);
}

retort_names retort_conflicts_limits(const retort_conflicts *c)
{
	return names_of(&c->limits);
}

const char *retort_conflict_word(retort_conflict_id id)
{
	static const char *const words[] = {
#define WORD(name, word, text) word,
		RETORT_CONFLICTS(WORD)
#undef WORD
	};

	return words[id];
}

const char *retort_conflict_text(retort_conflict_id id)
{
	static const char *const texts[] = {
#define TEXT(name, word, text) text,
		RETORT_CONFLICTS(TEXT)
#undef TEXT
	};

	return texts[id];
}
