/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/keys/keymap.h"

#include "base/alloc.h"
#include "base/err.h"

/* Whether a lookup in `context` sees bindings of `of`. */
static bool sees(rt_context context, rt_context of)
{
	if (context == of)
		return true;
	return of == RT_CONTEXT_ANY && context != RT_CONTEXT_PROMPT &&
	       context != RT_CONTEXT_DIALOG;
}

static void add(rt_keymap *m, rt_context context, rt_action action,
		rt_sv keys, bool by_user)
{
	rt_binding b = { context, { { { 0, 0 } }, 0 }, action, by_user };
	rt_sv word;

	while (rt_sv_split(&keys, ' ', &word))
		if (word.n && rt_keyseq_parse(word, &b.seq))
			rt_vec_push(&m->bindings, b);
}

void rt_keymap_init(rt_keymap *m)
{
	const rt_action_info *info;
	int i;

	*m = (rt_keymap)RT_KEYMAP_INIT;
	for (i = RT_ACTION_NONE + 1; i < RT_ACTION_COUNT; i++) {
		info = rt_action_info_of((rt_action)i);
		add(m, info->context, info->action, rt_sv_from(info->keys),
		    false);
	}
}

void rt_keymap_free(rt_keymap *m)
{
	rt_vec_free(&m->bindings);
}

static bool clash(const rt_keyseq *a, const rt_keyseq *b)
{
	return rt_keyseq_starts(a, b) || rt_keyseq_starts(b, a);
}

/* The keys of a new binding must be keys, and not clash with what the user
 * has bound already. */
static int check_keys(const rt_keymap *m, rt_context context,
		      rt_action action, rt_sv keys, retort_error *err)
{
	const rt_binding *b;
	rt_keyseq seq;
	rt_sv word;
	size_t i;

	while (rt_sv_split(&keys, ' ', &word)) {
		if (!word.n)
			continue;
		if (!rt_keyseq_parse(word, &seq))
			return rt_err_set(err, RETORT_EUSAGE,
					  "'%.*s' is not a key", (int)word.n,
					  word.p);
		for (i = 0; i < m->bindings.n; i++) {
			b = &m->bindings.v[i];
			if (b->by_user && b->context == context &&
			    b->action != action && clash(&b->seq, &seq))
				return rt_err_set(
					err, RETORT_EUSAGE,
					"key '%.*s' is bound to '%s' already",
					(int)word.n, word.p,
					rt_action_info_of(b->action)->name);
		}
	}
	return 0;
}

/* Take away what the action had, and what others have of these keys. */
static void make_room(rt_keymap *m, rt_context context, rt_action action,
		      rt_sv keys)
{
	rt_keyseq seq;
	rt_sv rest, word;
	size_t i, kept = 0;
	bool drop;

	for (i = 0; i < m->bindings.n; i++) {
		rt_binding b = m->bindings.v[i];

		drop = b.context == context && b.action == action;
		rest = keys;
		while (b.context == context && !drop &&
		       rt_sv_split(&rest, ' ', &word))
			drop = word.n && rt_keyseq_parse(word, &seq) &&
			       clash(&b.seq, &seq);
		if (!drop)
			m->bindings.v[kept++] = b;
	}
	m->bindings.n = kept;
}

int rt_keymap_bind(rt_keymap *m, rt_sv name, rt_sv keys, retort_error *err)
{
	size_t dot = rt_sv_find(name, '.');
	rt_sv word = dot < name.n ? rt_sv_sub(name, dot + 1, name.n) : name;
	rt_action action = rt_action_find(word);
	rt_context context = rt_action_info_of(action)->context;
	int rc;

	if (dot < name.n && !rt_context_find(rt_sv_sub(name, 0, dot), &context))
		return rt_err_set(err, RETORT_EUSAGE,
				  "there is no context '%.*s'", (int)dot,
				  name.p);
	if (action == RT_ACTION_NONE)
		return rt_err_set(err, RETORT_EUSAGE,
				  "there is no action '%.*s'", (int)word.n,
				  word.p);
	rc = check_keys(m, context, action, keys, err);
	if (rc)
		return rc;
	make_room(m, context, action, keys);
	add(m, context, action, keys, true);
	return 0;
}

/* Exact matches of the context itself win over ANY, and over a prefix. */
rt_key_result rt_keymap_find(const rt_keymap *m, rt_context context,
			     const rt_keyseq *typed, rt_action *action)
{
	rt_key_result best = RT_KEYS_NONE;
	bool own = false;
	size_t i;

	*action = RT_ACTION_NONE;
	for (i = 0; i < m->bindings.n; i++) {
		const rt_binding *b = &m->bindings.v[i];

		if (!sees(context, b->context) ||
		    !rt_keyseq_starts(&b->seq, typed))
			continue;
		if (b->seq.n > typed->n) {
			if (best == RT_KEYS_NONE)
				best = RT_KEYS_PREFIX;
		} else if (best != RT_KEYS_ACTION ||
			   (b->context == context && !own)) {
			best = RT_KEYS_ACTION;
			own = b->context == context;
			*action = b->action;
		}
	}
	return best;
}

void rt_keymap_keys(const rt_keymap *m, rt_context context, rt_action action,
		    size_t limit, rt_str *out)
{
	size_t i, n = 0;

	for (i = 0; i < m->bindings.n; i++) {
		const rt_binding *b = &m->bindings.v[i];

		if (b->action != action || !sees(context, b->context))
			continue;
		if (limit && n == limit)
			return;
		if (n++)
			rt_str_addc(out, ' ');
		rt_keyseq_format(&b->seq, out);
	}
}

void rt_keymap_continuations(const rt_keymap *m, rt_context context,
			     const rt_keyseq *typed, rt_str *out)
{
	size_t i;

	for (i = 0; i < m->bindings.n; i++) {
		const rt_binding *b = &m->bindings.v[i];

		if (!sees(context, b->context) || b->seq.n <= typed->n ||
		    !rt_keyseq_starts(&b->seq, typed))
			continue;
		if (out->n)
			rt_str_add(out, "  ");
		rt_key_format(b->seq.keys[typed->n], out);
		rt_str_addf(out, " %s", rt_action_info_of(b->action)->name);
	}
}
