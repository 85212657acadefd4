/* SPDX-License-Identifier: MIT */
/*
 * The one way for text from outside (messages, file names, SQL, errors of a
 * server, names of branches) to a terminal.
 *
 * What a terminal would obey, or what would make it show other text than is
 * there, becomes a visible mark: `\x1b`, `\r`, `\u202e`.  That is: control
 * characters (C0, DEL, C1), bidirectional controls, line and paragraph
 * separators, tag characters, the byte order mark, and bytes that are not
 * UTF-8.  All else stays as it is, a backslash too: the marks are for
 * reading, not for parsing back.
 */
#ifndef RT_BASE_SANITIZE_H
#define RT_BASE_SANITIZE_H

#include <stdbool.h>

#include "base/str.h"

enum {
	RT_SANITIZE_LINE = 0,     /* one line: no control character stays */
	RT_SANITIZE_NEWLINES = 1, /* \n stays */
	RT_SANITIZE_TABS = 2,     /* \t stays */
	RT_SANITIZE_TEXT = 3      /* both */
};

/* How many bytes of `text`, from its first, are printable ASCII: nearly
 * always all there are. */
size_t rt_sanitize_plain_run(rt_sv text);

/* Whether `text` may go out as it is without a closer look: printable ASCII
 * and what `keep` allows.  False means only that rt_sanitize must look. */
bool rt_sanitize_is_plain(rt_sv text, unsigned keep);

/* Append `text`, made safe. */
void rt_sanitize(rt_sv text, unsigned keep, rt_str *out);

#endif
