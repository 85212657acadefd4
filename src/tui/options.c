/* SPDX-License-Identifier: MIT */
/* What can be switched, in one menu: each choice is an action. */
#include "config.h"

#include <stdlib.h>

#include "tui/console.h"

static const char *on_off(bool on)
{
	return on ? "on" : "off";
}

static const char *glyphs(const rt_console *c)
{
	return c->glyphs->name_of_set;
}

static const char *theme(const rt_console *c)
{
	return c->theme->name;
}

static const char *line_numbers(const rt_console *c)
{
	return on_off(c->line_numbers);
}

static const char *mouse(const rt_console *c)
{
	return on_off(c->mouse);
}

static const char *maximised(const rt_console *c)
{
	return on_off(c->maximised);
}

static const struct option {
	rt_action action;
	const char *text;
	const char *(*now)(const rt_console *c);
} options[] = {
	{ RT_ACTION_GLYPHS, "glyphs", glyphs },
	{ RT_ACTION_NEXT_THEME, "theme", theme },
	{ RT_ACTION_LINE_NUMBERS, "line numbers", line_numbers },
	{ RT_ACTION_MOUSE, "mouse", mouse },
	{ RT_ACTION_MAXIMISE, "one pane alone", maximised },
};

enum { OPTIONS = sizeof(options) / sizeof(options[0]) };

static void chosen(void *self, rt_answer answer, size_t choice)
{
	if (answer == RT_ANSWER_YES && choice < OPTIONS)
		rt_console_act(self, options[choice].action);
}

static void open_menu(rt_console *c)
{
	size_t i;

	rt_dialog_open(&c->dialog, RT_DIALOG_CHOOSE, "SWITCH", "");
	for (i = 0; i < OPTIONS; i++) {
		char *line = rt_strf("%-16s %s", options[i].text,
				     options[i].now(c));

		rt_dialog_add_choice(&c->dialog, line);
		free(line);
	}
	c->dialog.answered = chosen;
	c->dialog.self = c;
}

void rt_console_set_theme(rt_console *c, const rt_theme *to)
{
	c->theme = to;
	c->term->ops->theme(c->term, to);
}

static void next_theme(rt_console *c)
{
	size_t n, i;
	const rt_theme *all = rt_themes(&n);

	i = (size_t)(c->theme - all);
	rt_console_set_theme(c, &all[(i + 1) % n]);
	rt_console_say(c, RT_LEVEL_INFO, "theme %s: %s", c->theme->name,
		       c->theme->help);
}

static void switch_glyphs(rt_console *c)
{
	if (c->term->ascii)
		rt_console_say(c, RT_LEVEL_WARNING,
			       "the locale has no UTF-8: ASCII it is");
	else
		c->glyphs = c->glyphs == &rt_glyphs_ascii ? &rt_glyphs_utf8
							  : &rt_glyphs_ascii;
}

static void set_mouse(rt_console *c, bool on)
{
	c->mouse = on;
	c->term->ops->mouse(c->term, on);
}

bool rt_console_option(rt_console *c, rt_action action)
{
	switch (action) {
	case RT_ACTION_OPTIONS:
		open_menu(c);
		return true;
	case RT_ACTION_GLYPHS:
		switch_glyphs(c);
		return true;
	case RT_ACTION_NEXT_THEME:
		next_theme(c);
		return true;
	case RT_ACTION_LINE_NUMBERS:
		c->line_numbers = !c->line_numbers;
		rt_console_arrange(c);
		return true;
	case RT_ACTION_MOUSE:
		set_mouse(c, !c->mouse);
		return true;
	default:
		return false;
	}
}
