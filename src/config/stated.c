/* SPDX-License-Identifier: MIT */
/*
 * What a project file says, in a form that another one can say it in; and
 * where the relative files of URLs are.
 */
#include "config.h"

#include "config/settings.h"

#include <string.h>

#include "base/err.h"
#include "config/settings_impl.h"
#include "text/url.h"

/*
 * A relative SQLite file of a project is relative to the project, wherever
 * in it the command runs; otherwise each sub-folder would get a database of
 * its own.
 */
const char *rt_settings_anchor(rt_settings *s, const char *url)
{
	const char *file = strstr(url, "://");
	rt_sv path;

	if (!rt_sv_is(rt_url_scheme(rt_sv_from(url)), "sqlite") ||
	    file[3] != '/')
		return url;
	file += 4;
	path = rt_sv_sub(rt_sv_from(file), 0, strcspn(file, "?"));
	if (!path.n || file[0] == '/' || file[0] == ':' ||
	    rt_sv_starts(path, "file:") || strchr(s->base, '?'))
		return url;
	return rt_arena_strf(
		&s->arena, "%.*s%s%s", (int)(file - url), url,
		rt_settings_absolute(s, rt_arena_strsv(&s->arena, path)),
		path.p + path.n);
}

/* Without what the value would mean to the reader of another file. */
static const char *keep(rt_settings *s, const char *value)
{
	rt_str out = RT_STR_INIT;
	const char *kept;

	for (; *value; value++) {
		rt_str_addc(&out, *value);
		if (*value == '%')
			rt_str_addc(&out, '%');
	}
	kept = rt_arena_strsv(&s->arena, rt_str_sv(&out));
	rt_str_free(&out);
	return kept;
}

static const char *place(rt_settings *s, const char *type, const char *value)
{
	bool known = !rt_sv_starts(rt_sv_from(value), "${");

	if (!strcmp(type, "path") && *value && known)
		return rt_settings_absolute(s, value);
	if (!strcmp(type, "url") && !strstr(value, ":///${"))
		return rt_settings_anchor(s, value);
	return value;
}

int rt_settings_stated(rt_settings *s, const char *name, const char **value,
		       retort_error *err)
{
	size_t row = rt_settings_row(name), n;
	rt_str text = RT_STR_INIT;
	const rt_ini_value *v;
	const char *type;
	int rc = 0;

	*value = NULL;
	if (row == RT_SETTINGS_COUNT)
		return rt_err_set(err, RETORT_EUSAGE, "no setting '%s'", name);
	type = retort_settings(&n)[row].type;
	if (strcmp(type, "url") != 0)
		*value = rt_settings_override(s, name);
	v = rt_settings_find(s, name);
	if (!*value && v) {
		rc = rt_settings_expand_keys(s, v, &text, err);
		if (!rc)
			*value = rt_arena_strsv(&s->arena, rt_str_sv(&text));
	}
	rt_str_free(&text);
	if (!rc && *value)
		*value = keep(s, place(s, type, *value));
	return rc;
}
