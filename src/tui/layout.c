/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/layout.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/fs.h"

enum { SIZE_MAX_READ = 4096 };

static const char head[] = "retort-layout 1";

/* --- fields -------------------------------------------------------------- */

static bool take_bool(rt_sv text, bool *out)
{
	*out = rt_sv_is(text, "yes");
	return *out || rt_sv_is(text, "no");
}

static const char *bool_text(bool value)
{
	return value ? "yes" : "no";
}

static const char *view_name(rt_view_id id)
{
	static const char *const names[] = {
#define NAME(name, ops) #ops,
		RT_VIEWS(NAME)
#undef NAME
	};

	return names[id];
}

static bool take_view(rt_sv text, rt_view_id *out)
{
	int i;

	for (i = 0; i < RT_VIEW_HELP; i++) {
		*out = (rt_view_id)i;
		if (rt_sv_is(text, view_name(*out)))
			return true;
	}
	return false;
}

static bool take_theme(rt_sv text, const rt_theme **out)
{
	*out = rt_theme_find(text);
	return *out != NULL;
}

static const char *theme_text(const rt_theme *theme)
{
	return theme->name;
}

/* X(field, how it is read, how it is written) */
#define FIELDS(X)                                                             \
	X(theme, take_theme, theme_text)                                      \
	X(ascii, take_bool, bool_text)                                        \
	X(maximised, take_bool, bool_text)                                    \
	X(line_numbers, take_bool, bool_text)                                 \
	X(focus, take_view, view_name)                                        \
	X(other, take_view, view_name)

static bool take_field(rt_layout *l, rt_sv name, rt_sv value)
{
#define TAKE(field, take, text)                                               \
	if (rt_sv_is(name, #field))                                           \
		return take(value, &l->field);
	FIELDS(TAKE)
#undef TAKE
	return false;
}

/* --- files --------------------------------------------------------------- */

static int parse(rt_sv text, rt_layout *l, const char *path, retort_error *err)
{
	rt_sv line, name;
	size_t equals;
	int n = 1;

	if (!rt_sv_line(&text, &line) || !rt_sv_is(line, head)) {
		rt_err_at(err, path, 1, 0);
		return rt_err_set(err, RETORT_EPARSE,
				  "the remembered layout is of another "
				  "version");
	}
	while (rt_sv_line(&text, &line)) {
		n++;
		equals = rt_sv_find(line, '=');
		name = rt_sv_trim(rt_sv_sub(line, 0, equals));
		if (take_field(l, name,
			       rt_sv_trim(rt_sv_sub(line, equals + 1,
						    line.n))))
			continue;
		rt_err_at(err, path, n, 0);
		return rt_err_set(err, RETORT_EPARSE,
				  "the remembered layout is broken");
	}
	return 0;
}

int rt_layout_read(const char *path, rt_layout *layout, retort_error *err)
{
	rt_layout read = *layout;
	rt_str text = RT_STR_INIT;
	int rc;

	if (!path || !rt_fs_exists(path))
		return 0;
	rc = rt_fs_read(path, SIZE_MAX_READ, &text, err);
	if (rc == 0)
		rc = parse(rt_str_sv(&text), &read, path, err);
	if (rc == 0) {
		*layout = read;
		if (layout->other == RT_VIEW_GRAPH)
			layout->other = RT_VIEW_SQL;
	}
	rt_str_free(&text);
	return rc;
}

int rt_layout_write(const char *path, const rt_layout *layout,
		    retort_error *err)
{
	char *dir = rt_fs_dirname(path);
	rt_str text = RT_STR_INIT;
	int rc = rt_fs_make_dirs(dir, err);

	rt_str_addf(&text, "%s\n", head);
#define PUT(field, take, put)                                                 \
	rt_str_addf(&text, "%s = %s\n", #field, put(layout->field));
	FIELDS(PUT)
#undef PUT
	if (rc == 0)
		rc = rt_fs_write(path, rt_str_sv(&text), true, 0600, err);
	rt_str_free(&text);
	free(dir);
	return rc;
}

/* FNV-1a: tells projects in folders of one name apart. */
static uint64_t hash(const char *text)
{
	uint64_t h = 14695981039346656037u;

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 1099511628211u;
	return h;
}

char *rt_layout_path(const char *config, const char *state, const char *home)
{
	char *dir = rt_fs_dirname(config), *path = NULL;
	const char *name = rt_fs_basename(dir);
	unsigned long long id = hash(config);

	/* a relative one is to be ignored, says the XDG specification */
	if (state && *state == '/')
		path = rt_strf("%s/retort/%s-%016llx.layout", state, name, id);
	else if (home && *home == '/')
		path = rt_strf("%s/.local/state/retort/%s-%016llx.layout",
			       home, name, id);
	free(dir);
	return path;
}
