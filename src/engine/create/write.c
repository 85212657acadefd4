/* SPDX-License-Identifier: MIT */
/*
 * Where a new revision file goes, and what is in it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/fs.h"
#include "engine/create/create.h"
#include "engine/create/file_name.h"
#include "revfmt/format.h"

/* Whether `path` lies in `dir`. */
static bool is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return !strncmp(path, dir, n) && (path[n] == '/' || path[n] == '\0');
}

/* The location that --version-path names. */
static int named_directory(rt_maker *m, const retort_names *dirs,
			   const char **dir)
{
	char *wanted = rt_fs_absolute(m->options->directory);
	rt_str list = RT_STR_INIT;
	size_t i;

	for (i = 0; i < dirs->n; i++) {
		if (!strcmp(dirs->v[i], wanted))
			*dir = dirs->v[i];
		rt_str_addf(&list, "%s%s", i ? ", " : "", dirs->v[i]);
	}
	if (!*dir) {
		rt_err_set(m->err, RETORT_EUSAGE,
			   "'%s' is not one of the version_locations", wanted);
		rt_err_field(m->err, RETORT_ERROR_NEXT, "these are: %s",
			     list.p);
	}
	rt_str_free(&list);
	free(wanted);
	return *dir ? 0 : RETORT_EUSAGE;
}

/* As named, the only one, or the first parent's. */
static int choose_directory(rt_maker *m, const char **dir)
{
	retort_names dirs;
	size_t i;
	int rc;

	*dir = NULL;
	rc = rt_settings_locations(m->project->settings, &dirs, m->err);
	if (rc)
		return rc;
	if (m->options->directory)
		return named_directory(m, &dirs, dir);
	if (dirs.n == 1)
		*dir = dirs.v[0];
	for (i = 0; i < dirs.n && m->first_parent_path && !*dir; i++)
		if (is_below(m->first_parent_path, dirs.v[i]))
			*dir = dirs.v[i];
	if (*dir)
		return 0;
	rt_err_set(m->err, RETORT_EUSAGE,
		   "there are several version_locations, and no parent to go "
		   "by");
	rt_err_field(m->err, RETORT_ERROR_NEXT, "say which: --version-path");
	return RETORT_EUSAGE;
}

/* A name that the loader would pass over helps nobody. */
static int check_name(rt_maker *m, const char *name)
{
	const char *base = rt_fs_basename(name);
	bool recursive;
	int rc;

	rc = rt_settings_bool(m->project->settings,
			      "recursive_version_locations", &recursive,
			      m->err);
	if (rc)
		return rc;
	if (strchr(m->rev.id, '/') || base[0] == '.' ||
	    !strncmp(base, "__", 2) || strstr(name, "../"))
		return rt_err_set(m->err, RETORT_EUSAGE,
				  "'%s' cannot be the name of a revision "
				  "file", name);
	if (!recursive && strchr(name, '/')) {
		rt_err_set(m->err, RETORT_ECONFIG,
			   "file_template makes a sub-folder, '%s', which "
			   "needs recursive_version_locations = on", name);
		rt_err_at(m->err, rt_settings_path(m->project->settings), 0,
			  0);
		return RETORT_ECONFIG;
	}
	return 0;
}

static int make_name(rt_maker *m, rt_str *name)
{
	rt_settings *s = m->project->settings;
	rt_str slug = RT_STR_INIT;
	rt_file_name parts;
	const char *format;
	long limit;
	int rc;

	rc = rt_settings_get(s, "file_template", &format, m->err);
	if (!rc)
		rc = rt_settings_int(s, "truncate_slug_length", &limit,
				     m->err);
	if (rc)
		return rc;
	if (m->options->message)
		rt_file_slug(m->options->message, (size_t)limit, &slug);
	parts = (rt_file_name){ m->rev.id, slug.p, m->now, m->offset };
	rc = rt_file_name_expand(format, &parts, name, m->err);
	if (rc)
		rt_err_at(m->err, rt_settings_path(s), 0, 0);
	else
		rc = check_name(m, name->p);
	rt_str_add(name, m->format->extension);
	rt_str_free(&slug);
	return rc;
}

