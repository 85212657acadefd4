/* SPDX-License-Identifier: MIT */
/* Jumps through the graph, and the way back. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "tui/console.h"

enum { JUMPS_MAX = 100 };

/* Go somewhere, and remember from where. */
static void jump_to(rt_console *c, const retort_revision *rev)
{
	if (!rev || rev == c->selected)
		return;
	if (c->jumps.n == JUMPS_MAX) {
		free(c->jumps.v[0]);
		memmove(c->jumps.v, c->jumps.v + 1,
			--c->jumps.n * sizeof(*c->jumps.v));
	}
	if (c->selected)
		rt_vec_push(&c->jumps, rt_strdup(c->selected->id));
	rt_console_select(c, rev);
}

static void go_back(rt_console *c)
{
	const retort_revision *rev = NULL;
	char *id;

	while (!rev && c->jumps.n) {
		id = c->jumps.v[--c->jumps.n];
		rev = retort_graph_find(c->graph, id);
		free(id);
	}
	if (rev)
		rt_console_select(c, rev);
	else
		rt_console_say(c, RT_LEVEL_INFO, "no jump to go back from");
}

void rt_console_goto(rt_console *c, rt_sv symbol)
{
	retort_names rows = rt_model_rows(&c->model);
	retort_list found = RETORT_LIST_INIT;
	retort_error err = RETORT_ERROR_INIT;
	char *text;

	symbol = rt_sv_trim(symbol);
	if (!symbol.n || !c->graph)
		return;
	text = rt_strndup(symbol.p, symbol.n);
	if (strcmp(text, "base") == 0)
		retort_graph_bases(c->graph, false, &found);
	else if (retort_graph_resolve(c->graph, text,
				      c->model.answered ? &rows : NULL, &found,
				      &err))
		rt_console_error(c, &err);
	if (found.n)
		jump_to(c, found.v[0]);
	else if (!err.code)
		rt_console_say(c, RT_LEVEL_WARNING, "%s is no revision", text);
	retort_list_dispose(&found);
	retort_error_dispose(&err);
	free(text);
}

/* The one behind the selected revision in a list; the first if it is not in
 * it, or the last. */
static const retort_revision *next_in(const rt_console *c,
				      const retort_list *list)
{
	size_t i;

	for (i = 0; i + 1 < list->n; i++)
		if (list->v[i] == c->selected)
			return list->v[i + 1];
	return list->n ? list->v[0] : NULL;
}

static void jump_head(rt_console *c)
{
	retort_list list = RETORT_LIST_INIT;

	retort_graph_heads(c->graph, false, &list);
	jump_to(c, next_in(c, &list));
	retort_list_dispose(&list);
}

/* To where a version row stands. */
static void jump_current(rt_console *c)
{
	retort_list all = RETORT_LIST_INIT;
	size_t i, kept = 0;

	if (retort_graph_history(c->graph, NULL, NULL, &all, NULL))
		return;
	for (i = 0; i < all.n; i++)
		if (rt_model_state(&c->model, all.v[i]) == RT_STATE_ROW)
			all.v[kept++] = all.v[i];
	all.n = kept;
	if (!all.n)
		rt_console_say(c, RT_LEVEL_INFO,
			       c->model.answered
				       ? "nothing is applied"
				       : "the database has not answered");
	jump_to(c, next_in(c, &all));
	retort_list_dispose(&all);
}

static void jump_base(rt_console *c)
{
	const retort_revision *rev = c->selected;

	while (rev && rev->down.n)
		rev = retort_graph_find(c->graph, rev->down.v[0]);
	jump_to(c, rev);
}

static void chosen(void *self, rt_answer answer, size_t choice)
{
	rt_console *c = self;
	retort_names ids = c->choosing_children ? c->selected->children
						: c->selected->down;

	if (answer == RT_ANSWER_YES && choice < ids.n)
		jump_to(c, retort_graph_find(c->graph, ids.v[choice]));
}

/* To the only one of several, or ask. */
static void jump_related(rt_console *c, bool children)
{
	const retort_revision *rev;
	retort_names ids;
	rt_str line = RT_STR_INIT;
	size_t i;

	if (!c->selected)
		return;
	ids = children ? c->selected->children : c->selected->down;
	if (ids.n == 0)
		rt_console_say(c, RT_LEVEL_INFO, "%s has no %s",
			       c->selected->id, children ? "child" : "parent");
	if (ids.n == 1)
		jump_to(c, retort_graph_find(c->graph, ids.v[0]));
	if (ids.n < 2)
		return;
	c->choosing_children = children;
	rt_dialog_open(&c->dialog, RT_DIALOG_CHOOSE,
		       children ? "WHICH CHILD" : "WHICH PARENT", "");
	for (i = 0; i < ids.n; i++) {
		rev = retort_graph_find(c->graph, ids.v[i]);
		rt_str_clear(&line);
		rt_str_addf(&line, "%s  %s", ids.v[i],
			    rev ? rev->message : "");
		rt_dialog_add_choice(&c->dialog, line.p);
	}
	c->dialog.answered = chosen;
	c->dialog.self = c;
	rt_str_free(&line);
}

bool rt_console_jump(rt_console *c, rt_action action)
{
	bool is_jump = action >= RT_ACTION_JUMP_CURRENT &&
		       action <= RT_ACTION_JUMP_BACK;

	if (!is_jump || !c->graph)
		return is_jump;
	if (action == RT_ACTION_JUMP_CURRENT)
		jump_current(c);
	else if (action == RT_ACTION_JUMP_HEAD)
		jump_head(c);
	else if (action == RT_ACTION_JUMP_BASE)
		jump_base(c);
	else if (action == RT_ACTION_JUMP_BACK)
		go_back(c);
	else
		jump_related(c, action == RT_ACTION_JUMP_CHILD);
	return true;
}
