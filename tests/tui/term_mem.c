/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/term_mem.h"

#include <string.h>

#include "base/alloc.h"

/* Every rt_term of these operations is the first field of an rt_term_mem. */
static rt_term_mem *mem(rt_term *t)
{
	return (rt_term_mem *)t;
}

static void mem_size(rt_term *t, int *rows, int *cols)
{
	*rows = mem(t)->rows;
	*cols = mem(t)->cols;
}

static void mem_put(rt_term *t, const rt_cells *frame, int cursor_row,
		    int cursor_col)
{
	rt_term_mem *m = mem(t);
	size_t n = (size_t)frame->rows * (size_t)frame->cols;

	rt_cells_resize(&m->frame, frame->rows, frame->cols);
	memcpy(m->frame.v, frame->v, n * sizeof(*frame->v));
	m->cursor_row = cursor_row;
	m->cursor_col = cursor_col;
	m->frames++;
}

static bool mem_next(rt_term *t, rt_event *event)
{
	rt_term_mem *m = mem(t);

	if (m->next == m->events.n)
		return false;
	*event = m->events.v[m->next++];
	return true;
}

static void mem_redraw(rt_term *t)
{
	mem(t)->redraws++;
}

static void mem_bell(rt_term *t)
{
	mem(t)->bells++;
}

static bool mem_copy(rt_term *t, rt_sv text)
{
	rt_str_clear(&mem(t)->copied);
	rt_str_addsv(&mem(t)->copied, text);
	return true;
}

static void mem_nothing(rt_term *t)
{
	(void)t;
}

static void mem_theme(rt_term *t, const rt_theme *theme)
{
	(void)t;
	(void)theme;
}

static void mem_mouse(rt_term *t, bool on)
{
	(void)t;
	(void)on;
}

static const rt_term_ops mem_ops = {
	.size = mem_size,
	.put = mem_put,
	.next = mem_next,
	.redraw = mem_redraw,
	.bell = mem_bell,
	.copy = mem_copy,
	.leave = mem_nothing,
	.enter = mem_nothing,
	.theme = mem_theme,
	.mouse = mem_mouse,
	.close = mem_nothing,
};

void rt_term_mem_init(rt_term_mem *t, int rows, int cols)
{
	memset(t, 0, sizeof(*t));
	t->base.ops = &mem_ops;
	t->base.fd = -1;
	t->base.signals = -1;
	t->base.colours = 16;
	t->rows = rows;
	t->cols = cols;
	t->copied = (rt_str)RT_STR_INIT;
}

void rt_term_mem_free(rt_term_mem *t)
{
	rt_cells_free(&t->frame);
	rt_str_free(&t->copied);
	rt_vec_free(&t->events);
}

void rt_term_mem_type(rt_term_mem *t, const char *keys)
{
	rt_sv rest = rt_sv_from(keys), word;
	rt_event ev = { .kind = RT_EVENT_KEY };
	rt_keyseq seq;
	unsigned i;

	while (rt_sv_split(&rest, ' ', &word)) {
		RT_ASSERT(rt_keyseq_parse(word, &seq));
		for (i = 0; i < seq.n; i++) {
			ev.key = seq.keys[i];
			rt_vec_push(&t->events, ev);
		}
	}
}

char *rt_term_mem_row(const rt_term_mem *t, int row)
{
	rt_str s = RT_STR_INIT;
	const rt_cell *c;
	int col;

	for (col = 0; col < t->frame.cols; col++) {
		c = rt_cells_at(&t->frame, row, col);
		rt_str_addn(&s, c->glyph.text, c->glyph.n);
	}
	while (s.n && s.p[s.n - 1] == ' ')
		rt_str_truncate(&s, s.n - 1);
	return rt_str_take(&s);
}
