/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/sql/effects.h"

#include <stdlib.h>
#include <string.h>

#include <retort/effects.h>

#include "base/alloc.h"
#include "base/err.h"
#include "tui/console.h"
#include "ui/effectstext.h"

/* A key held down goes past many revisions; what is in the cache is to be
 * seen at once all the same. */
enum { LOOK_AFTER_MS = 40 };

/* What nobody asked for must not keep a processor busy: a history may be
 * long, and a statement may never end. */
enum { GIVE_UP_MS = 3000 };

/* Messages of the child. */
enum {
	TAG_TEXT = 't',
	TAG_CACHED = 'c',
	TAG_MEASURED = 'm',
	TAG_ASKS = 'a',
	TAG_ERROR = 'e'
};

void rt_effects_free(rt_effects *e)
{
	rt_job_kill(e->job);
	free(e->of);
	rt_str_free(&e->text);
	retort_error_dispose(&e->err);
}

/* --- in the child -------------------------------------------------------- */

static void add_statement(rt_str *out, const retort_statement *s)
{
	rt_sv rest = { s->sql, s->length }, line = { s->sql, 0 };

	rt_str_addc(out, RT_EFFECTS_STATEMENT);
	if (rt_sv_line(&rest, &line))
		rt_str_addsv(out, rt_sv_trim(line));
	rt_str_add(out, rest.n ? " ...\n" : "\n");
}

static void add_effect(rt_str *out, const retort_effect *effect)
{
	rt_str lines = RT_STR_INIT;
	rt_sv rest, line;

	rt_effectstext_lines(&lines, effect);
	rest = rt_str_sv(&lines);
	while (rt_sv_line(&rest, &line)) {
		rt_str_addc(out, RT_EFFECTS_LINE);
		rt_str_addsv(out, line);
		rt_str_addc(out, '\n');
	}
	rt_str_free(&lines);
}

/* A message for each statement: a long script is not cut at the end of
 * one. */
static int send_effects(const rt_console *c, const retort_effects *effects,
			rt_job_out *out, retort_error *err)
{
	retort_script *script = NULL;
	rt_str text = RT_STR_INIT;
	size_t i;
	int rc;

	rc = retort_project_script(c->project, c->selected, c->op,
				   retort_project_dialect(c->project),
				   &script, err);
	for (i = 0; rc == 0 && i < retort_effects_count(effects); i++) {
		rt_str_clear(&text);
		if (i < retort_script_count(script))
			add_statement(&text, retort_script_statement(script,
								     i));
		add_effect(&text, retort_effects_at(effects, i));
		rt_job_send(out, TAG_TEXT, rt_str_sv(&text));
	}
	rt_str_free(&text);
	retort_script_free(script);
	return rc;
}

bool rt_effects_are_free(const rt_console *c)
{
	const char *url = NULL;

	if (retort_project_dialect(c->project) == RETORT_DIALECT_SQLITE)
		return true;
	return retort_project_setting(c->project, "scratch_url", &url,
				      NULL) == 0 &&
	       url && *url;
}

static int find_effects(const rt_console *c, retort_measure *measure,
			retort_effects **effects, char *tag,
			retort_error *err)
{
	int rc = 0;

	*tag = TAG_CACHED;
	*effects = NULL;
	if (!c->detail.effects.measure)
		rc = retort_measure_cached(measure, c->selected, c->op,
					   effects, err);
	if (rc || *effects)
		return rc;
	*tag = TAG_ASKS;
	if (!c->detail.effects.measure && !rt_effects_are_free(c))
		return 0;
	*tag = TAG_MEASURED;
	retort_measure_anew(measure, c->detail.effects.measure);
	return retort_measure_step(measure, c->selected, c->op, effects, err);
}

static void work(void *self, rt_job_out *out)
{
	const rt_console *c = self;
	char *cache = rt_effectstext_cache(getenv("XDG_CACHE_HOME"),
					   getenv("HOME"));
	retort_measure *measure = NULL;
	retort_effects *effects = NULL;
	retort_error err = RETORT_ERROR_INIT;
	char tag = TAG_ERROR;
	int rc;

	retort_measure_open(&measure, c->project, cache);
	rc = find_effects(c, measure, &effects, &tag, &err);
	if (rc == 0 && effects)
		rc = send_effects(c, effects, out, &err);
	if (rc)
		rt_job_send_error(out, TAG_ERROR, &err);
	else
		rt_job_send(out, tag, RT_SV(""));
	retort_effects_free(effects);
	retort_measure_close(measure);
	retort_error_dispose(&err);
	free(cache);
}

