/* SPDX-License-Identifier: MIT */
/*
 * A line being typed: `:` commands, searches, filters, a name to confirm
 * with.  Edits UTF-8 by characters, completes, remembers.
 */
#ifndef RT_TUI_WIDGET_PROMPT_H
#define RT_TUI_WIDGET_PROMPT_H

#include <stdbool.h>

#include "base/str.h"
#include "base/vec.h"
#include "tui/draw/cells.h"
#include "tui/keys/action.h"
#include "tui/keys/keymap.h"

typedef RT_VEC(char *) rt_history;

void rt_history_free(rt_history *h);

typedef enum rt_prompt_result {
	RT_PROMPT_TYPING,   /* unchanged text */
	RT_PROMPT_CHANGED,
	RT_PROMPT_ACCEPTED,
	RT_PROMPT_LEFT,
	RT_PROMPT_UNKNOWN   /* a key that means nothing here */
} rt_prompt_result;

/*
 * Ways to go on: push every candidate for the word before the cursor.
 *   in:   line, up to the cursor; *word, where the word begins
 *   out:  candidates, each from rt_strdup, sorted
 */
typedef RT_VEC(char *) rt_candidates;
typedef void (*rt_complete_fn)(void *self, rt_sv line, size_t *word,
			       rt_candidates *out);

typedef struct rt_prompt {
	const char *label; /* ":" */
	rt_str line;
	size_t cursor;     /* byte offset */
	rt_history *history; /* NULL = none */
	size_t place;      /* in the history; its length = the new line */
	rt_str fresh;      /* the new line while an old one is shown */
	rt_complete_fn complete; /* NULL = none */
	void *self;
	rt_candidates candidates; /* while Tab goes through them */
	size_t candidate, word;
} rt_prompt;

void rt_prompt_open(rt_prompt *p, const char *label, rt_history *history,
		    rt_complete_fn complete, void *self);
void rt_prompt_close(rt_prompt *p); /* frees; may be opened again */

/* A key; an accepted line goes into the history. */
rt_prompt_result rt_prompt_key(rt_prompt *p, const rt_keymap *keys,
			       rt_key key);

/* Pasted text; line ends become spaces. */
void rt_prompt_paste(rt_prompt *p, rt_sv text);

/* Draw on row 0; *col gets the cursor's column. */
void rt_prompt_draw(const rt_prompt *p, rt_area a, int *col);

#endif
