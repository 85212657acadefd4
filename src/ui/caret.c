/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/caret.h"

#include <wchar.h>

#include "base/sanitize.h"
#include "base/utf8.h"

size_t rt_text_columns(rt_sv text)
{
	size_t at, n, width = 0;
	uint32_t c;
	int w;

	for (at = 0; at < text.n; at += n ? n : 1) {
		n = rt_utf8_decode(rt_sv_sub(text, at, 4), &c);
		w = n ? wcwidth((wchar_t)c) : 1;
		width += w < 0 ? 1 : (size_t)w;
	}
	return width;
}

/* What the sanitizer makes of a character is what stands above the caret. */
static void add_blank(rt_sv character, rt_str *out)
{
	rt_str shown = RT_STR_INIT;
	size_t columns;

	rt_sanitize(character, RT_SANITIZE_TABS, &shown);
	columns = rt_text_columns(rt_str_sv(&shown));
	if (rt_sv_is(character, "\t"))
		rt_str_addc(out, '\t');
	else if (columns)
		rt_str_addf(out, "%*s", (int)columns, "");
	rt_str_free(&shown);
}

void rt_caret_add(rt_sv line, int column, rt_str *out)
{
	uint32_t c;
	size_t n;
	int i;

	for (i = 1; i < column; i++) {
		n = rt_utf8_decode(rt_sv_sub(line, 0, 4), &c);
		if (line.n)
			add_blank(rt_sv_sub(line, 0, n ? n : 1), out);
		else
			rt_str_addc(out, ' ');
		line = rt_sv_sub(line, n ? n : 1, line.n);
	}
	rt_str_addc(out, '^');
}
