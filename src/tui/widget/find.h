/* SPDX-License-Identifier: MIT */
/* Finding text in text, as every search of the console does it. */
#ifndef RT_TUI_WIDGET_FIND_H
#define RT_TUI_WIDGET_FIND_H

#include "base/sv.h"

/*
 * The first place of `needle` in `text` from `from` on.  Case counts only
 * where the needle has an ASCII capital.
 *   out:  a byte offset; text.n where there is none, or the needle is empty
 */
size_t rt_find_text(rt_sv text, size_t from, rt_sv needle);

#endif
