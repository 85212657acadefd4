/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/draw/glyphs.h"

#define UTF8(name, utf8, ascii) .name = utf8,
#define ASCII(name, utf8, ascii) .name = ascii,

/* clang-format off */
const rt_glyphs rt_glyphs_utf8 = {
	.name_of_set = "utf-8",
	RT_GLYPHS(UTF8)
	.edge = {
		" ", "\u2502", "\u2502", "\u2502",
		"\u2500", "\u256f", "\u256e", "\u2524",
		"\u2500", "\u2570", "\u256d", "\u251c",
		"\u2500", "\u2534", "\u252c", "\u253c",
	},
};

/* A corner is rounded by what it turns to: '.' goes down, '\'' goes up. */
const rt_glyphs rt_glyphs_ascii = {
	.name_of_set = "ascii",
	RT_GLYPHS(ASCII)
	.edge = {
		" ", "|", "|", "|",
		"-", "'", ".", "+",
		"-", "'", ".", "+",
		"-", "+", "+", "+",
	},
};
/* clang-format on */
