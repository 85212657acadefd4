/* SPDX-License-Identifier: MIT */
/*
 * Text in columns: cells are given row by row; every column gets as wide as
 * its widest cell, the last one stays ragged.
 */
#ifndef RT_UI_TABLE_H
#define RT_UI_TABLE_H

#include "base/vec.h"
#include "ui/out.h"

typedef struct rt_cell {
	char *text; /* clean, one line */
	rt_role role;
	size_t width;
} rt_cell;

typedef struct rt_table {
	size_t columns;
	RT_VEC(rt_cell) cells;
} rt_table;

void rt_table_init(rt_table *t, size_t columns);
void rt_table_cell(rt_table *t, rt_role role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void rt_table_print(const rt_table *t, rt_out *o);
void rt_table_free(rt_table *t);

#endif
