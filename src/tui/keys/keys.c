/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/keys/keys.h"

#include "base/utf8.h"

static const struct name {
	uint32_t code;
	const char *text;
} names[] = {
#define ROW(name, text) { RT_KEY_##name, text },
	RT_KEY_NAMES(ROW)
#undef ROW
	{ ' ', "Space" },
	{ '<', "lt" },
	/* other words for the same, read but not shown */
	{ RT_KEY_PGUP, "PageUp" },
	{ RT_KEY_PGDN, "PageDown" },
	{ RT_KEY_ENTER, "Return" },
	{ RT_KEY_ENTER, "CR" },
	{ RT_KEY_ESC, "Escape" },
	{ RT_KEY_BACKSPACE, "BS" },
	{ RT_KEY_DELETE, "Delete" },
	{ RT_KEY_INSERT, "Insert" },
};

enum { N_NAMES = sizeof(names) / sizeof(names[0]) };

static bool key_equal(rt_key a, rt_key b)
{
	return a.code == b.code && a.mods == b.mods;
}

rt_key rt_key_from_char(uint32_t ch)
{
	rt_key k = { ch, 0 };

	if (ch == '\t')
		k.code = RT_KEY_TAB;
	else if (ch == '\r' || ch == '\n')
		k.code = RT_KEY_ENTER;
	else if (ch == 0x1b)
		k.code = RT_KEY_ESC;
	else if (ch == 0x7f || ch == '\b')
		k.code = RT_KEY_BACKSPACE;
	else if (ch == 0)
		k = (rt_key){ ' ', RT_MOD_CTRL };
	else if (ch < 27)
		k = (rt_key){ 'a' + ch - 1, RT_MOD_CTRL };
	else if (ch < 32)
		k = (rt_key){ ch + 64, RT_MOD_CTRL };
	return k;
}

static unsigned modifier(char c)
{
	switch (c) {
	case 'C':
		return RT_MOD_CTRL;
	case 'M':
	case 'A':
		return RT_MOD_ALT;
	case 'S':
		return RT_MOD_SHIFT;
	}
	return 0;
}

/* Ctrl folds what terminals fold; see the header. */
static rt_key fold(rt_key k)
{
	rt_key c;

	if (!(k.mods & RT_MOD_CTRL) || k.code > 0x7f)
		return k;
	if (k.code >= 'A' && k.code <= 'Z')
		k.code += 'a' - 'A';
	if (k.code < '@' && k.code != '?')
		return k;
	c = rt_key_from_char(k.code & 0x1f);
	if (c.mods & RT_MOD_CTRL)
		return k;
	return (rt_key){ c.code, k.mods & ~(unsigned)RT_MOD_CTRL };
}

/* One key, the whole of `text`: modifiers, then a name or a character. */
static bool parse_one(rt_sv text, rt_key *out)
{
	size_t i;

	out->mods = 0;
	while (text.n > 2 && text.p[1] == '-' && modifier(text.p[0])) {
		out->mods |= modifier(text.p[0]);
		text = rt_sv_sub(text, 2, text.n);
	}
	for (i = 0; i < N_NAMES; i++)
		if (rt_sv_is_nocase(text, names[i].text))
			break;
	if (i < N_NAMES)
		out->code = names[i].code;
	else if (!text.n || rt_utf8_decode(text, &out->code) != text.n ||
		 out->code <= ' ')
		return false;
	*out = fold(*out);
	return true;
}

/* The next key of a sequence: a character, or a name in <>. */
static bool parse_next(rt_sv *rest, rt_key *out)
{
	size_t end;
	uint32_t ch;

	if (rest->p[0] == '<') {
		end = rt_sv_find(*rest, '>');
		if (end == rest->n ||
		    !parse_one(rt_sv_sub(*rest, 1, end - 1), out))
			return false;
		*rest = rt_sv_sub(*rest, end + 1, rest->n);
		return true;
	}
	end = rt_utf8_decode(*rest, &ch);
	if (!end || ch <= ' ')
		return false;
	*out = (rt_key){ ch, 0 };
	*rest = rt_sv_sub(*rest, end, rest->n);
	return true;
}

bool rt_keyseq_parse(rt_sv text, rt_keyseq *out)
{
	out->n = 1;
	if (!text.n)
		return false;
	if (parse_one(text, &out->keys[0]))
		return true;
	for (out->n = 0; text.n; out->n++)
		if (out->n == RT_KEYSEQ_MAX ||
		    !parse_next(&text, &out->keys[out->n]))
			return false;
	return true;
}

bool rt_keyseq_starts(const rt_keyseq *seq, const rt_keyseq *start)
{
	unsigned i;

	if (start->n > seq->n)
		return false;
	for (i = 0; i < start->n; i++)
		if (!key_equal(seq->keys[i], start->keys[i]))
			return false;
	return true;
}

static bool is_plain(rt_key k)
{
	return k.mods == 0 && k.code > ' ' && k.code < RT_KEY_FIRST_;
}

void rt_key_format(rt_key k, rt_str *out)
{
	size_t i;

	if (k.mods & RT_MOD_CTRL)
		rt_str_add(out, "C-");
	if (k.mods & RT_MOD_ALT)
		rt_str_add(out, "M-");
	if (k.mods & RT_MOD_SHIFT)
		rt_str_add(out, "S-");
	for (i = 0; i < N_NAMES; i++)
		if (names[i].code == k.code && k.code != '<')
			break;
	if (i < N_NAMES)
		rt_str_add(out, names[i].text);
	else
		rt_utf8_encode(k.code, out);
}

void rt_keyseq_format(const rt_keyseq *seq, rt_str *out)
{
	unsigned i;

	if (seq->n == 1) {
		rt_key_format(seq->keys[0], out);
		return;
	}
	for (i = 0; i < seq->n; i++) {
		bool named = !is_plain(seq->keys[i]);

		if (named)
			rt_str_addc(out, '<');
		rt_key_format(seq->keys[i], out);
		if (named)
			rt_str_addc(out, '>');
	}
}
