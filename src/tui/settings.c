/* SPDX-License-Identifier: MIT */
/* What the command line and the project file say about the console. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "tui/console.h"
#include "tui/tui.h"

/* Lines of `action = keys`. */
static int bind_lines(rt_console *c, const char *text, retort_error *err)
{
	rt_sv rest = rt_sv_from(text), line, name;
	size_t equals;
	int rc = 0;

	while (rc == 0 && rt_sv_line(&rest, &line)) {
		line = rt_sv_trim(line);
		if (!line.n)
			continue;
		equals = rt_sv_find(line, '=');
		name = rt_sv_trim(rt_sv_sub(line, 0, equals));
		if (equals == line.n)
			rc = rt_err_set(err, RETORT_ECONFIG,
					"'%.*s' is not action = keys",
					(int)line.n, line.p);
		else
			rc = rt_keymap_bind(&c->keymap, name,
					    rt_sv_trim(rt_sv_sub(line,
								 equals + 1,
								 line.n)),
					    err);
	}
	if (!rc)
		return 0;
	rt_err_prefix(err, "console_keys");
	rt_err_at(err, retort_project_config_path(c->project), 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "the key h shows the actions with their keys, and "
		     "retort(1) lists them");
	return rc;
}

static int set_keys(rt_console *c, const rt_tui_options *options,
		    retort_error *err)
{
	const char *text = NULL;
	size_t i;
	int rc = 0;

	rt_keymap_init(&c->keymap);
	for (i = 0; rc == 0 && i < options->n_keys; i++)
		rc = rt_keymap_bind(&c->keymap,
				    rt_sv_from(options->keys[i][0]),
				    rt_sv_from(options->keys[i][1]), err);
	if (rc == 0)
		rc = retort_project_setting(c->project, "console_keys", &text,
					    err);
	if (rc == 0 && text)
		rc = bind_lines(c, text, err);
	return rc;
}

static int set_theme(rt_console *c, const rt_tui_options *options,
		     retort_error *err)
{
	const char *name = options->theme;
	int rc = 0;

	if (!name)
		rc = retort_project_setting(c->project, "console_theme", &name,
					    err);
	if (rc)
		return rc;
	c->theme = rt_theme_default(getenv("COLORFGBG"));
	if (!name)
		return 0;
	c->theme = rt_theme_find(rt_sv_from(name));
	c->theme_given = true;
	if (c->theme)
		return 0;
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "the themes are dark, light and contrast");
	return rt_err_set(err, RETORT_EUSAGE, "there is no theme '%s'", name);
}

int rt_console_settings(rt_console *c, const rt_tui_options *options,
			retort_error *err)
{
	const char *mouse = NULL;
	int rc = set_theme(c, options, err);

	if (rc == 0)
		rc = set_keys(c, options, err);
	if (rc == 0)
		rc = retort_project_setting(c->project, "console_mouse",
					    &mouse, err);
	c->mouse = !mouse || strcmp(mouse, "off") != 0;
	c->line_numbers = true;
	c->ascii_given = options->ascii;
	return rc;
}

/* --- what is remembered -------------------------------------------------- */

static rt_layout layout_now(const rt_console *c)
{
	rt_layout l = c->remembered;

	if (!c->theme_given)
		l.theme = c->theme;
	if (!c->ascii_given && !c->term->ascii)
		l.ascii = c->glyphs == &rt_glyphs_ascii;
	l.maximised = c->maximised;
	l.line_numbers = c->line_numbers;
	l.focus = c->focus == RT_VIEW_HELP ? c->behind : c->focus;
	if (l.focus > RT_VIEW_HELP)
		l.focus = RT_VIEW_GRAPH;
	l.other = c->other;
	return l;
}

void rt_console_recall(rt_console *c)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_layout *l = &c->remembered;

	*l = (rt_layout){ c->theme, false, false, true, c->focus, c->other };
	c->layout_path = rt_layout_path(retort_project_config_path(c->project),
					getenv("XDG_STATE_HOME"),
					getenv("HOME"));
	if (rt_layout_read(c->layout_path, l, &err))
		rt_log_error(&c->log, rt_clock_now(NULL), &err);
	retort_error_dispose(&err);
	if (!c->theme_given && l->theme != c->theme)
		rt_console_set_theme(c, l->theme);
	if (l->ascii)
		c->glyphs = &rt_glyphs_ascii;
	c->maximised = l->maximised;
	c->line_numbers = l->line_numbers;
	c->other = l->other;
	c->focus = l->focus;
}

/* Whoever cannot write there has lost nothing that matters. */
void rt_console_remember(rt_console *c)
{
	rt_layout now = layout_now(c), *was = &c->remembered;
	retort_error err = RETORT_ERROR_INIT;

	if (c->layout_path &&
	    (now.theme != was->theme || now.ascii != was->ascii ||
	     now.maximised != was->maximised ||
	     now.line_numbers != was->line_numbers ||
	     now.focus != was->focus || now.other != was->other) &&
	    rt_layout_write(c->layout_path, &now, &err))
		retort_error_dispose(&err);
}
