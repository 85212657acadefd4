/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "config/settings.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "config/interpolate.h"
#include "config/settings_impl.h"

/* The variables of the environment are borrowed as they are. */
static const char *const *own_environment(void)
{
	union {
		char **from;
		const char *const *to;
	} u = { environ };

	return u.to;
}

static bool has_section(const rt_settings *s, const char *name)
{
	return rt_ini_section_find(&s->ini, name) != NULL;
}

/* Whose file is it?  The sections say; without any, the name. */
static bool is_alembic_file(const rt_settings *s)
{
	size_t i;

	if (!strcmp(rt_fs_basename(s->path), "alembic.ini") ||
	    rt_settings_is_pyproject(s->path))
		return true;
	for (i = 0; i < s->ini.sections.n; i++)
		if (rt_sv_starts(rt_sv_from(s->ini.sections.v[i].name),
				 "retort"))
			return false;
	return has_section(s, "alembic");
}

static int read_file(rt_settings *s, retort_error *err)
{
	rt_str text = RT_STR_INIT;
	char *beside;
	int rc;

	if (rt_settings_is_pyproject(s->path))
		return rt_settings_read_pyproject(s, s->path, err);
	rc = rt_fs_read(s->path, RT_INI_LIMIT, &text, err);

	if (!rc)
		rc = rt_ini_read(&s->ini, s->path, rt_str_sv(&text), err);
	rt_str_free(&text);
	/* Alembic reads both; what the ini has counts. */
	beside = rt_fs_join(s->directory, "pyproject.toml");
	if (!rc && is_alembic_file(s) && rt_settings_has_tool(beside))
		rc = rt_settings_read_pyproject(s, beside, err);
	free(beside);
	return rc;
}

/* The alembic.ini that `alembic init` wrote up to 1.15 has a comment behind
 * the value, which is part of it to configparser; Alembic looks at the value
 * only if there are version_locations. */
static void cut_comment(rt_settings *s)
{
	size_t i, n;

	for (i = 0; i < s->ini.values.n; i++) {
		rt_ini_value *v = &s->ini.values.v[i];

		n = strcspn(v->value, " \t");
		if (!strcmp(v->key, "version_path_separator") &&
		    v->value[n] && v->value[n + strspn(v->value + n, " \t")]
		    == '#')
			v->value = rt_arena_strsv(&s->arena,
						  (rt_sv){ v->value, n });
	}
}

static int no_section(rt_settings *s, const char *wanted, retort_error *err)
{
	static const char prefix[] = "retort:";
	rt_str list = RT_STR_INIT;
	size_t i;

	for (i = 0; i < s->ini.sections.n; i++) {
		const char *name = s->ini.sections.v[i].name;

		if (s->alembic && rt_ini_find(&s->ini, name,
					      "script_location"))
			rt_str_addf(&list, "%s%s", list.n ? ", " : "", name);
		else if (!s->alembic &&
			 rt_sv_starts(rt_sv_from(name), prefix))
			rt_str_addf(&list, "%s%s", list.n ? ", " : "",
				    name + strlen(prefix));
	}
	rt_err_set(err, RETORT_ECONFIG, "no section [%s]", wanted);
	rt_err_at(err, s->path, 0, 0);
	if (s->environment)
		rt_err_field(err, RETORT_ERROR_NEXT,
			     list.n ? "environments there: %s"
				    : "the file has no environments%s",
			     list.p);
	rt_str_free(&list);
	return RETORT_ECONFIG;
}

/* Which sections count, strongest first. */
static int choose_sections(rt_settings *s, const char *environment,
			   retort_error *err)
{
	const char *main = s->alembic ? "alembic" : "retort", *name;

	if (!environment)
		environment = rt_settings_env(s, RT_SV("RETORT_ENV"));
	if (environment && *environment)
		s->environment = rt_arena_strdup(&s->arena, environment);
	if (s->environment) {
		name = s->alembic ? s->environment
				  : rt_arena_strf(&s->arena, "retort:%s",
						  s->environment);
		if (!has_section(s, name))
			return no_section(s, name, err);
		s->sections[s->n_sections++] = name;
	} else if (!has_section(s, main) &&
		   !(s->alembic && has_section(s, RT_SETTINGS_TOML))) {
		return no_section(s, main, err);
	}
	/* Beside [alembic], where its own settings are, [retort] counts. */
	if (s->alembic && has_section(s, "retort"))
		s->sections[s->n_sections++] = "retort";
	/* `alembic -n NAME` reads [NAME] instead of [alembic], not before. */
	if (!s->alembic || !s->environment)
		s->sections[s->n_sections++] = main;
	if (s->alembic && has_section(s, RT_SETTINGS_TOML))
		s->sections[s->n_sections++] = RT_SETTINGS_TOML;
	s->sections[s->n_sections++] = "DEFAULT";
	return 0;
}

