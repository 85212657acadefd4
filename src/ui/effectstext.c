/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/effectstext.h"

#include "ui/difftext.h"

enum { SQL_SHOWN = 72 };

char *rt_effectstext_cache(const char *cache, const char *home)
{
	/* a relative one is to be ignored, says the XDG specification */
	if (cache && *cache == '/')
		return rt_strf("%s/retort/effects", cache);
	if (home && *home == '/')
		return rt_strf("%s/.cache/retort/effects", home);
	return NULL;
}

static void add_lock(rt_str *out, const retort_lock *lock)
{
	if (*lock->mode)
		rt_str_addf(out, "! locks %s (%s)", lock->table, lock->mode);
	if (lock->rewritten)
		rt_str_addf(out, "%s%s%s all its rows anew",
			    *lock->mode ? ", writes" : "! writes ",
			    *lock->mode ? "" : lock->table,
			    *lock->mode ? "" : ":");
	rt_str_addc(out, '\n');
}

void rt_effectstext_lines(rt_str *out, const retort_effect *effect)
{
	size_t i;

	for (i = 0; i < effect->n_entries; i++) {
		const retort_diff_entry *e = &effect->entries[i];

		if (e->part)
			continue;
		rt_str_addf(out, "%c ", rt_difftext_mark(e));
		rt_difftext_entry(out, e);
		rt_str_addc(out, '\n');
	}
	for (i = 0; i < effect->n_locks; i++)
		add_lock(out, &effect->locks[i]);
	if (*effect->unmeasured)
		rt_str_addf(out, "? locks are not known: it %s\n",
			    effect->unmeasured);
}

/* The colour of such a line, by its mark. */
static rt_role role_of(rt_sv line)
{
	switch (line.n ? line.p[0] : ' ') {
	case '+':
		return RT_ROLE_GOOD;
	case '-':
		return RT_ROLE_ERROR;
	case '~':
	case '!':
		return RT_ROLE_WARNING;
	default:
		return RT_ROLE_DIM;
	}
}

/* The statement on one line, as far as it fits. */
static void print_statement(rt_out *o, const retort_statement *s)
{
	rt_sv text = { s->sql, s->length };
	rt_str line = RT_STR_INIT;
	size_t i;

	for (i = 0; i < text.n && line.n < SQL_SHOWN; i++) {
		bool space = text.p[i] == '\n' || text.p[i] == '\t' ||
			     text.p[i] == ' ' || text.p[i] == '\r';

		if (!space)
			rt_str_addc(&line, text.p[i]);
		else if (line.n && line.p[line.n - 1] != ' ')
			rt_str_addc(&line, ' ');
	}
	if (i < text.n)
		rt_str_add(&line, "...");
	rt_out_field(o, RT_ROLE_KEYWORD, line.p);
	rt_out_printf(o, "\n");
	rt_str_free(&line);
}

static void print_effect(rt_out *o, const retort_effect *effect)
{
	rt_str text = RT_STR_INIT;
	rt_sv rest, line;

	rt_effectstext_lines(&text, effect);
	rest = rt_str_sv(&text);
	while (rt_sv_line(&rest, &line)) {
		rt_out_printf(o, "  ");
		rt_out_lines(o, role_of(line), line);
		rt_out_printf(o, "\n");
	}
	rt_str_free(&text);
}

void rt_effectstext(rt_out *o, const retort_effects *effects,
		    const retort_script *script)
{
	size_t i;

	for (i = 0; i < retort_effects_count(effects); i++) {
		if (i < retort_script_count(script))
			print_statement(o, retort_script_statement(script, i));
		print_effect(o, retort_effects_at(effects, i));
	}
}
