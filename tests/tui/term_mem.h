/* SPDX-License-Identifier: MIT */
/*
 * A terminal in memory: for tests of views without a terminal.
 */
#ifndef RT_TEST_TUI_TERM_MEM_H
#define RT_TEST_TUI_TERM_MEM_H

#include "base/vec.h"
#include "tui/term/term.h"

typedef struct rt_term_mem {
	rt_term base;
	rt_cells frame; /* the last one shown */
	int cursor_row, cursor_col;
	int rows, cols; /* what size() says */
	int bells, frames, redraws;
	rt_str copied;
	RT_VEC(rt_event) events; /* those before `next` have been played */
	size_t next;
} rt_term_mem;

void rt_term_mem_init(rt_term_mem *t, int rows, int cols);
void rt_term_mem_free(rt_term_mem *t);

/* Put in keys, as `rt_keyseq_parse` reads them, separated by spaces. */
void rt_term_mem_type(rt_term_mem *t, const char *keys);

/* A row's text without the spaces at its end; caller frees. */
char *rt_term_mem_row(const rt_term_mem *t, int row);

#endif
