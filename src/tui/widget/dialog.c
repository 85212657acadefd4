/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/widget/dialog.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tui/draw/theme.h"

void rt_dialog_open(rt_dialog *d, rt_dialog_kind kind, const char *title,
		    const char *text)
{
	memset(d, 0, sizeof(*d));
	d->kind = kind;
	d->title = d->text = d->yes = (rt_str)RT_STR_INIT;
	rt_str_add(&d->title, title);
	rt_str_add(&d->text, text);
	d->armed = kind == RT_DIALOG_MESSAGE || kind == RT_DIALOG_CHOOSE;
	rt_prompt_open(&d->prompt, "> ", NULL, NULL, NULL);
}

void rt_dialog_add_choice(rt_dialog *d, const char *text)
{
	rt_vec_push(&d->choices, rt_strdup(text));
}

void rt_dialog_set_yes(rt_dialog *d, const char *yes)
{
	rt_str_clear(&d->yes);
	rt_str_add(&d->yes, yes);
}

void rt_dialog_close(rt_dialog *d)
{
	if (d->kind == RT_DIALOG_NONE)
		return;
	while (d->choices.n)
		free(d->choices.v[--d->choices.n]);
	rt_vec_free(&d->choices);
	rt_prompt_close(&d->prompt);
	rt_str_free(&d->title);
	rt_str_free(&d->text);
	rt_str_free(&d->yes);
	d->kind = RT_DIALOG_NONE;
}

static void move(rt_dialog *d, bool down)
{
	size_t n = d->choices.n;

	if (d->kind != RT_DIALOG_CHOOSE)
		d->top += down ? 1 : d->top ? (size_t)-1 : 0;
	else if (down && d->choice + 1 < n)
		d->choice++;
	else if (!down && d->choice)
		d->choice--;
}

static rt_answer typed_key(rt_dialog *d, const rt_keymap *keys, rt_key key)
{
	rt_prompt_result r = rt_prompt_key(&d->prompt, keys, key);

	if (r == RT_PROMPT_LEFT && key.code != RT_KEY_BACKSPACE)
		return RT_ANSWER_NO;
	if (r == RT_PROMPT_ACCEPTED &&
	    strcmp(d->prompt.line.p, d->yes.p) == 0)
		return RT_ANSWER_YES;
	return RT_ANSWER_OPEN;
}

static rt_answer accept(const rt_dialog *d)
{
	if (d->kind == RT_DIALOG_CHOOSE)
		return RT_ANSWER_YES;
	return d->kind == RT_DIALOG_MESSAGE ? RT_ANSWER_NO : RT_ANSWER_OPEN;
}

rt_answer rt_dialog_key(rt_dialog *d, const rt_keymap *keys, rt_key key)
{
	rt_keyseq typed = { { key }, 1 };
	rt_action action;

	if (!d->armed)
		return RT_ANSWER_OPEN;
	if (d->kind == RT_DIALOG_TYPED)
		return typed_key(d, keys, key);
	rt_keymap_find(keys, RT_CONTEXT_DIALOG, &typed, &action);
	if (action == RT_ACTION_D_NO)
		return RT_ANSWER_NO;
	if (action == RT_ACTION_D_YES && d->kind == RT_DIALOG_CONFIRM)
		return RT_ANSWER_YES;
	if (action == RT_ACTION_D_ACCEPT)
		return accept(d);
	if (action == RT_ACTION_D_UP || action == RT_ACTION_D_DOWN)
		move(d, action == RT_ACTION_D_DOWN);
	return RT_ANSWER_OPEN;
}

static const char *foot(const rt_dialog *d, rt_str *out)
{
	switch (d->kind) {
	case RT_DIALOG_CONFIRM:
		rt_str_addf(out, "y %s   n leave   Enter does nothing",
			    d->yes.p);
		break;
	case RT_DIALOG_TYPED:
		rt_str_addf(out, "type %s, then Enter   Esc leave", d->yes.p);
		break;
	case RT_DIALOG_CHOOSE:
		rt_str_add(out, "Enter take   Esc leave");
		break;
	case RT_DIALOG_MESSAGE:
	case RT_DIALOG_NONE:
		rt_str_add(out, "Enter close");
		break;
	}
	return out->p;
}

static int count_lines(rt_sv text, bool ascii, int *widest)
{
	rt_sv line;
	int n = 0, cols;

	while (rt_sv_line(&text, &line)) {
		cols = rt_cluster_columns(line, ascii);
		*widest = cols > *widest ? cols : *widest;
		n++;
	}
	return n;
}

/* The box: border, title on its upper, keys on its lower edge once they
 * count. */