/* --- in the console ------------------------------------------------------ */

static void message(void *self, char tag, rt_sv bytes)
{
	rt_effects *e = &((rt_console *)self)->detail.effects;

	switch (tag) {
	case TAG_TEXT:
		rt_str_addsv(&e->text, bytes);
		break;
	case TAG_CACHED:
		e->state = RT_EFFECTS_CACHED;
		break;
	case TAG_MEASURED:
		e->state = RT_EFFECTS_MEASURED;
		break;
	case TAG_ASKS:
		e->state = RT_EFFECTS_ASKS;
		break;
	default:
		e->state = RT_EFFECTS_FAILED;
		rt_job_take_error(bytes, &e->err);
		break;
	}
}

static void give_up(void *self)
{
	rt_console *c = self;
	rt_effects *e = &c->detail.effects;

	rt_job_kill(e->job);
	e->job = NULL;
	e->state = RT_EFFECTS_LONG;
	rt_str_clear(&e->text);
	rt_console_changed(c, RT_CHANGED_DETAIL);
}

static void done(void *self, bool finished)
{
	rt_console *c = self;
	rt_effects *e = &c->detail.effects;

	rt_loop_cancel(c->loop, give_up, c);
	e->job = NULL;
	e->measure = false;
	if (!finished || e->state == RT_EFFECTS_LOOKING) {
		e->state = RT_EFFECTS_FAILED;
		rt_err_set(&e->err, RETORT_EINTERNAL,
			   "measuring ended too early");
	}
	rt_console_changed(c, RT_CHANGED_DETAIL);
}

static void start(void *self)
{
	static const rt_job_ops ops = { work, message, done };
	rt_console *c = self;
	rt_effects *e = &c->detail.effects;

	rt_loop_unbusy(c->loop);
	if (!c->selected) {
		e->state = RT_EFFECTS_UNKNOWN;
		return;
	}
	if (rt_job_start(&e->job, c->loop, &ops, c, &e->err)) {
		e->state = RT_EFFECTS_FAILED;
		rt_console_changed(c, RT_CHANGED_DETAIL);
	} else if (!e->measure) {
		rt_loop_timer(c->loop, GIVE_UP_MS, give_up, c);
	}
}

static void forget(rt_console *c)
{
	rt_effects *e = &c->detail.effects;

	if (e->job) {
		rt_loop_cancel(c->loop, give_up, c);
		rt_job_kill(e->job);
	} else if (e->state == RT_EFFECTS_LOOKING) {
		rt_loop_cancel(c->loop, start, c);
		rt_loop_unbusy(c->loop);
	}
	e->job = NULL;
	e->state = RT_EFFECTS_UNKNOWN;
	e->measure = false;
	rt_str_clear(&e->text);
	retort_error_dispose(&e->err);
}

void rt_effects_need(rt_console *c)
{
	rt_effects *e = &c->detail.effects;

	if (e->state != RT_EFFECTS_UNKNOWN || !c->selected)
		return;
	free(e->of);
	e->of = rt_strdup(c->selected->id);
	e->op = c->op;
	e->state = RT_EFFECTS_LOOKING;
	rt_loop_busy(c->loop);
	rt_loop_timer(c->loop, LOOK_AFTER_MS, start, c);
}

void rt_effects_measure(rt_console *c)
{
	if (!c->selected) {
		rt_console_say(c, RT_LEVEL_INFO, "no revision is selected");
		return;
	}
	forget(c);
	c->detail.effects.measure = true;
	rt_effects_need(c);
	rt_console_changed(c, RT_CHANGED_DETAIL);
}

void rt_effects_changed(rt_console *c, unsigned what)
{
	const rt_effects *e = &c->detail.effects;
	bool other = what & RT_CHANGED_SELECTION &&
		     (!c->selected || !e->of || e->op != c->op ||
		      strcmp(c->selected->id, e->of) != 0);

	if (other || what & RT_CHANGED_GRAPH)
		forget(c);
}