static int read_overrides(rt_settings *s, const retort_project_options *o,
			  retort_error *err)
{
	const char *near;
	size_t i;

	for (i = 0; i < o->set.n; i++) {
		const char *text = o->set.v[i], *eq = strchr(text, '=');
		rt_override new;

		new.key = eq ? rt_arena_strsv(&s->arena, rt_sv_trim((rt_sv){
					text, (size_t)(eq - text) }))
			     : text;
		if (!eq || rt_settings_row(new.key) == RT_SETTINGS_COUNT) {
			near = rt_settings_nearest(new.key);
			rt_err_set(err, RETORT_EUSAGE,
				   eq ? "no setting '%s'"
				      : "'%s' is not key=value", new.key);
			if (eq && near)
				rt_err_field(err, RETORT_ERROR_NEXT,
					     "did you mean '%s'?", near);
			return RETORT_EUSAGE;
		}
		new.value = rt_arena_strdup(&s->arena, eq + 1);
		rt_vec_push(&s->set, new);
	}
	return 0;
}

/* Where the text of the project file comes from. */
static int read_from(rt_settings *s, const retort_project_options *o,
		     const char *path, rt_sv text, retort_error *err)
{
	int rc;

	if (path) {
		rt_settings_use(s, path, false);
		return rt_ini_read(&s->ini, s->path, text, err);
	}
	rc = rt_settings_discover(s, o, err);
	return rc ? rc : read_file(s, err);
}

int rt_settings_open_text(rt_settings **out,
			  const retort_project_options *options,
			  const char *path, rt_sv text, retort_error *err)
{
	static const retort_project_options defaults =
		RETORT_PROJECT_OPTIONS_INIT;
	const retort_project_options *o = options ? options : &defaults;
	rt_settings *s = rt_calloc(1, sizeof(*s));
	const char *url = o->url;
	int rc;

	s->env = o->env ? o->env : own_environment();
	rc = read_from(s, o, path, text, err);
	if (rc)
		goto out;
	s->alembic = is_alembic_file(s);
	if (s->alembic)
		cut_comment(s);
	else
		s->base = s->directory;
	rc = choose_sections(s, o->environment, err);
	if (!rc)
		rc = read_overrides(s, o, err);
	if (rc)
		goto out;
	if (!url)
		url = rt_settings_env(s, RT_SV("RETORT_URL"));
	if (url && *url)
		s->url = rt_arena_strdup(&s->arena, url);
	rc = rt_settings_check(s, err);
out:
	if (rc) {
		rt_settings_free(s);
		s = NULL;
	}
	*out = s;
	return rc;
}

int rt_settings_open(rt_settings **out, const retort_project_options *options,
		     retort_error *err)
{
	return rt_settings_open_text(out, options, NULL, rt_sv_from(NULL),
				     err);
}

void rt_settings_free(rt_settings *s)
{
	if (!s)
		return;
	rt_ini_free(&s->ini);
	rt_vec_free(&s->set);
	rt_arena_free(&s->arena);
	free(s);
}

const char *rt_settings_path(const rt_settings *s)
{
	return s->path;
}

const char *rt_settings_directory(const rt_settings *s)
{
	return s->directory;
}

const char *rt_settings_environment(const rt_settings *s)
{
	return s->environment;
}

bool rt_settings_is_alembic(const rt_settings *s)
{
	return s->alembic;
}

static const rt_ini_value *find_one(const rt_settings *s, size_t section,
				    const char *key)
{
	return rt_ini_find(&s->ini, s->sections[section], key);
}

const rt_ini_value *rt_settings_find(const rt_settings *s, const char *key)
{
	const rt_ini_value *v = NULL;
	size_t i;

	/* Alembic's name of the URL counts in the section that has it. */
	for (i = 0; i < s->n_sections && !v; i++) {
		v = find_one(s, i, key);
		if (!v && !strcmp(key, "url"))
			v = find_one(s, i, "sqlalchemy.url");
	}
	if (!v && s->alembic && !strcmp(key, "path_separator"))
		v = rt_settings_find(s, "version_path_separator");
	return v;
}

void rt_settings_at(const rt_settings *s, const char *name, retort_error *err)
{
	const rt_ini_value *v = rt_settings_find(s, name);

	if (v)
		rt_err_at(err, v->file ? v->file : s->path, v->line,
			  v->column);
	else
		rt_err_at(err, s->path, 0, 0);
}

const char *rt_settings_override(const rt_settings *s, const char *key)
{
	size_t i;

	for (i = s->set.n; i > 0; i--)
		if (!strcmp(s->set.v[i - 1].key, key))
			return s->set.v[i - 1].value;
	return NULL;
}

bool rt_settings_is_set(const rt_settings *s, const char *name)
{
	return rt_settings_override(s, name) || rt_settings_find(s, name);
}

/* %(key)s: as the caller gave it, as the file has it, or `here`. */
static const char *key_value(void *self, const char *key, bool *literal)
{
	const rt_settings *s = self;
	const char *given = rt_settings_override(s, key);
	const rt_ini_value *v;

	*literal = given != NULL || !strcmp(key, "here");
	if (given)
		return given;
	if (*literal)
		return s->directory;
	v = rt_settings_find(s, key);
	return v ? v->value : NULL;
}

