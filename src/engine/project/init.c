/* SPDX-License-Identifier: MIT */
/*
 * A new project.  The project file is made from the table of settings, so
 * that it always shows every one there is.
 */
#include "config.h"

#include "engine/project/init.h"

#include <stdlib.h>
#include <string.h>


#include "base/err.h"
#include "base/fs.h"
#include "revfmt/format.h"

static const retort_template templates[] = {
	{ "generic", "One database, revisions in plain SQL." },
};

const retort_template *retort_templates(size_t *n)
{
	*n = sizeof(templates) / sizeof(templates[0]);
	return templates;
}

typedef struct teller {
	void (*say)(void *self, const char *line);
	void *self;
} teller;

static void tell(const teller *t, const char *what, const char *path)
{
	char *line;

	if (!t->say)
		return;
	line = rt_strf("%s %s", what, path);
	t->say(t->self, line);
	free(line);
}

rt_sv rt_init_attributes(void)
{
	return RT_SV("*.sql text eol=lf\n");
}

/* A comment line, broken behind 76 columns. */
static void add_comment(rt_str *out, const char *text)
{
	rt_sv rest = rt_sv_from(text), word;
	size_t column = 0;

	while (rt_sv_split(&rest, ' ', &word)) {
		if (column && column + 1 + word.n > 76) {
			rt_str_addc(out, '\n');
			column = 0;
		}
		rt_str_add(out, column ? " " : "# ");
		rt_str_addsv(out, word);
		column += (column ? 1 : 2) + word.n;
	}
	rt_str_addc(out, '\n');
}

/* What `init` sets; all else is a comment. */
static const char *initial(void *self, const retort_setting *s)
{
	const rt_str *location = self;

	if (!strcmp(s->name, "script_location"))
		return location->p;
	if (!strcmp(s->name, "url"))
		return "${DATABASE_URL:-sqlite:///dev.db}";
	return NULL;
}

/* A value of several lines goes on in deeper ones. */
static void add_value(rt_str *out, const char *value)
{
	for (; *value; value++) {
		rt_str_addc(out, *value);
		if (*value == '\n')
			rt_str_add(out, "    ");
	}
}

static void add_setting(rt_str *out, const retort_setting *s,
			const char *value)
{
	/* An alias would only confuse here. */
	if (!strcmp(s->name, "sqlalchemy.url"))
		return;
	rt_str_addc(out, '\n');
	add_comment(out, s->help);
	if (strchr(s->type, '|'))
		rt_str_addf(out, "# One of %s.\n", s->type);
	if (value)
		rt_str_addf(out, "%s =%s", s->name,
			    *value && *value != '\n' ? " " : "");
	else
		rt_str_addf(out, "# %s =%s%s\n", s->name,
			    s->fallback ? " " : "",
			    s->fallback ? s->fallback : "");
	if (value) {
		add_value(out, value);
		rt_str_addc(out, '\n');
	}
}

void rt_init_config(rt_str *out,
		    const char *(*value)(void *self, const retort_setting *s),
		    void *self)
{
	size_t i, n;
	const retort_setting *table = retort_settings(&n);

	rt_str_add(out,
		   "# The project file of retort.\n"
		   "#\n"
		   "# %(here)s is the folder of this file, %(key)s another "
		   "value, %% a percent\n"
		   "# sign.  ${NAME} and ${NAME:-default} come from the "
		   "environment or from .env\n"
		   "# beside this file.\n"
		   "\n[retort]\n");
	for (i = 0; i < n; i++)
		add_setting(out, &table[i], value(self, &table[i]));
	rt_str_add(out,
		   "\n# An environment inherits [retort]; choose it with "
		   "-n production.\n"
		   "# [retort:production]\n"
		   "# url = postgresql://${POSTGRES_USER}:"
		   "${POSTGRES_PASSWORD}@${POSTGRES_SERVER}/${POSTGRES_DB}\n"
		   "# protected = on\n"
		   "\n# Programs that run on every new revision file.\n"
		   "# [post_write_hooks]\n"
		   "# hooks = format\n"
		   "# format.type = exec\n"
		   "# format.executable = sqlfluff\n"
		   "# format.options = fix --dialect postgres "
		   "REVISION_SCRIPT_FILENAME\n");
}

static int put(const char *dir, const char *name, rt_sv text, const teller *t,
	       retort_error *err)
{
	retort_error local = RETORT_ERROR_INIT;
	char *path = rt_fs_join(dir, name);
	int rc = rt_fs_write(path, text, false, 0666, &local);

	if (rc == RETORT_EEXISTS) {
		tell(t, "already there, skipped:", path);
		rc = 0;
	} else if (!rc) {
		tell(t, "wrote", path);
	}
	if (rc)
		rt_err_move(err, &local);
	retort_error_dispose(&local);
	free(path);
	return rc;
}

static int check_template(const char *name, retort_error *err)
{
	size_t i;

	for (i = 0; name && i < sizeof(templates) / sizeof(templates[0]); i++)
		if (!strcmp(templates[i].name, name))
			return 0;
	if (!name)
		return 0;
	rt_err_set(err, RETORT_ENOTFOUND, "no template '%s'", name);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "list them: retort list_templates");
	return RETORT_ENOTFOUND;
}

static int check_empty(const char *path, retort_error *err)
{
	rt_fs_list list = RT_FS_LIST_INIT;
	int rc = 0;

	if (rt_fs_exists(path))
		rc = rt_fs_read_dir(path, &list, err);
	if (!rc && list.n) {
		rc = rt_err_set(err, RETORT_EEXISTS,
				"the folder '%s' is there already and not "
				"empty", path);
		rt_err_at(err, path, 0, 0);
	}
	rt_fs_list_free(&list);
	return rc;
}

static int write_files(const char *where, const char *directory,
		       const char *path, const teller *t, retort_error *err)
{
	rt_str config = RT_STR_INIT, location = RT_STR_INIT;
	const char *p;
	int rc;

	rt_str_add(&location, directory[0] == '/' ? "" : "%(here)s/");
	for (p = directory; *p; p++) {
		if (*p == '%')
			rt_str_addc(&location, '%');
		rt_str_addc(&location, *p);
	}
	rt_init_config(&config, initial, &location);
	rc = rt_fs_make_dirs(path, err);
	if (!rc)
		rc = put(path, ".gitattributes", rt_init_attributes(), t,
			 err);
	if (!rc)
		rc = put(path, "script.sql.tmpl", rt_format_native.template_text(), t,
			 err);
	/* Last: with it the project is there. */
	if (!rc)
		rc = put(where, "retort.ini", rt_str_sv(&config), t, err);
	rt_str_free(&location);
	rt_str_free(&config);
	return rc;
}

int retort_project_init(const char *where, const char *directory,
			const char *template_name,
			void (*say)(void *self, const char *line), void *self,
			retort_error *err)
{
	const teller t = { say, self };
	char *path;
	int rc;

	if (!where)
		where = ".";
	rc = check_template(template_name, err);
	if (rc)
		return rc;
	path = rt_fs_join(where, directory);
	rc = check_empty(path, err);
	if (!rc)
		rc = write_files(where, directory, path, &t, err);
	free(path);
	return rc;
}
