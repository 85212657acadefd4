/* SPDX-License-Identifier: MIT */
/*
 * The mark under the place where a statement is wrong:
 *
 *     SELECT * FORM users
 *              ^
 */
#ifndef RT_UI_CARET_H
#define RT_UI_CARET_H

#include "base/str.h"

/* Columns of a terminal that a text takes, as wcwidth() counts; what that
 * does not know is one. */
size_t rt_text_columns(rt_sv text);

/*
 * Append what brings a caret under a character, and the caret.
 *   in:   line, that above; column, of the character, from 1: its tabs are
 *         kept, as they are as wide below as above
 */
void rt_caret_add(rt_sv line, int column, rt_str *out);

#endif
