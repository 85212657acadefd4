/* SPDX-License-Identifier: MIT */
/*
 * Effects as a text file, for the cache: a line a fact, fields separated by
 * tabs, with \t, \n and \\ escaped in them.
 *
 *     retort effects 1
 *     statement<TAB>why its locks are not known
 *     entry<TAB>diff<TAB>kind<TAB>name<TAB>property<TAB>before<TAB>after<TAB>…
 *     lock<TAB>table<TAB>mode<TAB>rewritten
 *     end
 *
 * What cannot be read is thrown away and measured again.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/scratch/effects.h"

#define FIRST_LINE "retort effects 1"
#define LAST_LINE  "end"

enum { FIELDS_MAX = 8 };

static void add_field(rt_str *out, const char *text)
{
	rt_str_addc(out, '\t');
	for (; *text; text++) {
		if (*text == '\t')
			rt_str_add(out, "\\t");
		else if (*text == '\n')
			rt_str_add(out, "\\n");
		else if (*text == '\\')
			rt_str_add(out, "\\\\");
		else
			rt_str_addc(out, *text);
	}
}

static void add_entry(rt_str *out, const retort_diff_entry *e)
{
	rt_str_add(out, "entry");
	add_field(out, retort_diff_word(e->diff));
	add_field(out, retort_kind_word(e->kind));
	add_field(out, e->name);
	add_field(out, e->property);
	add_field(out, e->before);
	add_field(out, e->after);
	add_field(out, e->part ? "part" : "");
	rt_str_addc(out, '\n');
}

void rt_effects_write(const retort_effects *effects, rt_str *out)
{
	size_t i, k;

	rt_str_add(out, FIRST_LINE "\n");
	for (i = 0; i < effects->list.n; i++) {
		const retort_effect *e = &effects->list.v[i];

		rt_str_add(out, "statement");
		add_field(out, e->unmeasured);
		rt_str_addc(out, '\n');
		for (k = 0; k < e->n_entries; k++)
			add_entry(out, &e->entries[k]);
		for (k = 0; k < e->n_locks; k++) {
			rt_str_add(out, "lock");
			add_field(out, e->locks[k].table);
			add_field(out, e->locks[k].mode);
			add_field(out, e->locks[k].rewritten ? "rewritten"
							     : "");
			rt_str_addc(out, '\n');
		}
	}
	rt_str_add(out, LAST_LINE "\n");
}

/* --- back --- */

typedef struct reader {
	retort_effects *effects;
	/* of the statement in work */
	RT_VEC(retort_diff_entry) entries;
	RT_VEC(retort_lock) locks;
	const char *fields[FIELDS_MAX];
	size_t n; /* fields on this line */
} reader;

static const char *unescape(rt_arena *arena, rt_sv text)
{
	char *copy = rt_arena_strsv(arena, text), *to = copy;
	const char *from;

	for (from = copy; *from; from++) {
		if (*from == '\\' && from[1]) {
			from++;
			*to++ = *from == 't'   ? '\t'
				: *from == 'n' ? '\n'
					       : *from;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return copy;
}

static bool cut(reader *r, rt_sv line)
{
	rt_sv field;

	r->n = 0;
	while (rt_sv_split(&line, '\t', &field)) {
		if (r->n == FIELDS_MAX)
			return false;
		r->fields[r->n++] = unescape(&r->effects->arena, field);
	}
	return true;
}

static bool find_diff(const char *word, retort_diff_kind *out)
{
	int i;

	for (i = RETORT_DIFF_ADDED; i <= RETORT_DIFF_MOVED; i++)
		if (!strcmp(retort_diff_word((retort_diff_kind)i), word)) {
			*out = (retort_diff_kind)i;
			return true;
		}
	return false;
}

static bool find_kind(const char *word, retort_kind *out)
{
	int i;

	for (i = 0; i < RETORT_N_KINDS; i++)
		if (!strcmp(retort_kind_word((retort_kind)i), word)) {
			*out = (retort_kind)i;
			return true;
		}
	return false;
}

static bool take_entry(reader *r)
{
	retort_diff_entry e = { 0 };

	if (r->n != 8 || !find_diff(r->fields[1], &e.diff) ||
	    !find_kind(r->fields[2], &e.kind))
		return false;
	e.name = r->fields[3];
	e.property = r->fields[4];
	e.before = r->fields[5];
	e.after = r->fields[6];
	e.part = *r->fields[7] != '\0';
	rt_vec_push(&r->entries, e);
	return true;
}

static bool take_lock(reader *r)
{
	retort_lock lock;

	if (r->n != 4)
		return false;
	lock = (retort_lock){ r->fields[1], r->fields[2],
			      *r->fields[3] != '\0' };
	rt_vec_push(&r->locks, lock);
	return true;
}

/* What was collected belongs to the statement before. */
static void close_statement(reader *r)
{
	rt_arena *arena = &r->effects->arena;
	retort_effect *e;

	if (r->effects->list.n == 0)
		return;
	e = &r->effects->list.v[r->effects->list.n - 1];
	e->n_entries = r->entries.n;
	e->n_locks = r->locks.n;
	if (r->entries.n) {
		retort_diff_entry *copy = rt_arena_calloc(
			arena, r->entries.n, sizeof(*copy));

		memcpy(copy, r->entries.v, r->entries.n * sizeof(*copy));
		e->entries = copy;
	}
	if (r->locks.n) {
		retort_lock *copy = rt_arena_calloc(arena, r->locks.n,
						    sizeof(*copy));

		memcpy(copy, r->locks.v, r->locks.n * sizeof(*copy));
		e->locks = copy;
	}
	r->entries.n = r->locks.n = 0;
}

static bool take_statement(reader *r)
{
	retort_effect e = { 0 };

	if (r->n != 2)
		return false;
	close_statement(r);
	e.unmeasured = r->fields[1];
	rt_vec_push(&r->effects->list, e);
	return true;
}

static bool take_line(reader *r, rt_sv line)
{
	if (!cut(r, line))
		return false;
	if (!strcmp(r->fields[0], "statement"))
		return take_statement(r);
	if (r->effects->list.n == 0)
		return false;
	if (!strcmp(r->fields[0], "entry"))
		return take_entry(r);
	return !strcmp(r->fields[0], "lock") && take_lock(r);
}

retort_effects *rt_effects_read(rt_sv text)
{
	reader r = { .effects = rt_calloc(1, sizeof(*r.effects)) };
	bool good, ended = false;
	rt_sv line;

	good = rt_sv_line(&text, &line) && rt_sv_is(line, FIRST_LINE);
	while (good && !ended && rt_sv_line(&text, &line)) {
		ended = rt_sv_is(line, LAST_LINE);
		good = ended || take_line(&r, line);
	}
	close_statement(&r);
	rt_vec_free(&r.entries);
	rt_vec_free(&r.locks);
	if (!good || !ended || r.effects->list.n == 0) {
		retort_effects_free(r.effects);
		return NULL;
	}
	return r.effects;
}
