/* SPDX-License-Identifier: MIT */
/* The console's life, and where its events go. */
#include "config.h"

#include "tui/console.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "tui/step/stepping.h"
#include "tui/term/signal.h"
#include "tui/tui.h"

enum { WHEEL_LINES = 3, HINT_AFTER_MS = 400, ARM_AFTER_MS = 300 };

static const rt_view_ops *const view_ops[] = {
#define OPS(name, ops) &rt_view_##ops,
	RT_VIEWS(OPS)
#undef OPS
};

/* --- what views ask for -------------------------------------------------- */

void rt_console_say(rt_console *c, rt_level level, const char *format, ...)
{
	va_list ap;

	rt_str_clear(&c->message);
	va_start(ap, format);
	rt_str_addv(&c->message, format, ap);
	va_end(ap);
	c->message_level = level;
	rt_log_add(&c->log, level, rt_clock_now(NULL), c->message.p);
	rt_console_changed(c, RT_CHANGED_LOG);
}

void rt_console_error(rt_console *c, const retort_error *err)
{
	rt_str_clear(&c->message);
	rt_str_add(&c->message, err->message ? err->message : "");
	c->message_level = RT_LEVEL_ERROR;
	rt_log_error(&c->log, rt_clock_now(NULL), err);
	rt_console_changed(c, RT_CHANGED_LOG);
}

void rt_console_changed(rt_console *c, unsigned what)
{
	size_t i;

	rt_detail_changed(c, what);
	rt_sides_changed(c, what);
	for (i = 0; i < RT_VIEW_COUNT; i++)
		if (c->views[i].ops->changed)
			c->views[i].ops->changed(&c->views[i], what);
	rt_loop_dirty(c->loop);
}

void rt_console_select(rt_console *c, const retort_revision *rev)
{
	c->selected = rev;
	rt_console_changed(c, RT_CHANGED_SELECTION);
}

void rt_console_focus(rt_console *c, rt_view_id id)
{
	if (id == RT_VIEW_HELP && c->focus != RT_VIEW_HELP)
		c->behind = c->focus;
	c->focus = id;
	if (id != RT_VIEW_GRAPH && id < RT_VIEW_HELP)
		c->other = id;
	rt_console_arrange(c);
}

/* Move or search in the focused view's list. */
static bool act_on_list(rt_view *v, rt_action action)
{
	rt_list *l = v->ops->list ? v->ops->list(v) : NULL;

	if (!l || !rt_list_action(l, action))
		return false;
	if (v->ops->moved)
		v->ops->moved(v);
	return true;
}

void rt_console_act(rt_console *c, rt_action action)
{
	rt_view *v = &c->views[c->focus];

	rt_loop_dirty(c->loop);
	if (v->ops->action && v->ops->action(v, action))
		return;
	if (!act_on_list(v, action))
		rt_console_command(c, action);
}

/* --- keys ---------------------------------------------------------------- */

static void show_continuations(void *self)
{
	rt_console *c = self;

	c->typed_shown = c->typed.n > 0;
	rt_loop_dirty(c->loop);
}

static void end_sequence(rt_console *c)
{
	c->typed.n = 0;
	c->typed_shown = false;
	rt_loop_cancel(c->loop, show_continuations, c);
}

static void key_in_view(rt_console *c, rt_key key)
{
	rt_context context = c->views[c->focus].ops->context;
	rt_str keys = RT_STR_INIT;
	rt_action action;

	rt_str_clear(&c->message);
	c->typed.keys[c->typed.n++] = key;
	switch (rt_keymap_find(&c->keymap, context, &c->typed, &action)) {
	case RT_KEYS_PREFIX:
		if (c->typed.n < RT_KEYSEQ_MAX) {
			rt_loop_timer(c->loop, HINT_AFTER_MS,
				      show_continuations, c);
			return;
		}
		break;
	case RT_KEYS_ACTION:
		end_sequence(c);
		rt_console_act(c, action);
		return;
	case RT_KEYS_NONE:
		break;
	}
	rt_keyseq_format(&c->typed, &keys);
	rt_str_addf(&c->message, "%s means nothing here; h shows all keys",
		    keys.p);
	c->message_level = RT_LEVEL_WARNING;
	rt_str_free(&keys);
	end_sequence(c);
}

