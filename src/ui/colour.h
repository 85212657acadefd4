/* SPDX-License-Identifier: MIT */
/*
 * Colours by role.  A role says what a piece of text is; only this file
 * knows how it looks.  Colour never carries a meaning alone: the text is the
 * same without it.
 */
#ifndef RT_UI_COLOUR_H
#define RT_UI_COLOUR_H

#include <stdbool.h>
#include <stdio.h>

typedef enum rt_role {
	RT_ROLE_PLAIN,
	RT_ROLE_REVISION, /* an id */
	RT_ROLE_MARK,     /* (head), (current), … */
	RT_ROLE_LABEL,    /* a branch label */
	RT_ROLE_TITLE,    /* the head line of a part */
	RT_ROLE_DIM,      /* what may be overlooked */
	RT_ROLE_GOOD,
	RT_ROLE_WARNING,
	RT_ROLE_ERROR,
	RT_ROLE_KEYWORD,  /* SQL */
	RT_ROLE_STRING,   /* SQL */
	RT_ROLE_COUNT
} rt_role;

typedef enum rt_colour_when {
	RT_COLOUR_AUTO,
	RT_COLOUR_ALWAYS,
	RT_COLOUR_NEVER
} rt_colour_when;

/* How many colours a branch of the graph can have. */
#define RT_COLOUR_LANES 6

/*
 * Whether to colour what goes to `file`: AUTO means a terminal that is not
 * "dumb", and no NO_COLOR in the environment.
 */
bool rt_colour_wanted(FILE *file, rt_colour_when when);

/* The control sequence that starts a role; "" for PLAIN; static. */
const char *rt_colour_start(rt_role role);

/* The same for lane `n` of a graph. */
const char *rt_colour_lane(size_t n);

/* The sequence that ends every role. */
#define RT_COLOUR_END "\033[0m"

#endif
