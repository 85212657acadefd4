/* SPDX-License-Identifier: MIT */
/* Actions that concern the whole console, and the lines it asks for. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tui/console.h"
#include "tui/step/stepping.h"
#include "tui/term/signal.h"
#include "tui/write.h"

/* --- prompts ------------------------------------------------------------- */

static rt_list *focused_list(rt_console *c)
{
	rt_view *v = &c->views[c->focus];

	return v->ops->list ? v->ops->list(v) : NULL;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_if_starts(rt_candidates *out, const char *text, rt_sv start)
{
	if (strlen(text) >= start.n && memcmp(text, start.p, start.n) == 0)
		rt_vec_push(out, rt_strdup(text));
}

static void complete_action(rt_sv word, rt_candidates *out)
{
	int i;

	for (i = RT_ACTION_NONE + 1; i < RT_ACTION_COUNT; i++) {
		const rt_action_info *info = rt_action_info_of((rt_action)i);

		if (info->context != RT_CONTEXT_PROMPT &&
		    info->context != RT_CONTEXT_DIALOG)
			add_if_starts(out, info->name, word);
	}
}

static void complete_revision(const rt_console *c, rt_sv word,
			      rt_candidates *out)
{
	static const char *const symbols[] = { "base", "head", "heads",
					       "current" };
	size_t i, k, n = c->graph ? retort_graph_count(c->graph) : 0;

	for (i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++)
		add_if_starts(out, symbols[i], word);
	for (i = 0; i < n; i++) {
		const retort_revision *rev = retort_graph_at(c->graph, i);

		add_if_starts(out, rev->id, word);
		for (k = 0; k < rev->labels.n; k++)
			add_if_starts(out, rev->labels.v[k], word);
	}
}

static void complete_theme(rt_sv word, rt_candidates *out)
{
	size_t i, n;
	const rt_theme *t = rt_themes(&n);

	for (i = 0; i < n; i++)
		add_if_starts(out, t[i].name, word);
}

/* The name of an action, and behind it what its argument may be. */
static void complete(void *self, rt_sv line, size_t *word, rt_candidates *out)
{
	const rt_console *c = self;
	size_t space = rt_sv_find(line, ' ');
	rt_argument arg = rt_action_info_of(c->prompt_for)->argument;
	rt_sv rest = line;

	*word = 0;
	if (c->prompt_for == RT_ACTION_COMMAND && space < line.n) {
		arg = rt_action_info_of(rt_action_find(rt_sv_sub(line, 0,
								 space)))
			      ->argument;
		*word = space + 1;
		rest = rt_sv_sub(line, *word, line.n);
	} else if (c->prompt_for == RT_ACTION_COMMAND) {
		complete_action(line, out);
	}
	if (arg == RT_ARG_REVISION)
		complete_revision(c, rest, out);
	else if (arg == RT_ARG_THEME)
		complete_theme(rest, out);
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_name);
}

void rt_console_prompt(rt_console *c, rt_action action)
{
	const char *label = "";
	rt_history *history = &c->commands;

	if (action == RT_ACTION_COMMAND)
		label = ":";
	else if (action == RT_ACTION_GOTO)
		label = "go to: ";
	else if (action == RT_ACTION_THEME)
		label = "theme: ";
	else if (action == RT_ACTION_CREATE ||
		 action == RT_ACTION_M_MESSAGE) {
		label = "message: ";
		history = NULL;
	} else
		history = &c->searches;
	if (action == RT_ACTION_FIND)
		label = "/";
	else if (action == RT_ACTION_FIND_BACK)
		label = "?";
	else if (action == RT_ACTION_FILTER)
		label = "&";
	rt_prompt_open(&c->prompt, label, history,
		       history == &c->commands ? complete : NULL, c);
	rt_prompt_paste(&c->prompt, rt_console_write_text(c, action));
	c->prompt_for = action;
	c->search_began = true;
}

/* A search follows what is typed. */
static void search_as_typed(rt_console *c)
{
	rt_view *v = &c->views[c->focus];
	rt_list *l = focused_list(c);

	if (!l || (c->prompt_for != RT_ACTION_FIND &&
		   c->prompt_for != RT_ACTION_FIND_BACK))
		return;
	rt_list_search(l, rt_str_sv(&c->prompt.line),
		       c->prompt_for == RT_ACTION_FIND_BACK, c->search_began);
	c->search_began = false;
	if (v->ops->moved)
		v->ops->moved(v);
}

static void set_filter(rt_console *c, rt_sv text)
{
	rt_view *v = &c->views[c->focus];
	rt_list *l = focused_list(c);

	if (!l)
		return;
	rt_list_filter(l, text);
	if (v->ops->changed)
		v->ops->changed(v, RT_CHANGED_FILTER);
	if (v->ops->moved)
		v->ops->moved(v);
}

