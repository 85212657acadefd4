/* SPDX-License-Identifier: MIT */
/*
 * The console as its views see it: the project, what is selected, what the
 * database says, and a few things to ask for.  Fields are for reading; the
 * functions change them and tell the views.
 */
#ifndef RT_TUI_CONSOLE_H
#define RT_TUI_CONSOLE_H

#include <retort/project.h>
#include <retort/rewrite.h>

#include "base/clock.h"
#include "tui/detail.h"
#include "tui/draw/glyphs.h"
#include "tui/draw/theme.h"
#include "tui/git.h"
#include "tui/job.h"
#include "tui/keys/keymap.h"
#include "tui/layout.h"
#include "tui/log.h"
#include "tui/loop.h"
#include "tui/merge/sides.h"
#include "tui/model.h"
#include "tui/panes.h"
#include "tui/term/term.h"
#include "tui/view/view.h"
#include "tui/watch.h"
#include "tui/widget/dialog.h"
#include "tui/widget/prompt.h"

typedef struct rt_console {
	/* what is shown */
	retort_project *project;
	const retort_graph *graph; /* NULL = the files could not be read */
	retort_error graph_error;  /* why */
	rt_model model;
	rt_detail detail;
	rt_git_facts git;
	rt_sides sides;
	const retort_revision *selected; /* NULL = none */
	/* both ends of a range; NULL = none */
	const retort_revision *range_from, *range_to;
	retort_op op; /* whose SQL is shown: UPGRADE or DOWNGRADE */
	rt_log log;

	/* how it is shown */
	rt_term *term;
	rt_loop *loop;
	rt_cells frame;
	const rt_theme *theme;
	rt_layout remembered; /* as it was read */
	char *layout_path;    /* NULL = nowhere */
	bool ascii_given;
	bool theme_given; /* by the command line or the project file */
	bool mouse;
	bool line_numbers;
	const rt_glyphs *glyphs;
	rt_panes panes;
	int rows, cols;
	rt_view views[RT_VIEW_COUNT];
	rt_view_id focus;
	rt_view_id other;  /* the pane shown beside the graph */
	rt_view_id behind; /* focus before help was opened */
	bool maximised;

	/* what is being typed */
	rt_keymap keymap;
	rt_keyseq typed;
	bool typed_shown; /* the hint line shows how it can go on */
	rt_action prompt_for; /* NONE = no prompt is open */
	rt_prompt prompt;
	rt_history commands, searches;
	bool search_began;
	rt_dialog dialog;
	bool arming; /* a timer lets the dialog take answers */
	RT_VEC(char *) jumps; /* ids to go back to */
	bool choosing_children; /* in the open choice; else parents */

	/* what was written (tui/write.h) */
	retort_change *change; /* that `u` undoes; NULL = none */
	bool splice;           /* the message asked for begins a branch */
	rt_job *stamping;
	bool stamp_ready, stamp_cancelled;
	char *stamp_id;

	/* the line above the hints */
	rt_str message;
	rt_level message_level;

	/* what runs */
	rt_job *asking; /* the database */
	rt_job *copying; /* to a program */
	const char *copy_command;
	rt_str copied;
	rt_watch watch;
	bool reloading; /* files changed, a timer runs */
	int ended_by;   /* the signal that ended it; 0 = none */
} rt_console;

/* --- for views ----------------------------------------------------------- */

/* Show a line until the next key, and keep it in the log. */
void rt_console_say(rt_console *c, rt_level level, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Log an error with all it carries, and show its message. */
void rt_console_error(rt_console *c, const retort_error *err);

/* Tell all views what has changed (RT_CHANGED_…), and draw. */
void rt_console_changed(rt_console *c, unsigned what);

/* Select a revision, or NULL. */
void rt_console_select(rt_console *c, const retort_revision *rev);

/* Give a view the keys, and make it visible. */
void rt_console_focus(rt_console *c, rt_view_id id);

/* Carry an action out as if its key had been pressed. */
void rt_console_act(rt_console *c, rt_action action);

/* --- between the files of the console ------------------------------------ */

/* frame.c: draw all of it; for rt_loop_new, self is the console. */
void rt_console_draw(void *console);

/* An open dialog was drawn: it takes answers from a moment later on. */
void rt_console_arm(rt_console *c);

/* Arrange the panes for the size the terminal has now. */
void rt_console_arrange(rt_console *c);

/* command.c: to the shell, whatever else goes on; comes back with fg. */
void rt_console_suspend(rt_console *c);

/* command.c: an action that no view took. */
void rt_console_command(rt_console *c, rt_action action);

/* Open a prompt for FIND, FIND_BACK, FILTER, COMMAND, GOTO or THEME. */
void rt_console_prompt(rt_console *c, rt_action action);

/* A key or a paste while a prompt is open. */
void rt_console_prompt_key(rt_console *c, rt_key key);
void rt_console_prompt_paste(rt_console *c, rt_sv text);

/* settings.c: theme, keys and mouse, before there is a terminal. */
struct rt_tui_options;
RETORT_MUST_CHECK int rt_console_settings(rt_console *c,
					  const struct rt_tui_options *options,
					  retort_error *err);

void rt_console_remember(rt_console *c); /* what it looks like now */
void rt_console_recall(rt_console *c);   /* and did at the end last time */

/* options.c: what can be switched; false if the action is none of these. */
bool rt_console_option(rt_console *c, rt_action action);
void rt_console_set_theme(rt_console *c, const rt_theme *theme);

/* copy.c: ask what to copy. */
void rt_console_copy(rt_console *c);

/* graph/jump.c: GOTO with its argument, and the JUMP_… actions. */
void rt_console_goto(rt_console *c, rt_sv symbol);
bool rt_console_jump(rt_console *c, rt_action action);

/* refresh.c */
void rt_console_load(rt_console *c);         /* the files */
void rt_console_ask_database(rt_console *c); /* starts asking */
void rt_console_watch(rt_console *c);        /* files that change */

#endif
