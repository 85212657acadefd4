/* SPDX-License-Identifier: MIT */
/*
 * What the files of settings share: the object, and who reads which part.
 */
#ifndef RT_CONFIG_SETTINGS_IMPL_H
#define RT_CONFIG_SETTINGS_IMPL_H

#include "base/str.h"
#include "config/ini.h"
#include "config/settings.h"
#include "text/dotenv.h"

/* Rows of the settings table; settings_table.c checks it. */
#define RT_SETTINGS_COUNT 32

/* Most sections that one key is looked up in: the environment's or [retort],
 * [alembic], the table of pyproject.toml, [DEFAULT]. */
#define RT_SETTINGS_SECTIONS 4

/* The section that stands for pyproject.toml's table. */
#define RT_SETTINGS_TOML "tool.alembic"

typedef struct rt_override {
	const char *key, *value;
} rt_override;

struct rt_settings {
	rt_arena arena;
	const char *path;        /* of the project file, absolute */
	const char *directory;   /* that holds it: %(here)s */
	const char *base;        /* what relative paths are relative to */
	const char *environment; /* NULL = none */
	bool alembic;
	rt_ini ini;
	const char *sections[RT_SETTINGS_SECTIONS]; /* strongest first */
	size_t n_sections;
	const char *const *env;
	const char *url; /* the caller's or $RETORT_URL; NULL = the file's */
	RT_VEC(rt_override) set;
	rt_dotenv dotenv;
	bool dotenv_read; /* .env is read when a variable is first missing */
	/* Values after interpolation, by row of the table. */
	const char *cache[RT_SETTINGS_COUNT];
	bool cached[RT_SETTINGS_COUNT];
};

/* settings_table.c: the row of a setting, or RT_SETTINGS_COUNT; the name
 * that is nearest to a mistyped one, or NULL. */
size_t rt_settings_row(const char *name);
const char *rt_settings_nearest(const char *name);

/* discover.c: find the project file.  out: s->path, directory, base. */
RETORT_MUST_CHECK int rt_settings_discover(rt_settings *s,
					   const retort_project_options *o,
					   retort_error *err);

/* Take this project file; named by the caller, relative paths may be relative
 * to the working directory. */
void rt_settings_use(rt_settings *s, const char *path, bool named);

/* pyproject.c: whether a path is that of a pyproject.toml; whether the file
 * speaks of Alembic at all; and its settings, added to s->ini. */
bool rt_settings_is_pyproject(const char *path);
bool rt_settings_has_tool(const char *path);
RETORT_MUST_CHECK int rt_settings_read_pyproject(rt_settings *s,
						 const char *path,
						 retort_error *err);

/* A variable of the environment; NULL if unset. */
const char *rt_settings_env(const rt_settings *s, rt_sv name);

/* settings_check.c: sections, keys and values of the file as it was read. */
RETORT_MUST_CHECK int rt_settings_check(rt_settings *s, retort_error *err);

/* The raw value of a key in the sections in use; NULL if there is none. */
const rt_ini_value *rt_settings_find(const rt_settings *s, const char *key);

/* Expand a value of the file; into the arena. */
RETORT_MUST_CHECK int rt_settings_expand(rt_settings *s,
					 const rt_ini_value *value,
					 const char **out, retort_error *err);

/* The same with ${VARIABLE} left as it is; appended. */
RETORT_MUST_CHECK int rt_settings_expand_keys(rt_settings *s,
					      const rt_ini_value *value,
					      rt_str *out, retort_error *err);

/* The value that the caller gave for a key, the last if several. */
const char *rt_settings_override(const rt_settings *s, const char *key);

/* stated.c: a URL whose relative SQLite file is made absolute. */
const char *rt_settings_anchor(rt_settings *s, const char *url);

/* Make a path absolute, against s->base; in the arena. */
const char *rt_settings_absolute(rt_settings *s, const char *path);

/* The same for a place of revisions, which in Alembic's projects may be
 * `package:folder`: the package is looked for where Python would find it
 * that runs in the project, and in its folder src. */
const char *rt_settings_place(rt_settings *s, const char *path);

#endif
