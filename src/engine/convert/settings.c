/* SPDX-License-Identifier: MIT */
/*
 * The new project file: what the old one says that still has a meaning.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "engine/convert/convert.h"
#include "engine/project/init.h"
#include "text/url.h"

typedef struct writer {
	retort_convert *c;
	const char *here; /* the new project's folder, % doubled */
	bool variables;   /* some value has a ${VARIABLE} */
	int rc;
} writer;

/*
 * An absolute path as one from the new project's folder, so that both can
 * move together; one that has nothing in common with it stays.
 */
static const char *from_here(writer *w, const char *path)
{
	const char *here = w->here;
	rt_str out = RT_STR_INIT;
	size_t i, same = 0;
	const char *text;

	for (i = 0; path[i] && path[i] == here[i]; i++)
		if (path[i] == '/')
			same = i;
	if (!here[i] && path[i] == '/')
		same = i;
	if (!same)
		return path;
	rt_str_add(&out, "%(here)s");
	for (i = same; here[i]; i++)
		if (here[i] == '/')
			rt_str_add(&out, "/..");
	rt_str_add(&out, path + same);
	text = rt_arena_strsv(&w->c->arena, rt_str_sv(&out));
	rt_str_free(&out);
	return text;
}

static const char *url_from_here(writer *w, const char *url)
{
	const char *file = strstr(url, ":////");

	if (!file || !rt_sv_is(rt_url_scheme(rt_sv_from(url)), "sqlite"))
		return url;
	file += 4;
	return rt_arena_strf(&w->c->arena, "%.*s%s", (int)(file - url), url,
			     from_here(w, file));
}

static const char *stated(writer *w, const retort_setting *s)
{
	const char *value = NULL;
	int rc = rt_settings_stated(w->c->project->settings, s->name, &value,
				    w->c->err);

	if (rc)
		w->rc = w->rc ? w->rc : rc;
	if (rc || !value)
		return NULL;
	w->variables |= strstr(value, "${") != NULL;
	if (!strcmp(s->type, "path") && value[0] == '/')
		return from_here(w, value);
	return !strcmp(s->type, "url") ? url_from_here(w, value) : value;
}

static const char *location(writer *w, const retort_setting *s)
{
	(void)w;
	(void)s;
	return "%(here)s/" RT_CONVERT_LOCATION;
}

static const char *locations(writer *w, const retort_setting *s)
{
	const retort_names *names = &w->c->locations;
	rt_str out = RT_STR_INIT;
	const char *text;
	size_t i;

	(void)s;
	if (names->n < 2)
		return NULL;
	for (i = 0; i < names->n; i++)
		rt_str_addf(&out, "\n%%(here)s/%s", names->v[i]);
	text = rt_arena_strsv(&w->c->arena, rt_str_sv(&out));
	rt_str_free(&out);
	return text;
}

static const char *separator(writer *w, const retort_setting *s)
{
	(void)s;
	return w->c->locations.n < 2 ? NULL : "newline";
}

static const char *nothing(writer *w, const retort_setting *s)
{
	(void)w;
	(void)s;
	return NULL;
}

/* All others stay as they are. */
static const struct special {
	const char *name;
	const char *(*value)(writer *w, const retort_setting *s);
} specials[] = {
	{ "alembic_command", nothing }, /* there is no Python left */
	{ "path_separator", separator },
	{ "script_location", location },
	{ "sqlalchemy.url", nothing }, /* it is `url` */
	{ "version_locations", locations },
};

static const char *value_of(void *self, const retort_setting *s)
{
	size_t i;

	for (i = 0; i < sizeof(specials) / sizeof(specials[0]); i++)
		if (!strcmp(specials[i].name, s->name))
			return specials[i].value(self, s);
	return stated(self, s);
}

static const char *doubled(rt_arena *arena, const char *text)
{
	rt_str out = RT_STR_INIT;
	const char *kept;

	for (; *text; text++) {
		rt_str_addc(&out, *text);
		if (*text == '%')
			rt_str_addc(&out, '%');
	}
	kept = rt_arena_strsv(arena, rt_str_sv(&out));
	rt_str_free(&out);
	return kept;
}

/* What the old project has and the new one has not. */
static int add_notes(retort_convert *c, bool variables)
{
	rt_settings *s = c->project->settings;
	const rt_hook *hooks;
	char *env = rt_fs_join(rt_settings_directory(s), ".env");
	size_t n = 0;
	int rc = rt_settings_hooks(s, &hooks, &n, c->err);

	if (!rc && n)
		rt_vec_push(&c->notes, "the post-write hooks are not in the "
			    "new project: they are for Python");
	if (!rc && variables && rt_fs_exists(env))
		rt_vec_push(&c->notes, rt_arena_strf(&c->arena,
			    "%s is not copied: it may hold secrets", env));
	free(env);
	return rc;
}

int rt_convert_settings(retort_convert *c, rt_str *out)
{
	writer w = { c, doubled(&c->arena, c->directory), false, 0 };

	rt_init_config(out, value_of, &w);
	return w.rc ? w.rc : add_notes(c, w.variables);
}