static void set_theme(rt_console *c, rt_sv name)
{
	const rt_theme *theme = rt_theme_find(rt_sv_trim(name));

	if (!theme) {
		rt_console_say(c, RT_LEVEL_ERROR,
			       "the themes are dark, light and contrast");
		return;
	}
	rt_console_set_theme(c, theme);
}

static void run_line(rt_console *c, rt_sv line);

static void take_line(rt_console *c, rt_action action, rt_sv line)
{
	rt_list *l = focused_list(c);

	switch (action) {
	case RT_ACTION_COMMAND:
		run_line(c, line);
		break;
	case RT_ACTION_GOTO:
		rt_console_goto(c, line);
		break;
	case RT_ACTION_THEME:
		set_theme(c, line);
		break;
	case RT_ACTION_UPGRADE:
		rt_stepping_ask(c, RETORT_OP_UPGRADE, line);
		break;
	case RT_ACTION_DOWNGRADE:
		rt_stepping_ask(c, RETORT_OP_DOWNGRADE, line);
		break;
	case RT_ACTION_FILTER:
		set_filter(c, line);
		break;
	case RT_ACTION_FIND:
	case RT_ACTION_FIND_BACK:
		if (!line.n && c->searches.n && l)
			rt_list_search(l,
				       rt_sv_from(c->searches.v[c->searches.n -
								1]),
				       action == RT_ACTION_FIND_BACK, true);
		break;
	default:
		rt_console_write_line(c, action, line);
		break;
	}
}

void rt_console_prompt_key(rt_console *c, rt_key key)
{
	rt_action action = c->prompt_for;
	rt_str line = RT_STR_INIT;

	switch (rt_prompt_key(&c->prompt, &c->keymap, key)) {
	case RT_PROMPT_CHANGED:
		search_as_typed(c);
		return;
	case RT_PROMPT_ACCEPTED:
		rt_str_add(&line, c->prompt.line.p);
		c->prompt_for = RT_ACTION_NONE;
		rt_prompt_close(&c->prompt);
		take_line(c, action, rt_str_sv(&line));
		rt_str_free(&line);
		return;
	case RT_PROMPT_LEFT:
		rt_prompt_paste(&c->prompt, RT_SV(""));
		rt_str_clear(&c->prompt.line);
		search_as_typed(c);
		c->prompt_for = RT_ACTION_NONE;
		rt_prompt_close(&c->prompt);
		return;
	case RT_PROMPT_UNKNOWN:
		c->term->ops->bell(c->term);
		return;
	case RT_PROMPT_TYPING:
		return;
	}
}

void rt_console_prompt_paste(rt_console *c, rt_sv text)
{
	rt_prompt_paste(&c->prompt, text);
	search_as_typed(c);
}

/* A line typed behind `:`. */
static void run_line(rt_console *c, rt_sv line)
{
	rt_sv text = rt_sv_trim(line), name, argument;
	size_t space = rt_sv_find(text, ' ');
	rt_action action;

	name = rt_sv_sub(text, 0, space);
	argument = rt_sv_trim(rt_sv_sub(text, space, text.n));
	action = rt_action_find(name);
	if (!text.n)
		return;
	if (action == RT_ACTION_NONE)
		rt_console_say(c, RT_LEVEL_ERROR,
			       "there is no command '%.*s'; Tab lists them",
			       (int)name.n, name.p);
	else if (argument.n &&
		 rt_action_info_of(action)->argument == RT_ARG_NONE)
		rt_console_say(c, RT_LEVEL_ERROR, "'%.*s' takes no argument",
			       (int)name.n, name.p);
	else if (argument.n &&
		 (action == RT_ACTION_FIND || action == RT_ACTION_FIND_BACK) &&
		 focused_list(c))
		rt_list_search(focused_list(c), argument,
			       action == RT_ACTION_FIND_BACK, true);
	else if (argument.n)
		take_line(c, action, argument);
	else
		rt_console_act(c, action);
}

/* --- actions ------------------------------------------------------------- */

static void next_pane(rt_console *c, int step)
{
	int id = (int)c->focus;

	if (c->focus == RT_VIEW_HELP)
		rt_console_focus(c, c->behind);
	if (id >= RT_VIEW_HELP)
		return;
	do
		id = (id + step + RT_VIEW_HELP) % RT_VIEW_HELP;
	while (!c->maximised && !c->panes.pane[id].rows &&
	       id != (int)c->focus);
	rt_console_focus(c, (rt_view_id)id);
}

static void close_pane(rt_console *c)
{
	if (c->focus == RT_VIEW_HELP) {
		rt_console_focus(c, c->behind);
	} else if (c->maximised || c->focus != RT_VIEW_GRAPH) {
		c->maximised = false;
		rt_console_focus(c, RT_VIEW_GRAPH);
	} else {
		rt_console_command(c, RT_ACTION_QUIT);
	}
}

