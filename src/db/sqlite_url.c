/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "db/sqlite_url.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

typedef enum parameter_kind {
	PYTHON,  /* for Python's module; nothing to us */
	TIMEOUT, /* likewise, but we wait as long, too */
	MODE,
	URI      /* for SQLite */
} parameter_kind;

static const struct parameter {
	const char *name;
	parameter_kind kind;
} parameters[] = {
	{ "cache", URI },
	{ "cached_statements", PYTHON },
	{ "check_same_thread", PYTHON },
	{ "detect_types", PYTHON },
	{ "immutable", URI },
	{ "isolation_level", PYTHON },
	{ "mode", MODE },
	{ "nolock", URI },
	{ "psow", URI },
	{ "timeout", TIMEOUT },
	{ "uri", PYTHON },
	{ "vfs", URI },
};

/* One we do not know goes to SQLite where the URL says that it is a file:
 * URI, and nowhere otherwise. */
static parameter_kind find_kind(rt_sv name, bool uri)
{
	size_t i;

	for (i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++)
		if (rt_sv_is(name, parameters[i].name))
			return parameters[i].kind;
	return uri ? URI : PYTHON;
}

/* Cuts "name=value" off the query; false at its end. */
static bool next_parameter(rt_sv *query, rt_sv *name, rt_sv *value)
{
	size_t eq;

	do {
		if (!rt_sv_split(query, '&', name))
			return false;
	} while (name->n == 0);
	eq = rt_sv_find(*name, '=');
	*value = rt_sv_sub(*name, eq + 1, name->n);
	*name = rt_sv_sub(*name, 0, eq);
	return true;
}

static bool says_uri(rt_sv query)
{
	static const char *const yes[] = { "true", "1", "yes", "on", "y", "t" };
	rt_sv name, value;
	size_t i;

	while (next_parameter(&query, &name, &value))
		for (i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
			if (rt_sv_is(name, "uri") &&
			    rt_sv_is_nocase(value, yes[i]))
				return true;
	return false;
}

static long read_timeout(rt_sv value)
{
	char text[32];
	double seconds;

	value = rt_sv_sub(value, 0, sizeof(text) - 1);
	if (value.n)
		memcpy(text, value.p, value.n);
	text[value.n] = '\0';
	seconds = strtod(text, NULL);
	if (!(seconds > 0))
		return 0;
	return seconds < 86400 ? (long)(seconds * 1000) : 86400 * 1000L;
}

/* mode=memory is left to SQLite; the others are flags of the opening, which
 * may not ask for less than the URI does. */
static bool take_mode(rt_sqlite_target *target, rt_sv value)
{
	if (rt_sv_is(value, "ro"))
		target->read_only = true;
	else if (rt_sv_is(value, "rw"))
		target->existing = true;
	else
		return rt_sv_is(value, "rwc");
	return true;
}

/* Collects for SQLite what it is to see of the query: "a=b&c=d". */
static void read_query(rt_sqlite_target *target, rt_sv query, rt_str *rest)
{
	bool uri = says_uri(query);
	rt_sv name, value;

	while (next_parameter(&query, &name, &value)) {
		parameter_kind kind = find_kind(name, uri);

		if (kind == TIMEOUT)
			target->timeout = read_timeout(value);
		if (kind == TIMEOUT || kind == PYTHON ||
		    (kind == MODE && take_mode(target, value)))
			continue;
		rt_str_addf(rest, "%s%.*s=%.*s", rest->n ? "&" : "",
			    (int)name.n, name.p, (int)value.n, value.p);
	}
	target->uri = uri || rest->n;
}

/* Makes a file: URI of a path; SQLite decodes %HH in one. */
static void add_uri_path(rt_str *out, rt_sv path)
{
	size_t i;

	rt_str_add(out, "file:");
	while (rt_sv_starts(path, "//")) /* it would name a host */
		path = rt_sv_sub(path, 1, path.n);
	for (i = 0; i < path.n; i++)
		if (path.p[i] == '%' || path.p[i] == '#' || path.p[i] == '?')
			rt_str_addf(out, "%%%02X", (unsigned char)path.p[i]);
		else
			rt_str_addc(out, path.p[i]);
}

static void make_name(rt_sqlite_target *target, rt_sv path, rt_sv query)
{
	if (path.n == 0)
		path = RT_SV(":memory:");
	if (!target->uri || rt_sv_starts(path, "file:"))
		rt_str_addsv(&target->name, path);
	else
		add_uri_path(&target->name, path);
	if (query.n) {
		rt_str_addc(&target->name, '?');
		rt_str_addsv(&target->name, query);
	}
}

int rt_sqlite_url_read(const char *url, rt_sqlite_target *target,
		       retort_error *err)
{
	const char *start = strstr(url, "://");
	rt_sv rest = rt_sv_from(start ? start + 3 : NULL), path;
	size_t slash = rt_sv_find(rest, '/'), mark = rt_sv_find(rest, '?');
	rt_str query = RT_STR_INIT;

	if (!start || (slash > 0 && mark > 0)) {
		rt_err_set(err, RETORT_ECONFIG,
			   "a SQLite URL has no host, user or port");
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "write sqlite:///relative/path (three slashes) "
			     "or sqlite:////absolute/path (four)");
		return RETORT_ECONFIG;
	}
	path = slash < mark ? rt_sv_sub(rest, slash + 1, mark - slash - 1) :
			      (rt_sv){ NULL, 0 };
	read_query(target, rt_sv_sub(rest, mark + 1, rest.n), &query);
	make_name(target, path, rt_str_sv(&query));
	rt_str_free(&query);
	return 0;
}
