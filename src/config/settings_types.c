/* SPDX-License-Identifier: MIT */
/* Values that are more than text. */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/names.h"
#include "base/vec.h"
#include "config/settings_impl.h"

static int bad_value(rt_settings *s, const char *name, const char *value,
		     const char *want, retort_error *err)
{
	rt_err_set(err, RETORT_ECONFIG, "%s = %s: want %s", name, value, want);
	rt_settings_at(s, name, err);
	return RETORT_ECONFIG;
}

int rt_settings_bool(rt_settings *s, const char *name, bool *value,
		     retort_error *err)
{
	static const char *const words[] = { "true", "yes", "on", "1",
					     "false", "no", "off", "0" };
	const char *text;
	size_t i;
	int rc = rt_settings_get(s, name, &text, err);

	*value = false;
	if (rc || !text)
		return rc;
	for (i = 0; i < 8; i++) {
		if (!rt_sv_is_nocase(rt_sv_from(text), words[i]))
			continue;
		*value = i < 4;
		return 0;
	}
	return bad_value(s, name, text, "on or off", err);
}

int rt_settings_int(rt_settings *s, const char *name, long *value,
		    retort_error *err)
{
	const char *text;
	char *end;
	int rc = rt_settings_get(s, name, &text, err);

	*value = 0;
	if (rc || !text)
		return rc;
	errno = 0;
	*value = strtol(text, &end, 10);
	if (end == text || *end || errno || *value < 0)
		return bad_value(s, name, text, "a whole number, 0 or more",
				 err);
	return 0;
}

static const struct unit {
	const char *name;
	long ms;
} units[] = {
	{ "", 1000 }, { "ms", 1 },        { "s", 1000 },
	{ "m", 60000 }, { "min", 60000 }, { "h", 3600000 },
};

int rt_settings_duration(rt_settings *s, const char *name, long *ms,
			 retort_error *err)
{
	static const char want[] = "a time such as 250ms, 5s, 2min or 0";
	const char *text;
	char *end;
	size_t i;
	long n;
	int rc = rt_settings_get(s, name, &text, err);

	*ms = 0;
	if (rc || !text)
		return rc;
	errno = 0;
	n = strtol(text, &end, 10);
	if (end == text || errno || n < 0)
		return bad_value(s, name, text, want, err);
	end += strspn(end, " ");
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (!strcmp(end, units[i].name))
			break;
	/* PostgreSQL's timeouts are 32-bit milliseconds. */
	if (i == sizeof(units) / sizeof(units[0]) ||
	    n > INT_MAX / units[i].ms)
		return bad_value(s, name, text, want, err);
	*ms = n * units[i].ms;
	return 0;
}

int rt_settings_path_value(rt_settings *s, const char *name,
			   const char **path, retort_error *err)
{
	const char *text;
	int rc = rt_settings_get(s, name, &text, err);

	*path = NULL;
	if (!rc && text)
		*path = !strcmp(name, "script_location") ?
			rt_settings_place(s, text) :
			rt_settings_absolute(s, text);
	return rc;
}

static const struct separator {
	const char *name;
	char sep;
} separators[] = {
	{ "os", ':' }, { ":", ':' }, { ";", ';' }, { "space", ' ' },
	{ "newline", '\n' },
};

/* *sep '\0': none is set, so blanks and commas separate. */
static int get_separator(rt_settings *s, char *sep, retort_error *err)
{
	static const char name[] = "path_separator";
	const char *text;
	size_t i;
	int rc = rt_settings_get(s, name, &text, err);

	*sep = '\0';
	if (rc || !text)
		return rc;
	for (i = 0; i < sizeof(separators) / sizeof(separators[0]); i++)
		if (!strcmp(text, separators[i].name))
			*sep = separators[i].sep;
	if (!*sep)
		return bad_value(s, name, text,
				 "os, :, ;, space or newline", err);
	return 0;
}

static bool is_separator(char c, char sep)
{
	if (sep)
		return c == sep;
	return c == ' ' || c == ',' || (c >= '\t' && c <= '\r');
}

/* `list` cut into absolute paths. */
static void split_paths(rt_settings *s, const char *list, char sep,
			retort_names *out)
{
	RT_VEC(const char *) paths = RT_VEC_INIT;
	const char *end;
	rt_sv path;

	for (; *list; list = *end ? end + 1 : end) {
		end = list;
		while (*end && !is_separator(*end, sep))
			end++;
		path = rt_sv_trim((rt_sv){ list, (size_t)(end - list) });
		if (path.n)
			rt_vec_push(&paths, rt_settings_place(
				s, rt_arena_strsv(&s->arena, path)));
	}
	*out = rt_names_keep(&s->arena, paths.v, paths.n);
	rt_vec_free(&paths);
}

int rt_settings_locations(rt_settings *s, retort_names *out, retort_error *err)
{
	const char *list, *script, **one;
	const rt_ini_value *found;
	char sep = '\0';
	int rc = rt_settings_get(s, "version_locations", &list, err);

	*out = (retort_names){ NULL, 0 };
	if (!rc && list)
		rc = get_separator(s, &sep, err);
	if (rc)
		return rc;
	found = rt_settings_find(s, "version_locations");
	if (found && found->list)
		sep = '\n';
	if (list)
		split_paths(s, list, sep, out);
	if (out->n)
		return 0;
	rc = rt_settings_path_value(s, "script_location", &script, err);
	if (rc)
		return rc;
	one = rt_arena_calloc(&s->arena, 1, sizeof(*one));
	one[0] = s->alembic ? rt_arena_strf(&s->arena, "%s/versions", script)
			    : script;
	*out = (retort_names){ one, 1 };
	return 0;
}
