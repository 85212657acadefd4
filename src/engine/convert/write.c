/* SPDX-License-Identifier: MIT */
/*
 * All or nothing: the new project is written beside its place and moved
 * there when it is whole.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "engine/convert/convert.h"
#include "engine/project/init.h"

static int fail(retort_convert *c, const char *what, const char *path)
{
	int rc = rt_err_set(c->err, RETORT_EIO, "cannot %s '%s': %s", what,
			    path, strerror(errno));

	rt_err_at(c->err, path, 0, 0);
	return rc;
}

/* The folder may be there if it is empty. */
static int check_empty(retort_convert *c)
{
	rt_fs_list list = RT_FS_LIST_INIT;
	int rc = 0;

	if (rt_fs_exists(c->directory))
		rc = rt_fs_read_dir(c->directory, &list, c->err);
	if (!rc && list.n) {
		rc = rt_err_set(c->err, RETORT_EEXISTS,
				"the folder '%s' is there already and not "
				"empty", c->directory);
		rt_err_at(c->err, c->directory, 0, 0);
	}
	rt_fs_list_free(&list);
	return rc;
}

/* A new folder, for as long as it stays in `made`. */
static int make_dir(retort_convert *c, const char *path)
{
	if (mkdir(path, 0777) != 0)
		return fail(c, "make", path);
	rt_vec_push(&c->made, rt_strf("%s/", path));
	return 0;
}

/* Where it is written: in the folder if that is there, else beside it; on
 * the same file system in both cases.  That it can be is tried now, before
 * hours of translation, and not left there to survive a Ctrl-C. */
int rt_convert_begin(retort_convert *c)
{
	const char *tmp = NULL;
	char *parent = rt_fs_dirname(c->directory);
	bool there = rt_fs_exists(c->directory);
	int rc = check_empty(c);

	if (c->options->dry_run)
		tmp = c->options->temporary ? c->options->temporary : "/tmp";

	if (!rc && !tmp && !there)
		rc = rt_fs_make_dirs(parent, c->err);
	if (!rc) {
		c->root = rt_arena_strf(
			&c->arena, "%s/%s%s.%ld",
			tmp ? tmp : there ? c->directory : parent, ".retort-",
			rt_fs_basename(c->directory), (long)getpid());
		rc = make_dir(c, c->root);
		rt_convert_remove(c);
	}
	free(parent);
	return rc;
}

/* The folders of a name, below the root. */
static int make_dirs(retort_convert *c, const char *name)
{
	const char *slash = strchr(name, '/');
	char *path;
	int rc = 0;

	for (; slash && !rc; slash = strchr(slash + 1, '/')) {
		path = rt_strf("%s/%.*s", c->root, (int)(slash - name), name);
		if (!rt_fs_is_dir(path))
			rc = make_dir(c, path);
		free(path);
	}
	return rc;
}

static int put(retort_convert *c, const char *name, rt_sv text)
{
	char *path = rt_fs_join(c->root, name);
	int rc = make_dirs(c, name);

	if (!rc)
		rc = rt_fs_write(path, text, false, 0666, c->err);
	if (rc)
		free(path);
	else
		rt_vec_push(&c->made, path);
	return rc;
}

static int put_revisions(retort_convert *c)
{
	rt_str text = RT_STR_INIT;
	size_t i;
	int rc = 0;

	for (i = 0; i < c->n && !rc; i++) {
		rt_convert_progress(c, "writing", i + 1, c->n);
		rt_str_clear(&text);
		rc = rt_convert_text(c, &c->revisions[i], &text);
		if (!rc)
			rc = put(c, c->revisions[i].name, rt_str_sv(&text));
	}
	rt_str_free(&text);
	return rc;
}

int rt_convert_write(retort_convert *c)
{
	rt_str config = RT_STR_INIT;
	size_t i;
	int rc;

	rc = make_dir(c, c->root);
	if (!rc)
		rc = put(c, RT_CONVERT_LOCATION "/.gitattributes",
			 rt_init_attributes());
	if (!rc)
		rc = put(c, RT_CONVERT_LOCATION "/script.sql.tmpl",
			 rt_native_template());
	for (i = 0; i < c->locations.n && !rc; i++) {
		char *name = rt_strf("%s/", c->locations.v[i]);

		rc = make_dirs(c, name); /* though it may hold no revision */
		free(name);
	}
	if (!rc)
		rc = put_revisions(c);
	if (!rc)
		rc = rt_convert_settings(c, &config);
	if (!rc)
		rc = put(c, "retort.ini", rt_str_sv(&config));
	rt_str_free(&config);
	return rc;
}

static int move(retort_convert *c, const char *name, bool back)
{
	char *from = rt_fs_join(back ? c->directory : c->root, name);
	char *to = rt_fs_join(back ? c->root : c->directory, name);
	int rc = rename(from, to) ? fail(c, "write", to) : 0;

	free(from);
	free(to);
	return rc;
}

/* Into a folder that was there: retort.ini last, for with it the project
 * is. */
static int move_in(retort_convert *c)
{
	int rc = move(c, RT_CONVERT_LOCATION, false);

	if (rc)
		return rc;
	rc = move(c, "retort.ini", false);
	if (rc)
		(void)!move(c, RT_CONVERT_LOCATION, true);
	else
		(void)!rmdir(c->root);
	return rc;
}

int rt_convert_place(retort_convert *c)
{
	size_t i;
	int rc;

	if (rt_fs_exists(c->directory))
		rc = move_in(c);
	else
		rc = rename(c->root, c->directory) ?
			fail(c, "write", c->directory) : 0;
	if (rc)
		return rc;
	c->root = c->directory;
	for (i = 0; i < c->made.n; i++)
		free(c->made.v[i]);
	c->made.n = 0;
	return 0;
}

void rt_convert_remove(retort_convert *c)
{
	size_t i;

	for (i = c->made.n; i-- > 0;) {
		char *path = c->made.v[i];
		size_t n = strlen(path);

		if (path[n - 1] == '/') {
			path[n - 1] = '\0';
			(void)!rmdir(path);
		} else {
			(void)!unlink(path);
		}
		free(path);
	}
	rt_vec_free(&c->made);
}