void rt_console_suspend(rt_console *c)
{
	c->term->ops->leave(c->term);
	rt_signal_stop();
	c->term->ops->enter(c->term);
	rt_console_arrange(c);
}

/* Begin a range where the cursor is, or end it. */
static void range(rt_console *c)
{
	c->range_from = c->range_from ? NULL : c->selected;
	c->range_to = c->range_from;
	rt_console_changed(c, RT_CHANGED_SELECTION);
	if (c->range_from)
		rt_console_say(c, RT_LEVEL_INFO,
			       "move to the other end; Esc ends the range");
}

/* Drop a range, then a filter, then the marks of a search. */
static void leave(rt_console *c)
{
	rt_list *l = focused_list(c);

	if (c->focus == RT_VIEW_HELP && l && !l->filter.n && !l->needle.n)
		close_pane(c);
	else if (c->range_from)
		range(c);
	else if (l && l->filter.n)
		set_filter(c, RT_SV(""));
	else if (l)
		rt_str_clear(&l->needle);
}

static void flip(rt_console *c)
{
	c->op = c->op == RETORT_OP_UPGRADE ? RETORT_OP_DOWNGRADE
					   : RETORT_OP_UPGRADE;
	rt_console_changed(c, RT_CHANGED_SELECTION);
}

static void show_pane(rt_console *c, rt_view_id id)
{
	c->other = id;
	if (c->maximised)
		c->focus = id;
	rt_console_arrange(c);
}

static void reload(rt_console *c)
{
	rt_console_load(c);
	rt_console_ask_database(c);
}

/* Actions that belong to one pane, whichever has the keys. */
static bool pane_action(rt_console *c, rt_action action)
{
	static const struct {
		rt_action action;
		rt_view_id id;
		bool focus;
	} rows[] = {
		{ RT_ACTION_SHOW_SQL, RT_VIEW_SQL, false },
		{ RT_ACTION_SHOW_DIFF, RT_VIEW_DIFF, false },
		{ RT_ACTION_MEASURE, RT_VIEW_DIFF, false },
		{ RT_ACTION_SHOW_LOG, RT_VIEW_LOG, false },
		{ RT_ACTION_JOURNAL, RT_VIEW_LOG, false },
		{ RT_ACTION_PANE_1, RT_VIEW_GRAPH, true },
		{ RT_ACTION_PANE_2, RT_VIEW_SQL, true },
		{ RT_ACTION_PANE_3, RT_VIEW_DIFF, true },
		{ RT_ACTION_PANE_4, RT_VIEW_LOG, true },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].action != action)
			continue;
		if (rows[i].focus)
			rt_console_focus(c, rows[i].id);
		else
			show_pane(c, rows[i].id);
		if (action == RT_ACTION_JOURNAL)
			c->views[RT_VIEW_LOG].ops->action(
				&c->views[RT_VIEW_LOG], action);
		if (action == RT_ACTION_MEASURE)
			rt_effects_measure(c);
		return true;
	}
	return false;
}

void rt_console_command(rt_console *c, rt_action action)
{
	if (rt_console_jump(c, action) || rt_stepping_action(c, action) ||
	    pane_action(c, action) || rt_console_option(c, action) ||
	    rt_console_write(c, action))
		return;
	switch (action) {
	case RT_ACTION_FIND:
	case RT_ACTION_FIND_BACK:
	case RT_ACTION_FILTER:
	case RT_ACTION_COMMAND:
	case RT_ACTION_GOTO:
	case RT_ACTION_THEME:
	case RT_ACTION_M_MESSAGE:
		rt_console_prompt(c, action);
		break;
	case RT_ACTION_CLOSE:
		close_pane(c);
		break;
	case RT_ACTION_LEAVE:
		leave(c);
		break;
	case RT_ACTION_RANGE:
		range(c);
		break;
	case RT_ACTION_FLIP:
		flip(c);
		break;
	case RT_ACTION_NEXT_PANE:
		next_pane(c, 1);
		break;
	case RT_ACTION_PREVIOUS_PANE:
		next_pane(c, -1);
		break;
	case RT_ACTION_MAXIMISE:
		c->maximised = !c->maximised;
		rt_console_arrange(c);
		break;
	case RT_ACTION_COPY:
		rt_console_copy(c);
		break;
	case RT_ACTION_RELOAD:
		reload(c);
		break;
	case RT_ACTION_REDRAW:
		c->term->ops->redraw(c->term);
		break;
	case RT_ACTION_SUSPEND:
		rt_console_suspend(c);
		break;
	case RT_ACTION_HELP:
		rt_console_focus(c, RT_VIEW_HELP);
		break;
	case RT_ACTION_CANCEL:
		if (!rt_console_stamp_cancel(c))
			rt_console_say(c, RT_LEVEL_INFO,
				       "nothing is running; Q leaves the "
				       "console");
		break;
	case RT_ACTION_QUIT:
		rt_loop_quit(c->loop);
		break;
	default:
		break;
	}
}
