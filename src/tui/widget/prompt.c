/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/widget/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "tui/draw/theme.h"

enum { LINE_MAX_BYTES = 4096, HISTORY_MAX = 200 };

void rt_history_free(rt_history *h)
{
	while (h->n)
		free(h->v[--h->n]);
	rt_vec_free(h);
}

static void drop_candidates(rt_prompt *p)
{
	while (p->candidates.n)
		free(p->candidates.v[--p->candidates.n]);
}

void rt_prompt_open(rt_prompt *p, const char *label, rt_history *history,
		    rt_complete_fn complete, void *self)
{
	memset(p, 0, sizeof(*p));
	p->label = label;
	p->line = (rt_str)RT_STR_INIT;
	p->fresh = (rt_str)RT_STR_INIT;
	p->history = history;
	p->place = history ? history->n : 0;
	p->complete = complete;
	p->self = self;
}

void rt_prompt_close(rt_prompt *p)
{
	drop_candidates(p);
	rt_vec_free(&p->candidates);
	rt_str_free(&p->line);
	rt_str_free(&p->fresh);
}

/* Put text in place of `from` up to the cursor. */
static void replace(rt_prompt *p, size_t from, rt_sv text)
{
	rt_str s = RT_STR_INIT;

	if (p->line.n - (p->cursor - from) + text.n > LINE_MAX_BYTES)
		return;
	rt_str_addn(&s, p->line.p, from);
	rt_str_addsv(&s, text);
	rt_str_add(&s, p->line.p + p->cursor);
	rt_str_free(&p->line);
	p->line = s;
	p->cursor = from + text.n;
}

static size_t before(const rt_prompt *p)
{
	size_t i = p->cursor;

	while (i > 0 && ((unsigned char)p->line.p[--i] & 0xc0) == 0x80)
		;
	return i;
}

static size_t after(const rt_prompt *p)
{
	size_t i = p->cursor;

	if (i < p->line.n)
		i++;
	while (i < p->line.n && ((unsigned char)p->line.p[i] & 0xc0) == 0x80)
		i++;
	return i;
}

static size_t word_start(const rt_prompt *p)
{
	size_t i = p->cursor;

	while (i > 0 && p->line.p[i - 1] == ' ')
		i--;
	while (i > 0 && p->line.p[i - 1] != ' ')
		i--;
	return i;
}

static void set_line(rt_prompt *p, rt_sv text)
{
	p->cursor = p->line.n;
	replace(p, 0, text);
}

static void walk_history(rt_prompt *p, bool older)
{
	size_t n = p->history ? p->history->n : 0;

	if (older ? p->place == 0 : p->place >= n)
		return;
	if (p->place == n) {
		rt_str_clear(&p->fresh);
		rt_str_addsv(&p->fresh, rt_str_sv(&p->line));
	}
	p->place += older ? (size_t)-1 : 1;
	set_line(p, p->place == n ? rt_str_sv(&p->fresh)
				  : rt_sv_from(p->history->v[p->place]));
}

static void remember(rt_prompt *p)
{
	rt_history *h = p->history;

	if (!h || !p->line.n ||
	    (h->n && strcmp(h->v[h->n - 1], p->line.p) == 0))
		return;
	if (h->n == HISTORY_MAX) {
		free(h->v[0]);
		memmove(h->v, h->v + 1, --h->n * sizeof(*h->v));
	}
	rt_vec_push(h, rt_strdup(p->line.p));
}

/* How many bytes all candidates begin with. */
static size_t common_start(const rt_prompt *p)
{
	const char *first = p->candidates.v[0];
	size_t i, k, n = strlen(first);

	for (i = 1; i < p->candidates.n; i++) {
		for (k = 0; k < n && p->candidates.v[i][k] == first[k];)
			k++;
		n = k;
	}
	return n;
}

static void take_next(rt_prompt *p)
{
	replace(p, p->word, rt_sv_from(p->candidates.v[p->candidate]));
	p->candidate = (p->candidate + 1) % p->candidates.n;
}

/* Tab: first what all ways have in common, where that is more than is typed,
 * then one after the other. */