static rt_area draw_frame(const rt_dialog *d, rt_area a, const rt_glyphs *g)
{
	rt_style s = { d->danger ? RT_FACE_ERROR : RT_FACE_TITLE, 0 };
	rt_str keys = RT_STR_INIT;
	int row, right = a.cols - 1, last = a.rows - 1;

	rt_area_clear(a, RT_STYLE(TEXT));
	rt_area_rule(a, 0, 0, a.cols, s, g->rule);
	rt_area_rule(a, last, 0, a.cols, s, g->rule);
	for (row = 1; row < last; row++) {
		rt_area_puts(a, row, 0, s, g->bar);
		rt_area_puts(a, row, right, s, g->bar);
	}
	rt_area_puts(a, 0, 0, s, g->corner_ul);
	rt_area_puts(a, 0, right, s, g->corner_ur);
	rt_area_puts(a, last, 0, s, g->corner_ll);
	rt_area_puts(a, last, right, s, g->corner_lr);
	rt_area_puts(a, 0, 2, s, " ");
	row = rt_area_fit(a, 0, 3, a.cols - 6, s, rt_str_sv(&d->title));
	rt_area_puts(a, 0, row, s, " ");
	if (d->armed) {
		rt_area_puts(a, last, 2, s, " ");
		row = rt_area_fit(a, last, 3, a.cols - 6, s,
				  rt_sv_from(foot(d, &keys)));
		rt_area_puts(a, last, row, s, " ");
	}
	rt_str_free(&keys);
	return rt_area_sub(a, 1, 2, a.rows - 2, a.cols - 4);
}

/* The first line shown, so that the choice can be seen and nothing is
 * scrolled further than need be. */
static int scrolled(rt_dialog *d, int lines, int height)
{
	int most = lines > height ? lines - height : 0;
	int text = lines - (int)d->choices.n;

	if (d->kind == RT_DIALOG_CHOOSE) {
		int at = text + (int)d->choice;

		return at >= height ? at - height + 1 : 0;
	}
	if (d->top > (size_t)most)
		d->top = (size_t)most;
	return (int)d->top;
}

static int draw_text(rt_area a, int row, rt_sv text)
{
	rt_sv line;

	while (rt_sv_line(&text, &line))
		rt_area_fit(a, row++, 0, a.cols, RT_STYLE(TEXT), line);
	return row;
}

static void draw_choices(const rt_dialog *d, rt_area a, int row,
			 const rt_glyphs *g, int *cursor_row)
{
	size_t i;

	for (i = 0; i < d->choices.n; i++, row++) {
		rt_area_fit(a, row, 2, a.cols - 2, RT_STYLE(TEXT),
			    rt_sv_from(d->choices.v[i]));
		if (i != d->choice)
			continue;
		rt_area_puts(a, row, 0, RT_STYLE(TEXT), g->cursor);
		rt_area_restyle(a, row, 0, a.cols, RT_STYLE(SELECTED));
		*cursor_row = row;
	}
}

void rt_dialog_draw(rt_dialog *d, rt_area a, const rt_glyphs *g, int *row,
		    int *col)
{
	int widest = 24, lines, rows, cols, y, x = 0, at = 0;
	bool typed = d->kind == RT_DIALOG_TYPED;
	rt_str keys = RT_STR_INIT;
	rt_area box, in;
	size_t i;

	count_lines(rt_str_sv(&d->title), a.cells->ascii, &widest);
	count_lines(rt_sv_from(foot(d, &keys)), a.cells->ascii, &widest);
	lines = count_lines(rt_str_sv(&d->text), a.cells->ascii, &widest);
	for (i = 0; i < d->choices.n; i++)
		count_lines(rt_sv_from(d->choices.v[i]), a.cells->ascii,
			    &widest);
	rt_str_free(&keys);
	lines += (int)d->choices.n;
	cols = widest + 8 > a.cols ? a.cols : widest + 8;
	rows = lines + 2 + typed > a.rows ? a.rows : lines + 2 + typed;
	box = rt_area_sub(a, (a.rows - rows) / 2, (a.cols - cols) / 2, rows,
			  cols);
	in = draw_frame(d, box, g);
	y = -scrolled(d, lines, in.rows - typed);
	y = draw_text(in, y, rt_str_sv(&d->text));
	draw_choices(d, in, y, g, &at);
	if (typed) {
		at = in.rows - 1;
		rt_prompt_draw(&d->prompt, rt_area_sub(in, at, 0, 1, in.cols),
			       &x);
	}
	*row = in.row - a.row + at;
	*col = in.col - a.col + x;
}
