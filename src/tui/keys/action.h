/* SPDX-License-Identifier: MIT */
/*
 * Everything that the console can be told to do, in one table.  Keys, the
 * `:` line, help, the hint line and the manual are made from it.
 *
 * To add an action, add a row and handle it in the view's `action` (or in
 * tui/command.c when it concerns the whole console).
 */
#ifndef RT_TUI_KEYS_ACTION_H
#define RT_TUI_KEYS_ACTION_H

#include <stdbool.h>

#include "base/sv.h"

/*
 * Where a key counts.  A view looks in its own context first, then in ANY;
 * a prompt and a dialog look in theirs only.
 * X(NAME, "name", "head" (above its keys in the help))
 */
#define RT_CONTEXTS(X)                                                        \
	X(ANY, "any", "Everywhere")                                           \
	X(GRAPH, "graph", "In the graph")                                     \
	X(SQL, "sql", "In the SQL")                                           \
	X(DIFF, "diff", "In the diff")                                        \
	X(LOG, "log", "In the log")                                           \
	X(STEP, "step", "In a step")                                          \
	X(HELP, "help", "In this help")                                       \
	X(MERGE, "merge", "In the merge wizard")                              \
	X(PROMPT, "prompt", "While typing a line")                            \
	X(DIALOG, "dialog", "In a question")

typedef enum rt_context {
#define RT_CONTEXT_ENUM_(name, text, head) RT_CONTEXT_##name,
	RT_CONTEXTS(RT_CONTEXT_ENUM_)
#undef RT_CONTEXT_ENUM_
	RT_CONTEXT_COUNT
} rt_context;

/* What stands behind the name on the `:` line; decides the completion. */
typedef enum rt_argument {
	RT_ARG_NONE,
	RT_ARG_REVISION, /* an identifier of the graph */
	RT_ARG_THEME,
	RT_ARG_TEXT
} rt_argument;

/*
 * X(ID, "name", context, argument, "keys, separated by spaces",
 *   "hint" (a word for the hint line, "" for none), "help")
 */