static rt_prompt_result complete(rt_prompt *p)
{
	size_t typed, common;

	if (!p->complete)
		return RT_PROMPT_TYPING;
	if (p->candidates.n) {
		take_next(p);
		return RT_PROMPT_CHANGED;
	}
	p->word = p->cursor;
	p->complete(p->self, (rt_sv){ p->line.p, p->cursor }, &p->word,
		    &p->candidates);
	if (!p->candidates.n)
		return RT_PROMPT_UNKNOWN;
	typed = p->cursor - p->word;
	common = common_start(p);
	/* a first one that the others begin with stands there by then */
	p->candidate = p->candidates.n > 1 && !p->candidates.v[0][common];
	if (p->candidates.n == 1) {
		take_next(p);
		replace(p, p->cursor, RT_SV(" "));
		drop_candidates(p);
	} else if (common > typed) {
		replace(p, p->word, (rt_sv){ p->candidates.v[0], common });
	} else {
		take_next(p);
	}
	return RT_PROMPT_CHANGED;
}

static rt_prompt_result erase_back(rt_prompt *p)
{
	if (!p->line.n)
		return RT_PROMPT_LEFT;
	replace(p, before(p), RT_SV(""));
	return RT_PROMPT_CHANGED;
}

static void erase_forward(rt_prompt *p)
{
	size_t from = p->cursor;

	p->cursor = after(p);
	replace(p, from, RT_SV(""));
}

static rt_prompt_result act(rt_prompt *p, rt_action action)
{
	switch (action) {
	case RT_ACTION_P_ACCEPT:
		remember(p);
		return RT_PROMPT_ACCEPTED;
	case RT_ACTION_P_LEAVE:
		return RT_PROMPT_LEFT;
	case RT_ACTION_P_OLDER:
	case RT_ACTION_P_NEWER:
		walk_history(p, action == RT_ACTION_P_OLDER);
		return RT_PROMPT_CHANGED;
	case RT_ACTION_P_LEFT:
		p->cursor = before(p);
		return RT_PROMPT_TYPING;
	case RT_ACTION_P_RIGHT:
		p->cursor = after(p);
		return RT_PROMPT_TYPING;
	case RT_ACTION_P_START:
		p->cursor = 0;
		return RT_PROMPT_TYPING;
	case RT_ACTION_P_END:
		p->cursor = p->line.n;
		return RT_PROMPT_TYPING;
	case RT_ACTION_P_ERASE:
		return erase_back(p);
	case RT_ACTION_P_DELETE:
		erase_forward(p);
		return RT_PROMPT_CHANGED;
	case RT_ACTION_P_ERASE_WORD:
		replace(p, word_start(p), RT_SV(""));
		return RT_PROMPT_CHANGED;
	case RT_ACTION_P_ERASE_LINE:
		replace(p, 0, RT_SV(""));
		return RT_PROMPT_CHANGED;
	default:
		return RT_PROMPT_UNKNOWN;
	}
}

rt_prompt_result rt_prompt_key(rt_prompt *p, const rt_keymap *keys, rt_key key)
{
	rt_keyseq typed = { { key }, 1 };
	rt_str text = RT_STR_INIT;
	rt_action action;

	rt_keymap_find(keys, RT_CONTEXT_PROMPT, &typed, &action);
	if (action == RT_ACTION_P_COMPLETE)
		return complete(p);
	drop_candidates(p);
	if (action != RT_ACTION_NONE)
		return act(p, action);
	if (key.mods || key.code >= RT_KEY_FIRST_)
		return RT_PROMPT_UNKNOWN;
	rt_utf8_encode(key.code, &text);
	replace(p, p->cursor, rt_str_sv(&text));
	rt_str_free(&text);
	return RT_PROMPT_CHANGED;
}

void rt_prompt_paste(rt_prompt *p, rt_sv text)
{
	rt_str s = RT_STR_INIT;
	size_t i;

	rt_str_addsv(&s, text);
	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20)
			s.p[i] = ' ';
	replace(p, p->cursor, rt_sv_trim(rt_str_sv(&s)));
	rt_str_free(&s);
}

/* The line scrolls to the left where the cursor would fall off. */
void rt_prompt_draw(const rt_prompt *p, rt_area a, int *col)
{
	rt_style plain = RT_STYLE(TEXT);
	rt_area text;
	int start, cursor, shift;

	rt_area_clear(rt_area_sub(a, 0, 0, 1, a.cols), plain);
	start = rt_area_puts(a, 0, 0, RT_STYLE(HINT_KEY), p->label);
	text = rt_area_sub(a, 0, start, 1, a.cols);
	cursor = rt_cluster_columns((rt_sv){ p->line.p, p->cursor },
				    a.cells->ascii);
	shift = cursor >= text.cols ? cursor - text.cols + 1 : 0;
	rt_area_put(text, 0, -shift, plain, rt_str_sv(&p->line));
	*col = start + cursor - shift;
}
