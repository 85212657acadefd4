/* SPDX-License-Identifier: MIT */
/*
 * What can be wrong with a project file before any of it is used: sections
 * and keys that nothing knows, values of the wrong kind.  alembic.ini holds
 * much that is not ours; there only the values are looked at.
 */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "config/settings_impl.h"

/* Sections beside ours; a `*` at the end stands for anything. */
static const char *const other_sections[] = {
	"DEFAULT", "alembic", "alembic:*", "post_write_hooks", "loggers",
	"handlers", "formatters", "logger_*", "handler_*", "formatter_*",
};

static bool is_ours(const char *section)
{
	return !strcmp(section, "retort") || !strncmp(section, "retort:", 7);
}

static bool is_other(const char *section)
{
	size_t i, n;

	for (i = 0; i < sizeof(other_sections) / sizeof(other_sections[0]);
	     i++) {
		n = strcspn(other_sections[i], "*");
		if (!strncmp(section, other_sections[i], n) &&
		    (other_sections[i][n] == '*' || !section[n]))
			return true;
	}
	return false;
}

static int check_sections(rt_settings *s, retort_error *err)
{
	const rt_ini_section *section;
	size_t i;

	for (i = 0; i < s->ini.sections.n; i++) {
		section = &s->ini.sections.v[i];
		if (is_ours(section->name) || is_other(section->name))
			continue;
		rt_err_set(err, RETORT_ECONFIG, "unknown section [%s]",
			   section->name);
		rt_err_at(err, s->path, section->line, 1);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "sections are [retort], [retort:ENVIRONMENT], "
			     "[post_write_hooks] and [DEFAULT]");
		return RETORT_ECONFIG;
	}
	return 0;
}

/* A key of the user's own: some value asks for it as %(key)s. */
static bool is_asked_for(const rt_settings *s, const char *key)
{
	rt_str want = RT_STR_INIT;
	bool found = false;
	size_t i;

	rt_str_addf(&want, "%%(%s)s", key);
	for (i = 0; i < s->ini.values.n && !found; i++)
		found = strcasestr(s->ini.values.v[i].value, want.p) != NULL;
	rt_str_free(&want);
	return found;
}

static int unknown_key(rt_settings *s, const rt_ini_value *v,
		       retort_error *err)
{
	const char *near = rt_settings_nearest(v->key);

	rt_err_set(err, RETORT_ECONFIG, "unknown setting '%s'", v->key);
	rt_err_at(err, v->file ? v->file : s->path, v->line, 1);
	if (near)
		rt_err_field(err, RETORT_ERROR_NEXT, "did you mean '%s'?",
			     near);
	else
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "a key of your own, for %%(%s)s, can stand in "
			     "[DEFAULT]", v->key);
	return RETORT_ECONFIG;
}

static int check_keys(rt_settings *s, retort_error *err)
{
	const rt_ini_value *v;
	size_t i;

	for (i = 0; i < s->ini.values.n; i++) {
		v = &s->ini.values.v[i];
		if (!is_ours(s->ini.sections.v[v->section].name) ||
		    rt_settings_row(v->key) < RT_SETTINGS_COUNT ||
		    is_asked_for(s, v->key))
			continue;
		return unknown_key(s, v, err);
	}
	return 0;
}

static int check_choice(rt_settings *s, const retort_setting *setting,
			retort_error *err)
{
	rt_sv rest = rt_sv_from(setting->type), piece;
	const char *value;
	int rc = rt_settings_get(s, setting->name, &value, err);

	if (rc || !value)
		return rc;
	while (rt_sv_split(&rest, '|', &piece))
		if (rt_sv_is(piece, value))
			return 0;
	rt_err_set(err, RETORT_ECONFIG, "%s = %s: want one of %s",
		   setting->name, value, setting->type);
	rt_settings_at(s, setting->name, err);
	return RETORT_ECONFIG;
}

static int check_value(rt_settings *s, const retort_setting *setting,
		       retort_error *err)
{
	const char *type = setting->type;
	bool flag;
	long number;

	if (!strcmp(type, "bool"))
		return rt_settings_bool(s, setting->name, &flag, err);
	if (!strcmp(type, "int"))
		return rt_settings_int(s, setting->name, &number, err);
	if (!strcmp(type, "duration"))
		return rt_settings_duration(s, setting->name, &number, err);
	if (strchr(type, '|'))
		return check_choice(s, setting, err);
	return 0;
}

/* Values with a ${VARIABLE} wait until they are asked for. */
static int check_values(rt_settings *s, retort_error *err)
{
	size_t i, n;
	const retort_setting *table = retort_settings(&n);
	const rt_ini_value *v;
	int rc = 0;

	for (i = 0; i < n && !rc; i++) {
		v = rt_settings_find(s, table[i].name);
		if (!v || !strstr(v->value, "${"))
			rc = check_value(s, &table[i], err);
	}
	return rc;
}

int rt_settings_check(rt_settings *s, retort_error *err)
{
	int rc = 0;

	if (!s->alembic)
		rc = check_sections(s, err);
	if (!rc)
		rc = check_keys(s, err);
	return rc ? rc : check_values(s, err);
}
