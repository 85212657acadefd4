/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/github.h"

#include <string.h>

#include "base/str.h"

/* Escapes of workflow commands; a property has two more. */
static void escape(const char *text, bool property, rt_str *out)
{
	for (; *text; text++)
		if (strchr("%\r\n", *text) ||
		    (property && strchr(":,", *text)))
			rt_str_addf(out, "%%%02X", (unsigned)*text);
		else
			rt_str_addc(out, *text);
}

void rt_github_annotate(rt_out *o, const char *kind, const char *path,
			int line, int column, const char *title,
			const char *message, const char *next)
{
	rt_str s = RT_STR_INIT;

	rt_str_addf(&s, "::%s ", kind);
	if (path) {
		rt_str_add(&s, "file=");
		escape(path, true, &s);
		rt_str_addf(&s, ",line=%d,", line ? line : 1);
		if (column)
			rt_str_addf(&s, "col=%d,", column);
	}
	rt_str_addf(&s, "title=%s::", title);
	escape(message, false, &s);
	if (*next) {
		rt_str_add(&s, "; ");
		escape(next, false, &s);
	}
	rt_out_printf(o, "%s\n", s.p);
	rt_str_free(&s);
}