/* clang-format off */
#define RT_ACTIONS(X)                                                         \
	X(DOWN, "down", ANY, NONE, "j Down", "", "move down")                 \
	X(UP, "up", ANY, NONE, "k Up", "", "move up")                         \
	X(HALF_DOWN, "half-page-down", ANY, NONE, "C-d", "",                  \
	  "move down half a page")                                            \
	X(HALF_UP, "half-page-up", ANY, NONE, "C-u", "",                      \
	  "move up half a page")                                              \
	X(PAGE_DOWN, "page-down", ANY, NONE, "C-f PgDn Space", "",            \
	  "move down a page")                                                 \
	X(PAGE_UP, "page-up", ANY, NONE, "C-b PgUp", "", "move up a page")    \
	X(FIRST, "first", ANY, NONE, "gg Home", "", "go to the first row")    \
	X(LAST, "last", ANY, NONE, "G End", "", "go to the last row")         \
	X(SCREEN_TOP, "screen-top", ANY, NONE, "H", "",                       \
	  "go to the first row on the screen")                                \
	X(SCREEN_BOTTOM, "screen-bottom", ANY, NONE, "L", "",                 \
	  "go to the last row on the screen")                                 \
	X(LEFT, "scroll-left", ANY, NONE, "Left zh", "", "scroll to the left")\
	X(RIGHT, "scroll-right", ANY, NONE, "Right zl", "",                   \
	  "scroll to the right")                                              \
	X(WRAP, "wrap", ANY, NONE, "w", "", "wrap long lines, or cut them")   \
	X(OPEN, "open", ANY, NONE, "Enter", "",                               \
	  "open what is selected; unfold a folded run")                       \
	X(CLOSE, "close", ANY, NONE, "q", "",                                 \
	  "close this pane; in the graph: leave the console")                 \
	X(LEAVE, "leave", ANY, NONE, "Esc C-g", "",                           \
	  "drop what is pending: keys, a filter, marked matches")             \
	X(UPGRADE, "upgrade", ANY, REVISION, "U", "upgrade",                  \
	  "upgrade one step towards the selected revision; with an id: to it")\
	X(DOWNGRADE, "downgrade", ANY, REVISION, "D", "downgrade",            \
	  "downgrade the selected revision; with an id: to it")               \
	X(STEP_EDIT, "step-edit", STEP, NONE, "e", "edit",                    \
	  "edit the file of the step that failed, at that line")              \
	X(STEP_RETRY, "step-retry", STEP, NONE, "r", "retry",                 \
	  "plan the step that failed again")                                  \
	X(STEP_RESUME, "step-resume", STEP, NONE, "c", "",                    \
	  "go on behind the last good statement of a half-done step")         \
	X(STEP_RESTART, "step-restart", STEP, NONE, "a", "",                  \
	  "run all statements of a half-done step again")                     \
	X(STEP_STAMP, "step-stamp", STEP, NONE, "S", "",                      \
	  "note a half-done step as done, without running the rest")          \
	X(FIND, "search", ANY, TEXT, "/", "search",                           \
	  "search downwards as you type")                                     \
	X(FIND_BACK, "search-back", ANY, TEXT, "?", "",                       \
	  "search upwards as you type")                                       \
	X(FIND_NEXT, "search-next", ANY, NONE, "n", "", "next match")         \
	X(FIND_PREVIOUS, "search-previous", ANY, NONE, "N", "",               \
	  "previous match")                                                   \
	X(FILTER, "filter", ANY, TEXT, "&", "filter",                         \
	  "show only rows with this text; empty shows all")                   \
	X(GOTO, "goto", ANY, REVISION, "", "",                                \
	  "go to a revision: id, start of one, label, head, base")            \
	X(JUMP_CURRENT, "current", ANY, NONE, "gd", "",                       \
	  "go to where the database stands; again: to the next such row")     \
	X(JUMP_HEAD, "next-head", ANY, NONE, "gh", "", "go to the next head") \
	X(JUMP_BASE, "base", ANY, NONE, "gb", "",                             \
	  "go to the base below the selected revision")                       \
	X(JUMP_PARENT, "parent", ANY, NONE, "gp ,", "",                       \
	  "go to the parent; asks which if there are several")                \
	X(JUMP_CHILD, "child", ANY, NONE, "gc .", "",                         \
	  "go to the child; asks which if there are several")                 \
	X(JUMP_BACK, "back", ANY, NONE, "C-o <", "",                          \
	  "go back to where the last jump began")                             \
	X(RANGE, "range", ANY, NONE, "v", "",                                 \
	  "begin a range of revisions: the SQL pane shows all it runs")       \
	X(FLIP, "flip", ANY, NONE, "i", "",                                   \
	  "show the other direction: upgrade or downgrade SQL")               \
	X(SHOW_SQL, "sql", ANY, NONE, "s", "", "show the SQL pane")           \
	X(SHOW_DIFF, "diff", ANY, NONE, "d", "diff",                          \
	  "show the diff pane: what the step does, the file against git")      \
	X(MEASURE, "measure", ANY, NONE, "X", "",                             \
	  "measure in a scratch database what the selected step does")        \
	X(SHOW_LOG, "log", ANY, NONE, "l", "", "show the log pane")           \
	X(NEXT_PANE, "next-pane", ANY, NONE, "Tab", "",                       \
	  "go to the next pane")                                              \
	X(PREVIOUS_PANE, "previous-pane", ANY, NONE, "S-Tab", "",             \
	  "go to the previous pane")                                          \
	X(PANE_1, "pane-1", ANY, NONE, "1", "", "go to the graph")            \
	X(PANE_2, "pane-2", ANY, NONE, "2", "", "go to the SQL")              \
	X(PANE_3, "pane-3", ANY, NONE, "3", "", "go to the diff")             \
	X(PANE_4, "pane-4", ANY, NONE, "4", "", "go to the log")              \
	X(MAXIMISE, "maximise", ANY, NONE, "O +", "",                         \
	  "give this pane the whole screen, or take it back")                 \
	X(JOURNAL, "journal", ANY, NONE, "J", "",                             \
	  "log pane: the runs of the selected revision, or messages")         \
	X(LINE_NUMBERS, "line-numbers", ANY, NONE, "#", "",                   \
	  "show line numbers, or not")                                        \
	X(COPY, "copy", ANY, NONE, "y", "",                                   \
	  "copy the id, the path, the SQL, the diff or an error report")      \
	X(MERGE, "merge", ANY, NONE, "M", "",                                 \
	  "make one head of several: the merge wizard")                       \
	X(CREATE, "revision", ANY, TEXT, "C", "",                             \
	  "write a new revision on the selected one; asks for its message")   \
	X(EDIT, "edit", ANY, NONE, "e", "",                                   \
	  "open the selected revision's file in $VISUAL or $EDITOR")          \
	X(STAMP, "stamp", ANY, NONE, "S", "",                                 \
	  "set the version rows to the selected revision without running "    \
	  "anything; asks")                                                   \
	X(UNDO, "undo", ANY, NONE, "u", "",                                   \
	  "undo the last file written here; asks; never the database")        \
	X(M_TAKE, "merge-take", MERGE, NONE, "Space", "take",                 \
	  "take a head or a way, or leave it; else a page down")              \
	X(M_NEXT, "merge-next", MERGE, NONE, "n", "next",                     \
	  "to the wizard's next page")                                        \
	X(M_BACK, "merge-back", MERGE, NONE, "p", "back",                     \
	  "to the wizard's page before; Esc too, and keeps all answers")      \
	X(M_MESSAGE, "merge-message", MERGE, TEXT, "m", "message",            \
	  "type the message of the merge revision")                           \
	X(M_WRITE, "merge-write", MERGE, NONE, "W", "write",                  \
	  "write what the preview shows")                                     \
	X(RELOAD, "reload", ANY, NONE, "R F5", "",                            \
	  "read the files and the database again")                            \
	X(REDRAW, "redraw", ANY, NONE, "C-l", "", "draw the screen again")    \
	X(SUSPEND, "suspend", ANY, NONE, "C-z", "",                           \
	  "go to the shell; fg comes back")                                   \
	X(GLYPHS, "glyphs", ANY, NONE, "~", "",                               \
	  "draw with ASCII signs, or with UTF-8")                             \
	X(OPTIONS, "options", ANY, NONE, "o", "",                             \
	  "switch signs, colours, line numbers, the mouse")                   \
	X(THEME, "theme", ANY, THEME, "", "", "choose the colours")           \
	X(NEXT_THEME, "next-theme", ANY, NONE, "", "",                        \
	  "show the next theme's colours")                                    \
	X(MOUSE, "mouse", ANY, NONE, "", "",                                  \
	  "let the mouse work here, or leave it to the terminal")             \
	X(COMMAND, "command", ANY, NONE, ":", "command",                      \
	  "type the name of an action; Tab completes it")                     \
	X(HELP, "help", ANY, NONE, "h F1", "help", "show all keys")           \
	X(CANCEL, "cancel", ANY, NONE, "C-c", "",                             \
	  "cancel what is running; never leaves the console")                 \
	X(QUIT, "quit", ANY, NONE, "Q", "quit", "leave the console")          \
	X(P_ACCEPT, "prompt-accept", PROMPT, NONE, "Enter", "accept",         \
	  "take the line")                                                    \
	X(P_LEAVE, "prompt-leave", PROMPT, NONE, "Esc C-c C-g", "leave",      \
	  "leave the line")                                                   \
	X(P_COMPLETE, "prompt-complete", PROMPT, NONE, "Tab", "complete",     \
	  "complete the word; again: the next way")                           \
	X(P_OLDER, "prompt-older", PROMPT, NONE, "Up C-p", "history",         \
	  "the line before in the history")                                   \
	X(P_NEWER, "prompt-newer", PROMPT, NONE, "Down C-n", "",              \
	  "the line after in the history")                                    \
	X(P_LEFT, "prompt-left", PROMPT, NONE, "Left C-b", "",                \
	  "a character to the left")                                          \
	X(P_RIGHT, "prompt-right", PROMPT, NONE, "Right C-f", "",             \
	  "a character to the right")                                         \
	X(P_START, "prompt-start", PROMPT, NONE, "Home C-a", "",              \
	  "to the start of the line")                                         \
	X(P_END, "prompt-end", PROMPT, NONE, "End C-e", "",                   \
	  "to the end of the line")                                           \
	X(P_ERASE, "prompt-erase", PROMPT, NONE, "Backspace", "",             \
	  "erase the character before; leaves an empty line")                 \
	X(P_DELETE, "prompt-delete", PROMPT, NONE, "Del C-d", "",             \
	  "erase the character under the cursor")                             \
	X(P_ERASE_WORD, "prompt-erase-word", PROMPT, NONE, "C-w", "",         \
	  "erase the word before")                                            \
	X(P_ERASE_LINE, "prompt-erase-line", PROMPT, NONE, "C-u", "",         \
	  "erase up to the start of the line")                                \
	X(D_UP, "dialog-up", DIALOG, NONE, "k Up S-Tab", "",                  \
	  "the choice above")                                                 \
	X(D_DOWN, "dialog-down", DIALOG, NONE, "j Down Tab", "",              \
	  "the choice below")                                                 \
	X(D_ACCEPT, "dialog-accept", DIALOG, NONE, "Enter", "",               \
	  "take the choice; never confirms a question")                       \
	X(D_YES, "dialog-yes", DIALOG, NONE, "y", "", "answer with yes")      \
	X(D_NO, "dialog-no", DIALOG, NONE, "n q Esc C-c C-g", "",             \
	  "answer with no; close a message")
/* clang-format on */

typedef enum rt_action {
	RT_ACTION_NONE,
#define RT_ACTION_ENUM_(id, name, context, argument, keys, hint, help)        \
	RT_ACTION_##id,
	RT_ACTIONS(RT_ACTION_ENUM_)
#undef RT_ACTION_ENUM_
	RT_ACTION_COUNT
} rt_action;

typedef struct rt_action_info {
	rt_action action;
	const char *name;
	rt_context context;
	rt_argument argument;
	const char *keys; /* by default */
	const char *hint;
	const char *help;
} rt_action_info;

/* The row of an action; static.  NONE has an empty row. */
const rt_action_info *rt_action_info_of(rt_action action);

/* The action with this name, or NONE. */
rt_action rt_action_find(rt_sv name);

/* The context with this name; false if there is none. */
bool rt_context_find(rt_sv name, rt_context *out);
const char *rt_context_head(rt_context context);

#endif
