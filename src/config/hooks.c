/* SPDX-License-Identifier: MIT */
/*
 * [post_write_hooks]: programs that run on a new revision file, in Alembic's
 * words.
 *
 *     hooks = format, lint
 *     format.type = exec
 *     format.executable = sqlfluff
 *     format.options = fix --dialect postgres REVISION_SCRIPT_FILENAME
 */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "base/proc.h"
#include "base/vec.h"
#include "config/settings_impl.h"

static const char section[] = "post_write_hooks";
static const char token[] = "REVISION_SCRIPT_FILENAME";

/* The types, the key that names the program, and what goes before it. */
static const struct hook_type {
	const char *name, *key;
	const char *before[3];
} types[] = {
	{ "exec", "executable", { NULL } },
	/* An entry point is installed as a program of that name. */
	{ "console_scripts", "entrypoint", { NULL } },
	{ "module", "module", { "python3", "-m", NULL } },
};

static const rt_ini_value *find(const rt_settings *s, const char *hook,
				const char *key)
{
	rt_str full = RT_STR_INIT;
	const rt_ini_value *v;
	char *p;

	rt_str_addf(&full, "%s.%s", hook, key);
	for (p = full.p; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	v = rt_ini_find(&s->ini, section, full.p);
	rt_str_free(&full);
	return v;
}

static int get(rt_settings *s, const char *hook, const char *key,
	       const char **value, retort_error *err)
{
	const rt_ini_value *v = find(s, hook, key);

	*value = NULL;
	return v ? rt_settings_expand(s, v, value, err) : 0;
}

static int missing(rt_settings *s, const char *hook, const char *key,
		   retort_error *err)
{
	const rt_ini_value *list = rt_ini_find(&s->ini, section, "hooks");

	rt_err_set(err, RETORT_ECONFIG, "hook '%s' has no %s.%s", hook, hook,
		   key);
	rt_err_at(err, s->path, list->line, list->column);
	return RETORT_ECONFIG;
}

static int get_type(rt_settings *s, const char *hook,
		    const struct hook_type **type, retort_error *err)
{
	const rt_ini_value *v = find(s, hook, "type");
	const char *name;
	size_t i;
	int rc = get(s, hook, "type", &name, err);

	if (rc)
		return rc;
	if (!name)
		return missing(s, hook, "type", err);
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(types[i].name, name))
			continue;
		*type = &types[i];
		return 0;
	}
	rt_err_set(err, RETORT_ECONFIG,
		   "hook '%s': type '%s' is not exec, console_scripts or "
		   "module", hook, name);
	rt_err_at(err, s->path, v->line, v->column);
	return RETORT_ECONFIG;
}

static bool has_token(const retort_names *options)
{
	size_t i;

	for (i = 0; i < options->n; i++)
		if (strstr(options->v[i], token))
			return true;
	return false;
}

/* Program, options, and the file's place in front unless they name it. */
static void join(rt_settings *s, const struct hook_type *type,
		 const char *program, const retort_names *options,
		 retort_names *out)
{
	const char **argv = rt_arena_calloc(&s->arena, options->n + 5,
					    sizeof(*argv));
	size_t n = 0, i;

	for (i = 0; type->before[i]; i++)
		argv[n++] = type->before[i];
	argv[n++] = program;
	if (!has_token(options))
		argv[n++] = token;
	for (i = 0; i < options->n; i++)
		argv[n++] = options->v[i];
	*out = (retort_names){ argv, n };
}

static int read_hook(rt_settings *s, rt_hook *hook, retort_error *err)
{
	const struct hook_type *type;
	const char *program, *text;
	const rt_ini_value *v;
	retort_names options;
	int rc;

	rc = get_type(s, hook->name, &type, err);
	if (!rc)
		rc = get(s, hook->name, type->key, &program, err);
	if (rc)
		return rc;
	if (!program || !*program)
		return missing(s, hook->name, type->key, err);
	rc = get(s, hook->name, "options", &text, err);
	if (!rc)
		rc = get(s, hook->name, "cwd", &hook->cwd, err);
	if (rc)
		return rc;
	rc = rt_proc_split(&s->arena, rt_sv_from(text), &options, err);
	if (rc) {
		v = find(s, hook->name, "options");
		rt_err_prefix(err, "hook '%s'", hook->name);
		rt_err_at(err, s->path, v->line, v->column);
		return rc;
	}
	join(s, type, program, &options, &hook->argv);
	return 0;
}

int rt_settings_hooks(rt_settings *s, const rt_hook **hooks, size_t *n,
		      retort_error *err)
{
	const rt_ini_value *list = rt_ini_find(&s->ini, section, "hooks");
	RT_VEC(rt_hook) found = RT_VEC_INIT;
	rt_hook *copy, one;
	const char *names;
	rt_sv rest, name;
	int rc;

	*hooks = NULL;
	*n = 0;
	if (!list)
		return 0;
	rc = rt_settings_expand(s, list, &names, err);
	rest = rc ? (rt_sv){ NULL, 0 } : rt_sv_from(names);
	while (!rc && rt_sv_split(&rest, ',', &name)) {
		name = rt_sv_trim(name);
		if (!name.n)
			continue;
		one.name = rt_arena_strsv(&s->arena, name);
		rc = read_hook(s, &one, err);
		rt_vec_push(&found, one);
	}
	if (!rc && found.n) {
		copy = rt_arena_calloc(&s->arena, found.n, sizeof(*copy));
		memcpy(copy, found.v, found.n * sizeof(*copy));
		*hooks = copy;
		*n = found.n;
	}
	rt_vec_free(&found);
	return rc;
}
