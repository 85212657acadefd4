/* SPDX-License-Identifier: MIT */
/*
 * [tool.alembic] of a pyproject.toml, as sections of a project file: what it
 * holds counts where alembic.ini says nothing.  [tool.retort] is [retort].
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "config/settings_impl.h"
#include "config/toml.h"

static const char table[] = "tool.alembic.", ours[] = "tool.retort.";
static const char hooks[] = "post_write_hooks[";

/* The part of a name behind a prefix; NULL if it has another. */
static const char *behind(const char *name, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(name, prefix, n) ? NULL : name + n;
}

static void put(rt_settings *s, const char *path, const char *section,
		const char *key, const rt_toml_value *v, const char *text)
{
	rt_ini_value new = { 0, key, text, v->line, v->column, v->list, path };

	rt_ini_put(&s->ini, section, &new);
}

/* The name of the hook that `post_write_hooks[0].` stands for. */
static const char *hook_name(const rt_toml_values *all, const char *place,
			     size_t n)
{
	size_t i;

	for (i = 0; i < all->n; i++) {
		const char *rest = behind(all->v[i].name, table);

		if (rest && !strncmp(rest, place, n) &&
		    !strcmp(rest + n, "].name"))
			return all->v[i].text;
	}
	return NULL;
}

static void put_hook(rt_settings *s, const char *path,
		     const rt_toml_values *all, const rt_toml_value *v,
		     const char *rest, rt_str *names)
{
	size_t n = strcspn(rest, "]");
	const char *name = hook_name(all, rest, n);

	if (!name || strncmp(rest + n, "].", 2) != 0)
		return;
	if (!strcmp(rest + n, "].name"))
		rt_str_addf(names, "%s%s", names->n ? ", " : "", name);
	else
		put(s, path, "post_write_hooks",
		    rt_arena_strf(&s->arena, "%s.%s", name, rest + n + 2), v,
		    v->text);
}

static void put_all(rt_settings *s, const char *path,
		    const rt_toml_values *all)
{
	bool own_hooks = !rt_ini_section_find(&s->ini, "post_write_hooks");
	rt_str names = RT_STR_INIT;
	const rt_toml_value *last = NULL;
	const char *rest;
	size_t i;

	for (i = 0; i < all->n; i++) {
		const rt_toml_value *v = &all->v[i];

		rest = behind(v->name, ours);
		if (rest)
			put(s, path, "retort", rest, v, v->text);
		rest = behind(v->name, table);
		if (rest && behind(rest, hooks)) {
			last = v;
			if (own_hooks)
				put_hook(s, path, all, v, rest, &names);
		} else if (rest) {
			put(s, path, RT_SETTINGS_TOML, rest, v, v->text);
		}
	}
	if (last && names.n)
		put(s, path, "post_write_hooks", "hooks", last,
		    rt_arena_strsv(&s->arena, rt_str_sv(&names)));
	rt_str_free(&names);
}

bool rt_settings_is_pyproject(const char *path)
{
	return !strcmp(rt_fs_basename(path), "pyproject.toml");
}

bool rt_settings_has_tool(const char *path)
{
	rt_str text = RT_STR_INIT;
	bool has = rt_fs_exists(path) && !rt_fs_is_dir(path) &&
		rt_fs_read(path, RT_INI_LIMIT, &text, NULL) == 0 &&
		strstr(text.p, "tool.alembic");

	rt_str_free(&text);
	return has;
}

int rt_settings_read_pyproject(rt_settings *s, const char *path,
			       retort_error *err)
{
	const char *kept = rt_arena_strdup(&s->arena, path);
	rt_toml_values values = RT_VEC_INIT;
	rt_str text = RT_STR_INIT;
	int rc = rt_fs_read(path, RT_INI_LIMIT, &text, err);

	if (!rc)
		rc = rt_toml_read(&s->arena, kept, rt_str_sv(&text), "tool.",
				  &values, err);
	if (!rc)
		put_all(s, kept, &values);
	rt_vec_free(&values);
	rt_str_free(&text);
	return rc;
}