static int read_dotenv(rt_settings *s, retort_error *err)
{
	char *path = rt_fs_join(s->directory, ".env");
	rt_str text = RT_STR_INIT;
	int rc = 0;

	if (rt_fs_exists(path)) {
		rc = rt_fs_read(path, RT_INI_LIMIT, &text, err);
		if (!rc)
			rc = rt_dotenv_read(&s->arena, path, rt_str_sv(&text),
					    &s->dotenv, err);
	}
	s->dotenv_read = rc == 0;
	rt_str_free(&text);
	free(path);
	return rc;
}

/* ${NAME}: of the environment, else of .env. */
static int variable_value(void *self, rt_sv name, const char **value,
			  bool *literal, retort_error *err)
{
	rt_settings *s = self;
	const rt_dotenv_value *v;
	int rc;

	*literal = true;
	*value = rt_settings_env(s, name);
	if (*value)
		return 0;
	rc = s->dotenv_read ? 0 : read_dotenv(s, err);
	v = rc ? NULL : rt_dotenv_find(&s->dotenv, name);
	if (v) {
		*value = v->value;
		*literal = v->literal;
	}
	return rc;
}

static int expand(rt_settings *s, const char *raw, const char **out,
		  retort_error *err)
{
	rt_interpolation from = { key_value, variable_value, s };
	rt_str text = RT_STR_INIT;
	int rc = rt_interpolate(&from, raw, &text, err);

	if (!rc)
		*out = rt_arena_strsv(&s->arena, rt_str_sv(&text));
	rt_str_free(&text);
	return rc;
}

int rt_settings_expand_keys(rt_settings *s, const rt_ini_value *value,
			    rt_str *out, retort_error *err)
{
	rt_interpolation from = { key_value, variable_value, s };
	int rc = rt_interpolate_keys(&from, value->value, out, err);

	if (rc) {
		rt_err_prefix(err, "%s", value->key);
		rt_err_at(err, value->file ? value->file : s->path,
			  value->line, value->column);
	}
	return rc;
}

int rt_settings_expand(rt_settings *s, const rt_ini_value *value,
		       const char **out, retort_error *err)
{
	int rc = expand(s, value->value, out, err);

	if (rc) {
		rt_err_prefix(err, "%s", value->key);
		rt_err_at(err, value->file ? value->file : s->path,
			  value->line, value->column);
	}
	return rc;
}

const char *rt_settings_absolute(rt_settings *s, const char *path)
{
	char *joined = rt_fs_join(s->base, path);
	char *clean = rt_fs_absolute(joined);
	const char *out = rt_arena_strdup(&s->arena, clean);

	free(joined);
	free(clean);
	return out;
}

/* What the caller or the file says; NULL when neither says anything. */
static int stated(rt_settings *s, const retort_setting *setting,
		  const char **value, retort_error *err)
{
	bool is_url = !strcmp(setting->type, "url");
	const rt_ini_value *v;
	int rc;

	*value = rt_settings_override(s, setting->name);
	if (!*value && is_url && strcmp(setting->name, "scratch_url"))
		*value = s->url;
	v = rt_settings_find(s, setting->name);
	if (*value || !v)
		return 0;
	rc = rt_settings_expand(s, v, value, err);
	if (!rc && is_url)
		*value = rt_settings_anchor(s, *value);
	return rc;
}

/*
 * Flask-Migrate's alembic.ini stands in the folder of the revisions and does
 * not name it; its own start-up does.
 */
static int alembic_location(rt_settings *s, const char **value,
			    retort_error *err)
{
	char *versions = rt_fs_join(s->directory, "versions");
	bool beside = rt_fs_is_dir(versions);

	free(versions);
	if (beside) {
		*value = s->directory;
		return 0;
	}
	rt_err_set(err, RETORT_ECONFIG, "no script_location in [%s]",
		   s->environment ? s->environment : "alembic");
	rt_err_at(err, s->path, 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "say where the folder `versions` is: -x "
		     "script_location=FOLDER");
	return RETORT_ECONFIG;
}

static int compute(rt_settings *s, const retort_setting *setting,
		   const char **value, retort_error *err)
{
	const char *fallback = setting->fallback;
	int rc = stated(s, setting, value, err);

	if (rc || (*value && **value))
		return rc;
	/* `key =` is as good as no key. */
	*value = NULL;
	if (s->alembic && !strcmp(setting->name, "script_location"))
		return alembic_location(s, value, err);
	return fallback ? expand(s, fallback, value, err) : 0;
}

int rt_settings_get(rt_settings *s, const char *name, const char **value,
		    retort_error *err)
{
	size_t row = rt_settings_row(name), n;
	int rc;

	*value = NULL;
	if (row == RT_SETTINGS_COUNT)
		return rt_err_set(err, RETORT_EUSAGE, "no setting '%s'", name);
	if (!s->cached[row]) {
		rc = compute(s, &retort_settings(&n)[row], &s->cache[row], err);
		if (rc)
			return rc;
		s->cached[row] = true;
	}
	*value = s->cache[row];
	return 0;
}