/* The project's own template, or the one that is built in. */
static int read_template(rt_maker *m, char **path, rt_str *text)
{
	const char *dir;
	int rc;

	rc = rt_settings_path_value(m->project->settings, "script_location",
				    &dir, m->err);
	if (rc)
		return rc;
	*path = rt_fs_join(dir, m->format->template_name);
	if (rt_fs_exists(*path))
		return rt_fs_read(*path, RT_FS_LIMIT, text, m->err);
	rt_str_addsv(text, m->format->template_text());
	return 0;
}

/* The text must say what was asked for: a template may have lost a line. */
static int check_text(rt_maker *m, const char *template_path, rt_sv text)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_revision got;
	const char *lost = NULL;
	bool more;

	memset(&got, 0, sizeof(got));
	if (m->format->header(&m->arena, m->path, text, true, &got, &more,
				  &err))
		lost = err.message;
	else if (strcmp(got.id, m->rev.id) != 0)
		lost = "the revision is lost";
	else if (got.down.n != m->rev.down.n)
		lost = "down_revision is lost";
	else if (got.depends_on.n != m->rev.depends_on.n)
		lost = "depends_on is lost";
	else if (got.labels.n != m->rev.labels.n)
		lost = "branch_labels is lost";
	if (lost) {
		rt_err_set(m->err, RETORT_EPARSE,
			   "the template does not give a revision file: %s",
			   lost);
		rt_err_at(m->err, template_path, 0, 0);
	}
	retort_error_dispose(&err);
	return lost ? RETORT_EPARSE : 0;
}

/* A template that needs its own engine is no reason to write nothing. */
static int render(rt_maker *m, rt_render *what, rt_str *out)
{
	retort_error own = RETORT_ERROR_INIT;
	int rc = m->format->render(what, out, &own);

	if (rc == RETORT_EUNSUPPORTED) {
		rt_maker_say(m, "%s, line %d: %s; retort's own form is used",
			     what->template_path, own.line, own.message);
		rt_str_clear(out);
		what->model = what->template_text;
		what->template_text = m->format->template_text();
		rc = m->format->render(what, out, m->err);
	} else if (rc) {
		rt_err_move(m->err, &own);
	}
	retort_error_dispose(&own);
	return rc;
}

/* As output_encoding says; what is UTF-8 stays as it is. */
static int encode(rt_maker *m, rt_str *text)
{
	rt_str out = RT_STR_INIT;
	const char *encoding;
	int rc = rt_settings_get(m->project->settings, "output_encoding",
				 &encoding, m->err);

	if (rc || !m->format->is_python)
		return rc;
	rc = rt_py_source_encode(rt_str_sv(text), encoding, &out, m->err);
	if (rc)
		rt_err_prefix(m->err, "output_encoding");
	rt_str_free(text);
	*text = out;
	return rc;
}

static int make_text(rt_maker *m, rt_str *out)
{
	rt_str template_text = RT_STR_INIT;
	char *path = NULL;
	int rc = read_template(m, &path, &template_text);
	rt_render what = { path, rt_str_sv(&template_text), &m->rev,
			   m->options->sections, m->options->n_sections,
			   { NULL, 0 } };

	if (!rc)
		rc = render(m, &what, out);
	if (!rc)
		rc = encode(m, out);
	if (!rc)
		rc = check_text(m, path, rt_str_sv(out));
	rt_str_free(&template_text);
	free(path);
	return rc;
}

int rt_maker_write(rt_maker *m, rt_sv text)
{
	char *dir = rt_fs_dirname(m->path);
	int rc = rt_fs_make_dirs(dir, m->err);

	if (!rc)
		rc = rt_fs_write(m->path, text, false, 0666, m->err);
	free(dir);
	if (!rc)
		rt_maker_say(m, "Generating %s ...  done", m->path);
	return rc;
}

int rt_maker_compose(rt_maker *m, rt_str *text)
{
	rt_str name = RT_STR_INIT;
	const char *dir;
	int rc;

	rc = choose_directory(m, &dir);
	if (!rc)
		rc = make_name(m, &name);
	if (!rc) {
		m->path = rt_arena_strf(&m->arena, "%s/%s", dir, name.p);
		m->rev.path = m->path;
		rc = make_text(m, text);
	}
	rt_str_free(&name);
	return rc;
}
