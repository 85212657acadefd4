/* SPDX-License-Identifier: MIT */
/*
 * The signs that the console draws with, as two sets: UTF-8, and an ASCII set
 * for other locales and fonts.  What a colour says, a sign says too.
 */
#ifndef RT_TUI_DRAW_GLYPHS_H
#define RT_TUI_DRAW_GLYPHS_H

/* X(name, UTF-8, ASCII); every sign is one column wide. */
#define RT_GLYPHS(X)                                                          \
	X(pending, "\u25cb", "o")   /* ○ not applied */                       \
	X(applied, "\u25cf", "*")   /* ● */                                   \
	X(head, "\u25c9", "@")      /* ◉ a version row is here */             \
	X(base, "\u25c6", "*")      /* ◆ applied, without parent */           \
	X(running, "\u25cc", "%")   /* ◌ a dot would be a corner */             \
	X(unsure, "\u00b7", "o")    /* · nobody knows              */        \
	X(fold, "~", "~")                                                     \
	X(dotted, "\u250a", ":")    /* ┊ depends on */                        \
	X(depends, "\u2504", "=")   /* ┄ an end of that */                    \
	X(cursor, "\u203a", ">")    /* › */                                   \
	X(go, "\u25b6", ">")        /* ▶ */                                   \
	X(done, "\u2713", "+")      /* ✓ */                                   \
	X(arrow, "\u2192", ">")     /* → */                                   \
	X(bar, "\u2502", "|")       /* │ */                                   \
	X(rule, "\u2500", "-")      /* ─ */                                   \
	X(cross, "\u253c", "+")     /* ┼ */                                   \
	X(corner_ul, "\u256d", "+") X(corner_ur, "\u256e", "+")               \
	X(corner_ll, "\u2570", "+") X(corner_lr, "\u256f", "+")               \
	X(more_left, "\u2039", "<") X(more_right, "\u203a", ">")

typedef struct rt_glyphs {
	const char *name_of_set; /* "utf-8", "ascii" */
#define RT_GLYPH_FIELD_(name, utf8, ascii) const char *name;
	RT_GLYPHS(RT_GLYPH_FIELD_)
#undef RT_GLYPH_FIELD_
	/* Edges by direction: bit 0 up, 1 down, 2 left, 3 right. */
	const char *edge[16];
} rt_glyphs;

enum { RT_EDGE_UP = 1, RT_EDGE_DOWN = 2, RT_EDGE_LEFT = 4, RT_EDGE_RIGHT = 8 };

extern const rt_glyphs rt_glyphs_utf8, rt_glyphs_ascii;

#endif