static void answer_dialog(rt_console *c, rt_answer answer)
{
	rt_dialog *d = &c->dialog;
	void (*answered)(void *, rt_answer, size_t) = d->answered;
	void *self = d->self;
	size_t choice = d->choice;

	rt_dialog_close(d);
	if (answered)
		answered(self, answer, choice);
}

static void take_key(rt_console *c, rt_key key)
{
	rt_answer answer;

	rt_loop_dirty(c->loop);
	if (c->dialog.kind != RT_DIALOG_NONE) {
		answer = rt_dialog_key(&c->dialog, &c->keymap, key);
		if (answer != RT_ANSWER_OPEN)
			answer_dialog(c, answer);
	} else if (c->prompt_for != RT_ACTION_NONE) {
		rt_console_prompt_key(c, key);
	} else {
		key_in_view(c, key);
	}
}

static void take_paste(rt_console *c, rt_sv text)
{
	rt_loop_dirty(c->loop);
	if (c->dialog.kind == RT_DIALOG_TYPED)
		rt_prompt_paste(&c->dialog.prompt, text);
	else if (c->prompt_for != RT_ACTION_NONE)
		rt_console_prompt_paste(c, text);
}

/* --- mouse --------------------------------------------------------------- */

static void wheel(rt_view *v, long lines)
{
	rt_list *l = v->ops->list ? v->ops->list(v) : NULL;

	if (!l)
		return;
	rt_list_scroll(l, lines);
	if (v->ops->moved)
		v->ops->moved(v);
}

static void click(rt_console *c, rt_view_id id, int row, bool twice)
{
	rt_view *v = &c->views[id];
	rt_list *l = v->ops->list ? v->ops->list(v) : NULL;
	size_t line;

	rt_console_focus(c, id);
	if (!l || row < 0)
		return;
	line = l->top + (size_t)row;
	if (line >= l->lines)
		return;
	rt_list_select(l, line);
	if (v->ops->moved)
		v->ops->moved(v);
	if (twice)
		rt_console_act(c, RT_ACTION_OPEN);
}

static void take_mouse(rt_console *c, const rt_event *ev)
{
	rt_view_id id = RT_VIEW_GRAPH;

	if (c->dialog.kind != RT_DIALOG_NONE ||
	    c->prompt_for != RT_ACTION_NONE ||
	    !rt_panes_at(&c->panes, ev->row, ev->col, &id))
		return;
	rt_loop_dirty(c->loop);
	if (ev->mouse == RT_MOUSE_WHEEL_UP)
		wheel(&c->views[id], -WHEEL_LINES);
	else if (ev->mouse == RT_MOUSE_WHEEL_DOWN)
		wheel(&c->views[id], WHEEL_LINES);
	else
		click(c, id, ev->row - c->panes.pane[id].row - 1,
		      ev->mouse == RT_MOUSE_DOUBLE);
}

/* --- dialogs ------------------------------------------------------------- */

static void arm(void *self)
{
	rt_console *c = self;

	c->arming = false;
	/* unless another took its place meanwhile, that nobody has seen */
	c->dialog.armed = c->dialog.armed || c->dialog.arming;
	rt_loop_unbusy(c->loop);
	rt_loop_dirty(c->loop);
}

/* A question that is seen waits a moment before it takes an answer; what was
 * typed before is dropped. */
void rt_console_arm(rt_console *c)
{
	if (c->dialog.kind == RT_DIALOG_NONE || c->dialog.armed ||
	    c->dialog.arming)
		return;
	c->dialog.arming = true;
	/* the timer of a question before it is set anew */
	if (!c->arming)
		rt_loop_busy(c->loop);
	c->arming = true;
	rt_loop_timer(c->loop, ARM_AFTER_MS, arm, c);
}

/* --- events -------------------------------------------------------------- */

/* All keys that have come are taken before a frame is drawn. */
static void on_terminal(void *self)
{
	rt_console *c = self;
	rt_event ev;

	while (c->term->ops->next(c->term, &ev)) {
		switch (ev.kind) {
		case RT_EVENT_KEY:
			take_key(c, ev.key);
			break;
		case RT_EVENT_PASTE:
			take_paste(c, ev.text);
			break;
		case RT_EVENT_MOUSE:
			take_mouse(c, &ev);
			break;
		case RT_EVENT_FOCUS:
			rt_console_ask_database(c);
			rt_git_facts_ask(c);
			break;
		}
	}
}

