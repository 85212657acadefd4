/* SPDX-License-Identifier: MIT */
/* A copy of the database before something is done to it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/vec.h"
#include "config/settings.h"
#include "engine/project/database.h"
#include "engine/project/project.h"

#define PLACE "BACKUP_FILE"

static int no_command(retort_database *db, retort_error *err)
{
	rt_settings *s = db->project->settings;

	rt_err_set(err, RETORT_ECONFIG, "nothing says how to make a backup");
	rt_err_at(err, rt_settings_path(s), 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "set `backup_command`, such as: pg_dump --format=custom "
		     "--file=" PLACE);
	return RETORT_ECONFIG;
}

/* A word with the file's name in its place. */
static const char *fill(rt_arena *arena, const char *word, const char *path)
{
	const char *at = strstr(word, PLACE);

	if (!at)
		return word;
	return rt_arena_strf(arena, "%.*s%s%s", (int)(at - word), word, path,
			     at + strlen(PLACE));
}

typedef struct environment {
	rt_arena *arena;
	RT_VEC(const char *) list;
} environment;

/* Ours, but for what is set anew. */
static void add_variable(void *self, const char *text)
{
	environment *env = self;
	size_t i, n = strcspn(text, "=") + 1;

	text = rt_arena_strdup(env->arena, text);
	for (i = 0; i < env->list.n; i++)
		if (!strncmp(env->list.v[i], text, n)) {
			env->list.v[i] = text;
			return;
		}
	rt_vec_push(&env->list, text);
}

static int run_command(retort_database *db, const char *command,
		       const char *path, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	environment env = { &arena, RT_VEC_INIT };
	rt_proc proc = { 0 };
	retort_names words;
	const char **argv;
	size_t i;
	int rc, status = 0;

	rc = rt_proc_split(&arena, rt_sv_from(command), &words, err);
	if (rc == 0 && words.n == 0)
		rc = no_command(db, err);
	if (rc)
		goto out;
	argv = rt_arena_calloc(&arena, words.n + 1, sizeof(*argv));
	for (i = 0; i < words.n; i++)
		argv[i] = fill(&arena, words.v[i], path);
	/* not on the command line, where everybody could see the password */
	for (i = 0; environ[i]; i++)
		rt_vec_push(&env.list, environ[i]);
	rt_conn_environment(db->conn, add_variable, &env);
	rt_vec_push(&env.list, NULL);
	proc.argv = argv;
	proc.env = env.list.v;
	rc = rt_proc_run(&proc, &status, err);
	if (rc == 0 && status)
		rc = rt_err_set(err, RETORT_EHOOK,
				"backup_command ended with status %d: %s",
				status, command);
out:
	rt_vec_free(&env.list);
	rt_arena_free(&arena);
	return rc;
}

int retort_database_backup(retort_database *db, const char *path,
			   retort_error *err)
{
	const char *command;
	int rc = rt_database_wake(db, err);

	if (rc == 0 && rt_conn_dialect(db->conn) == RETORT_DIALECT_SQLITE)
		return rt_conn_backup(db->conn, path, err);
	if (rc == 0)
		rc = rt_settings_get(db->project->settings, "backup_command",
				     &command, err);
	if (rc)
		return rc;
	if (!command || !*command)
		return no_command(db, err);
	if (rt_fs_exists(path)) {
		rt_err_set(err, RETORT_EEXISTS, "the file is there already");
		rt_err_at(err, path, 0, 0);
		return RETORT_EEXISTS;
	}
	return run_command(db, command, path, err);
}
