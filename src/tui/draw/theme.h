/* SPDX-License-Identifier: MIT */
/*
 * Colours by face: a view says what a text is, the theme how that looks.
 *
 * The terminal's own foreground and background are kept; what is selected is
 * shown in reverse.  No face differs from another by colour alone where that
 * matters: the views say it with a glyph or a word too.
 */
#ifndef RT_TUI_DRAW_THEME_H
#define RT_TUI_DRAW_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/draw/cells.h"

/*
 * X(FACE, flags, dark, light, contrast): flags for all themes; a colour is a
 * PALETTE name of theme.c.
 */
#define RT_FACES(X)                                                           \
	X(TEXT, 0, DEFAULT, DEFAULT, DEFAULT)                                 \
	X(MUTED, RT_DIM, GREY, GREY, DEFAULT)                                 \
	X(TITLE, RT_BOLD, DEFAULT, DEFAULT, DEFAULT)                          \
	X(TITLE_FOCUS, RT_REVERSE | RT_BOLD, BLUE, BLUE, DEFAULT)             \
	X(STATUS, 0, DEFAULT, DEFAULT, DEFAULT)                               \
	X(HINT_KEY, RT_BOLD, CYAN, CYAN, DEFAULT)                             \
	X(SELECTED, RT_REVERSE, DEFAULT, DEFAULT, DEFAULT)                    \
	X(MATCH, RT_UNDERLINE | RT_BOLD, YELLOW, BROWN, YELLOW)               \
	X(ID, 0, YELLOW, BROWN, YELLOW)                                       \
	X(LABEL, RT_BOLD, GREEN, GREEN, GREEN)                                \
	X(PENDING, 0, YELLOW, BROWN, YELLOW)                                  \
	X(APPLIED, 0, GREEN, GREEN, GREEN)                                    \
	X(HEAD, RT_BOLD, CYAN, CYAN, CYAN)                                    \
	X(RUNNING, RT_BOLD, BLUE, BLUE, CYAN)                                 \
	X(OK, 0, GREEN, GREEN, GREEN)                                         \
	X(WARNING, RT_BOLD, YELLOW, BROWN, YELLOW)                            \
	X(ERROR, RT_BOLD, RED, RED, RED)                                      \
	X(DANGER, RT_REVERSE | RT_BOLD, RED, RED, RED)                        \
	X(ADDED, 0, GREEN, GREEN, GREEN)                                      \
	X(REMOVED, 0, RED, RED, RED)                                          \
	X(CHANGED, 0, CYAN, CYAN, CYAN)                                       \
	X(KEYWORD, RT_BOLD, BLUE, BLUE, DEFAULT)                              \
	X(STRING, 0, GREEN, GREEN, GREEN)                                     \
	X(NUMBER, 0, MAGENTA, MAGENTA, MAGENTA)                               \
	X(COMMENT, RT_DIM, GREY, GREY, CYAN)                                  \
	X(QUOTED, 0, CYAN, CYAN, DEFAULT)                                     \
	X(LANE_1, 0, CYAN, CYAN, CYAN)                                        \
	X(LANE_2, 0, MAGENTA, MAGENTA, MAGENTA)                               \
	X(LANE_3, 0, YELLOW, BROWN, YELLOW)                                   \
	X(LANE_4, 0, BLUE, BLUE, BLUE)                                        \
	X(LANE_5, 0, GREEN, GREEN, GREEN)                                     \
	X(LANE_6, 0, ORANGE, ORANGE, RED)

typedef enum rt_face {
#define RT_FACE_ENUM_(name, flags, dark, light, contrast) RT_FACE_##name,
	RT_FACES(RT_FACE_ENUM_)
#undef RT_FACE_ENUM_
	RT_FACE_COUNT
} rt_face;

enum { RT_FACE_LANES = RT_FACE_LANE_6 - RT_FACE_LANE_1 + 1 };

#define RT_STYLE(role_) ((rt_style){ RT_FACE_##role_, 0 })

typedef struct rt_theme {
	const char *name;
	const char *help;
	bool keeps_dim; /* false: dim text is shown as plain text */
	unsigned char colour[RT_FACE_COUNT]; /* for rt_theme_colour */
} rt_theme;

/* The themes; static. */
const rt_theme *rt_themes(size_t *n);

/* By name, or NULL. */
const rt_theme *rt_theme_find(rt_sv name);

/* What fits the terminal: light where COLORFGBG says so, else dark. */
const rt_theme *rt_theme_default(const char *colorfgbg);

/* The flags that a face brings. */
unsigned rt_theme_flags(const rt_theme *theme, unsigned face);

/*
 * The foreground of a face.
 *   in:   colours, as in rt_term; not 0
 *   out:  a colour number (16, 256) or 0xRRGGBB; -1 = the terminal's own
 */
long rt_theme_colour(const rt_theme *theme, unsigned face, int colours);

#endif