static void on_signal(void *self)
{
	rt_console *c = self;
	unsigned char signo;

	if (read(c->term->signals, &signo, 1) != 1)
		return;
	rt_loop_dirty(c->loop);
	if (signo == SIGWINCH) {
		rt_console_arrange(c);
	} else if (signo == SIGTSTP) {
		rt_console_act(c, RT_ACTION_SUSPEND);
	} else if (signo == SIGCONT) {
		c->term->ops->enter(c->term);
		rt_console_arrange(c);
	} else {
		c->ended_by = signo;
		if (rt_stepping_signal(c))
			rt_loop_quit(c->loop);
	}
}

/* --- life ---------------------------------------------------------------- */

static void open_views(rt_console *c)
{
	size_t i;

	for (i = 0; i < RT_VIEW_COUNT; i++) {
		rt_view *v = &c->views[i];

		v->ops = view_ops[i];
		v->console = c;
		v->rows = v->cols = 1;
		v->state = rt_calloc(1, v->ops->state_size);
		v->ops->open(v);
	}
}

static void close_views(rt_console *c)
{
	size_t i;

	for (i = 0; i < RT_VIEW_COUNT; i++) {
		if (!c->views[i].ops)
			continue;
		c->views[i].ops->close(&c->views[i]);
		free(c->views[i].state);
	}
}

static int console_open(rt_console *c, retort_project *project,
			const rt_tui_options *options, retort_error *err)
{
	int rc;

	memset(c, 0, sizeof(*c));
	c->project = project;
	c->op = RETORT_OP_UPGRADE;
	c->other = RT_VIEW_SQL;
	c->watch.fd = -1;
	rt_detail_init(&c->detail);
	c->message = (rt_str)RT_STR_INIT;
	c->copied = (rt_str)RT_STR_INIT;
	rc = rt_console_settings(c, options, err);
	if (!rc)
		rc = rt_term_open(&c->term, options->colour, err);
	if (rc)
		return rc;
	c->term->ops->theme(c->term, c->theme);
	if (!c->mouse)
		c->term->ops->mouse(c->term, false);
	c->frame.ascii = c->term->ascii;
	c->glyphs = c->term->ascii || options->ascii ? &rt_glyphs_ascii
						     : &rt_glyphs_utf8;
	c->loop = rt_loop_new(rt_console_draw, c, options->idle_fd);
	open_views(c);
	return 0;
}

static void console_close(rt_console *c)
{
	rt_job_kill(c->asking);
	rt_job_kill(c->copying);
	rt_str_free(&c->copied);
	free(c->layout_path);
	rt_job_kill(c->stamping);
	rt_detail_free(&c->detail);
	rt_git_facts_free(&c->git);
	rt_sides_free(&c->sides);
	close_views(c);
	rt_watch_close(&c->watch);
	rt_dialog_close(&c->dialog);
	if (c->prompt_for != RT_ACTION_NONE)
		rt_prompt_close(&c->prompt);
	rt_history_free(&c->commands);
	rt_history_free(&c->searches);
	while (c->jumps.n)
		free(c->jumps.v[--c->jumps.n]);
	rt_vec_free(&c->jumps);
	rt_keymap_free(&c->keymap);
	rt_model_free(&c->model);
	rt_log_free(&c->log);
	rt_str_free(&c->message);
	retort_change_free(c->change);
	free(c->stamp_id);
	rt_cells_free(&c->frame);
	retort_error_dispose(&c->graph_error);
	rt_loop_free(c->loop);
	rt_term_close(c->term);
}

/* The first frame has nothing but its panes; while the files are read for
 * the next, the database is asked already. */
static void run(rt_console *c)
{
	rt_loop_watch(c->loop, c->term->fd, on_terminal, c);
	rt_loop_watch(c->loop, c->term->signals, on_signal, c);
	rt_console_arrange(c);
	rt_console_draw(c);
	rt_console_ask_database(c);
	rt_console_load(c);
	rt_console_draw(c);
	rt_console_watch(c);
	rt_loop_run(c->loop);
}

int rt_tui_run(retort_project *project, const rt_tui_options *options,
	       retort_error *err)
{
	rt_console c;
	int rc, signo;

	rc = console_open(&c, project, options, err);
	if (rc == 0) {
		rt_console_recall(&c);
		run(&c);
		rt_console_remember(&c);
	}
	signo = c.ended_by;
	console_close(&c);
	if (signo)
		rt_signal_die(signo);
	return rc;
}
