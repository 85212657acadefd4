/* SPDX-License-Identifier: MIT */
/*
 * Screens as text: what is on them, then how it looks, as runs.
 *
 *     80x24 cursor 1,0
 *     > a line of text
 *     --- attributes
 *     1 0+80 bold reverse fg=68
 */
#ifndef RT_TEST_SCREEN_GOLDEN_H
#define RT_TEST_SCREEN_GOLDEN_H

#include <stdbool.h>
#include <stdint.h>

#include <vterm.h>

#include "base/str.h"

char *rt_golden_row(VTermScreen *screen, int row, int cols);
void rt_golden_dump(VTermScreen *screen, int rows, int cols, VTermPos cursor,
		    rt_str *out);

/* Does the file hold this? */
bool rt_golden_is(const char *name, const rt_str *got);

/* Fail the test unless the file holds this; see rt_screen_golden. */
void rt_golden_compare(const char *name, const rt_str *got);

#endif
