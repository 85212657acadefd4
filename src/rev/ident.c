/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "rev/ident.h"

/* Farther than any graph reaches. */
#define FAR 2000000000L

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters and digits of any script: every byte beyond ASCII is taken. */
static bool is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

/* Sign and digits at `at`; false if there are none. */
static bool take_number(rt_sv text, size_t at, rt_relative *out)
{
	size_t i = at + 1;
	long n = 0;

	if (i >= text.n || (text.p[at] != '+' && text.p[at] != '-') ||
	    !is_digit(text.p[i]))
		return false;
	for (; i < text.n && is_digit(text.p[i]); i++)
		n = n < FAR / 10 ? n * 10 + (text.p[i] - '0') : FAR;
	out->number = rt_sv_sub(text, at, i - at);
	out->steps = text.p[at] == '-' ? -n : n;
	return true;
}

/* [SYMBOL](+|-)N from `at` on. */
static bool take_tail(rt_sv text, size_t at, rt_relative *out)
{
	size_t i = at;

	while (i < text.n && is_word(text.p[i]))
		i++;
	out->symbol = rt_sv_sub(text, at, i - at);
	return take_number(text, i, out);
}

bool rt_ident_relative(const retort_graph *g, rt_sv text, rt_relative *out)
{
	rt_sv name = text;
	size_t i;

	*out = (rt_relative){ 0 };
	if (rt_map_find(&g->keys, text))
		return false;
	/* The shortest label that leaves a relative rest. */
	for (i = 1; i < text.n; i++) {
		if (text.p[i] != '@' || !take_tail(text, i + 1, out))
			continue;
		out->label = rt_sv_sub(text, 0, i);
		return true;
	}
	name.n = rt_sv_find(text, '@');
	if (name.n < text.n && rt_map_find(&g->keys, name))
		return false;
	return take_tail(text, 0, out);
}

void rt_ident_split(rt_sv text, rt_sv *label, rt_sv *rest)
{
	size_t at = rt_sv_find(text, '@');

	if (at == text.n) {
		*label = rt_sv_sub(text, 0, 0);
		*rest = text;
		return;
	}
	*label = rt_sv_sub(text, 0, at);
	*rest = rt_sv_sub(text, at + 1, text.n);
}

bool rt_ident_below_heads(rt_sv text, long *steps)
{
	rt_relative rel;

	text = rt_sv_trim(text);
	if (!text.n || text.p[0] != '-' || !take_number(text, 0, &rel))
		return false;
	*steps = rel.steps;
	return rel.number.n == text.n && rel.steps < 0;
}

rt_sv rt_ident_amount(rt_sv number)
{
	size_t i = 1;

	while (i + 1 < number.n && number.p[i] == '0')
		i++;
	return rt_sv_sub(number, i, number.n);
}
