/* SPDX-License-Identifier: MIT */
/*
 * A box over everything that must be answered first: a message, a question,
 * a question answered by typing a name, a choice.
 *
 * Enter never answers a question with yes: `y` does, or the whole name typed
 * and then Enter.  A question takes no answer until it is armed, so that keys
 * typed before it was seen do nothing; until then it names no keys.
 */
#ifndef RT_TUI_WIDGET_DIALOG_H
#define RT_TUI_WIDGET_DIALOG_H

#include <stdbool.h>

#include "base/str.h"
#include "base/vec.h"
#include "tui/draw/cells.h"
#include "tui/draw/glyphs.h"
#include "tui/keys/keymap.h"
#include "tui/widget/prompt.h"

typedef enum rt_dialog_kind {
	RT_DIALOG_NONE,
	RT_DIALOG_MESSAGE,
	RT_DIALOG_CONFIRM,
	RT_DIALOG_TYPED,
	RT_DIALOG_CHOOSE
} rt_dialog_kind;

typedef enum rt_answer {
	RT_ANSWER_OPEN, /* none yet */
	RT_ANSWER_YES,  /* or the choice taken */
	RT_ANSWER_NO    /* or left */
} rt_answer;

typedef struct rt_dialog {
	rt_dialog_kind kind;
	rt_str title;
	rt_str text;  /* lines, each ended by \n */
	rt_str yes;   /* what `y` does: "upgrade"; what must be typed */
	bool danger;
	bool armed, arming;
	RT_VEC(char *) choices;
	size_t choice;
	size_t top;   /* first line of text or choice shown */
	rt_prompt prompt; /* TYPED */
	/* Called by the console when it is answered; NULL = nothing. */
	void (*answered)(void *self, rt_answer answer, size_t choice);
	void *self;
} rt_dialog;

/* Begin one; an open one must be closed first.  Text as `text` above. */
void rt_dialog_open(rt_dialog *d, rt_dialog_kind kind, const char *title,
		    const char *text);
void rt_dialog_add_choice(rt_dialog *d, const char *text);
/* For CONFIRM the word for yes, for TYPED what must be typed. */
void rt_dialog_set_yes(rt_dialog *d, const char *yes);
void rt_dialog_close(rt_dialog *d); /* frees; kind becomes NONE */

rt_answer rt_dialog_key(rt_dialog *d, const rt_keymap *keys, rt_key key);

/* Draw over the middle of `a`; the cursor's place in it comes out. */
void rt_dialog_draw(rt_dialog *d, rt_area a, const rt_glyphs *g, int *row,
		    int *col);

#endif
