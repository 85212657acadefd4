/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/project/desired.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/proc.h"
#include "config/settings.h"
#include "engine/project/project.h"

static void add_line(void *self, rt_sv line)
{
	rt_str *sql = self;

	rt_str_addsv(sql, line);
	rt_str_addc(sql, '\n');
}

/* A program that has found no models would drop everything. */
static int printed_nothing(const char *command, retort_error *err)
{
	rt_err_set(err, RETORT_EHOOK, "schema_command printed nothing: %s",
		   command);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "if no tables are wanted, let it print an SQL comment");
	return RETORT_EHOOK;
}

static int run_command(rt_desired *out, retort_project *project,
		       const char *command, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_proc proc = { .line = add_line, .self = &out->sql,
			 .only_output = true };
	retort_names words;
	int rc, status = 0;

	out->name = "schema_command";
	rc = rt_proc_split(&arena, rt_sv_from(command), &words, err);
	if (rc == 0 && words.n == 0)
		rc = rt_err_set(err, RETORT_ECONFIG, "schema_command is empty");
	proc.argv = words.v;
	proc.cwd = rt_settings_directory(project->settings);
	if (rc == 0)
		rc = rt_proc_run(&proc, &status, err);
	if (rc == 0 && status)
		rc = rt_err_set(err, RETORT_EHOOK,
				"schema_command ended with status %d: %s",
				status, command);
	if (rc == 0 && !rt_sv_trim(rt_str_sv(&out->sql)).n)
		rc = printed_nothing(command, err);
	if (rc)
		rt_err_at(err, rt_settings_path(project->settings), 0, 0);
	rt_arena_free(&arena);
	return rc;
}

static int read_file(rt_desired *out, const char *path, retort_error *err)
{
	int rc = rt_fs_read(path, RT_FS_LIMIT, &out->sql, err);

	out->name = path;
	if (rc)
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "'retort dump' prints the schema of the "
			     "database, 'retort dump head' that of the "
			     "revisions: a file to begin with");
	return rc;
}

static int not_set(retort_project *project, retort_error *err)
{
	rt_err_set(err, RETORT_ECONFIG,
		   "nothing says what the schema should be");
	rt_err_at(err, rt_settings_path(project->settings), 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "set `schema` to a file of SQL (retort dump writes one), "
		     "or `schema_command` to a program that prints it");
	return RETORT_ECONFIG;
}

int rt_desired_read(rt_desired *out, retort_project *project, retort_error *err)
{
	rt_settings *s = project->settings;
	const char *path, *command;
	int rc;

	out->sql = (rt_str)RT_STR_INIT;
	rc = rt_settings_path_value(s, "schema", &path, err);
	if (rc == 0)
		rc = rt_settings_get(s, "schema_command", &command, err);
	if (rc)
		return rc;
	if (path && *path && command && *command) {
		rt_err_set(err, RETORT_ECONFIG,
			   "both `schema` and `schema_command` are set: which "
			   "of them says what the schema should be");
		rt_err_at(err, rt_settings_path(s), 0, 0);
		return RETORT_ECONFIG;
	}
	if (command && *command)
		return run_command(out, project, command, err);
	if (!path || !*path)
		return not_set(project, err);
	return read_file(out, path, err);
}
