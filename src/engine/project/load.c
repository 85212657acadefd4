/* SPDX-License-Identifier: MIT */
/*
 * From folders to a graph: which files are revisions, and their headers.
 *
 * A project of 10,000 revisions is opened by every command, so each file
 * costs three system calls (open relative to its folder, one read of what
 * nearly always holds the header, close) and no copy of its body.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/map.h"
#include "engine/project/project.h"
#include "rev/builder.h"
#include "revfmt/format.h"

enum {
	START = 4096,      /* of a file, read first */
	DEPTH_LIMIT = 64,  /* of sub-folders */
};

typedef struct loader {
	rt_settings *settings;
	retort_graph *graph;
	rt_arena *arena; /* the graph's */
	rt_map seen;     /* device and inode of files and folders */
	rt_str path;     /* of the file being read */
	rt_str text;     /* and what has been read of it */
	bool recursive;
	const rt_format *format; /* of the files that are loaded… */
	size_t n_files;          /* …how many that were */
	bool others;             /* there are files of another format */
	bool absent;             /* a file was not read and its id is unknown */
	retort_error *err;
} loader;

/* Whether a file or folder comes for the first time: links and overlapping
 * version_locations may lead to it twice. */
static bool is_new(loader *l, unsigned long long device,
		   unsigned long long inode)
{
	unsigned long long id[2] = { device, inode };
	char *key = rt_arena_alloc(l->arena, sizeof(id));

	memcpy(key, id, sizeof(id));
	return rt_map_add(&l->seen, (rt_sv){ key, sizeof(id) }, 0);
}

/* Text out of an error, for as long as the graph lives. */
static const char *keep(loader *l, const char *text)
{
	return text ? rt_arena_strdup(l->arena, text) : "";
}

/* Go on without a file, or with what is known of it. */
static int pass_over(loader *l, retort_revision *rev, const retort_error *why)
{
	retort_problem problem = { rt_arena_strdup(l->arena, l->path.p),
				   keep(l, why->message), why->line,
				   why->column, rev->id };
	int rc = 0;

	rt_graph_add_problem(l->graph, &problem);
	if (!rev->id) {
		l->absent = true;
		return 0;
	}
	rev->problem = problem.message;
	rev->problem_line = why->line;
	rev->problem_column = why->column;
	rev->down = rev->depends_on = rev->labels = (retort_names){ NULL, 0 };
	rev->path = problem.path;
	if (retort_graph_find(l->graph, rev->id) == NULL)
		rc = rt_graph_add(l->graph, rev, l->err);
	return rc;
}

static int add(loader *l, retort_revision *rev, retort_error *err)
{
	retort_problem problem = { rev->path, rev->problem, rev->problem_line,
				   rev->problem_column, rev->id };
	int rc;

	/* Only labels are missing then: it can run. */
	rev->problem = NULL;
	rev->problem_line = rev->problem_column = 0;
	rc = rt_graph_add(l->graph, rev, err);
	if (!rc && problem.message)
		rt_graph_add_problem(l->graph, &problem);
	return rc;
}

/*
 * The header out of what has been read.
 *   in:   whole, nothing comes behind it
 *   out:  true in *more if it goes on behind the text
 */
static int parse(loader *l, bool whole, bool *more)
{
	retort_error own = RETORT_ERROR_INIT;
	bool lenient = l->format->lenient;
	retort_error *err = lenient ? &own : l->err;
	retort_revision rev;
	int rc;

	memset(&rev, 0, sizeof(rev));
	*more = false;
	rc = l->format->header(l->arena, l->path.p, rt_str_sv(&l->text), whole,
			       &rev, more, err);
	if (!rc && !*more)
		rc = add(l, &rev, err);
	if (rc && lenient)
		rc = pass_over(l, &rev, err);
	retort_error_dispose(&own);
	return rc;
}

/* The size of a file is asked only where one read has not told it all. */
static int check_size(loader *l, rt_fs_file *file)
{
	int rc;

	if (file->size == RT_FS_UNASKED) {
		rc = rt_fs_file_ask(file, l->path.p, l->err);
		if (rc)
			return rc;
	}
	if (file->size <= RT_FS_LIMIT)
		return 0;
	rt_err_set(l->err, RETORT_EIO, "'%s' is larger than %zu MiB",
		   l->path.p, RT_FS_LIMIT >> 20);
	rt_err_at(l->err, l->path.p, 0, 0);
	return RETORT_EIO;
}

/* A header that the first read did not show to its end. */
static int read_on(loader *l, rt_fs_file *file)
{
	size_t want, before;
	bool more = true, whole;
	int rc = check_size(l, file);

	while (!rc && more) {
		before = l->text.n;
		want = before ? before : START; /* as much again */
		/* not a byte too many: that would cost a call to learn that
		 * there is none */
		if (want > file->size - before)
			want = file->size - before;
		rc = rt_fs_file_read(file, want, &l->text, l->path.p, l->err);
		/* it may have been cut since */
		whole = l->text.n >= file->size || l->text.n < before + want;
		if (!rc)
			rc = parse(l, whole, &more);
	}
	return rc;
}

static int read_header(loader *l, rt_fs_file *file)
{
	bool more = true;
	int rc;

	rt_str_clear(&l->text);
	rc = rt_fs_file_read_once(file, START, &l->text, l->path.p, l->err);
	if (!rc && l->text.n == START)
		rc = check_size(l, file);
	if (!rc)
		rc = parse(l, false, &more);
	return rc || !more ? rc : read_on(l, file);
}

static int load_file(loader *l, const rt_fs_dir *dir,
		     const rt_fs_entry *entry)
{
	rt_fs_file file;
	int rc;

	rc = rt_fs_entry_open(&file, dir, entry, l->path.p, l->err);
	if (rc)
		return rc;
	if (is_new(l, file.device, file.inode)) {
		l->n_files++;
		rc = read_header(l, &file);
	}
	rt_fs_file_close(&file);
	return rc;
}

/* Hidden files and folders, editors' locks (.#x), __init__, __pycache__; for
 * SQL all of two underscores, for Python what Alembic passes over. */
static bool is_skipped(const loader *l, const rt_fs_entry *e)
{
	static const char init[] = "__init__", cache[] = "__pycache__";
	size_t n = strlen(e->name), c = strlen(cache);

	if (e->name[0] == '.')
		return true;
	if (!l->format->lenient)
		return !strncmp(e->name, "__", 2);
	return e->is_dir ? n >= c && !strcmp(e->name + n - c, cache)
			 : !strncmp(e->name, init, strlen(init));
}

static int load_dir(loader *l, const char *path, int depth);

static int load_entries(loader *l, const rt_fs_dir *dir, const char *path,
			const rt_fs_list *list, int depth)
{
	const rt_format *format;
	const rt_fs_entry *e;
	size_t i, n = strlen(path);
	int rc = 0;

	rt_str_clear(&l->path);
	rt_str_add(&l->path, path);
	for (i = 0; i < list->n && !rc; i++) {
		e = &list->v[i];
		if (e->is_dir || is_skipped(l, e))
			continue;
		format = rt_format_of(e->name);
		rt_str_truncate(&l->path, n);
		rt_str_addc(&l->path, '/');
		rt_str_add(&l->path, e->name);
		if (format == l->format)
			rc = load_file(l, dir, e);
		else if (format)
			l->others = true;
	}
	/* A folder's own files come before those of its sub-folders. */
	for (i = 0; i < list->n && !rc && l->recursive; i++) {
		e = &list->v[i];
		if (e->is_dir && !is_skipped(l, e))
			rc = load_dir(l, rt_arena_strf(l->arena, "%s/%s",
						       path, e->name),
				      depth + 1);
	}
	return rc;
}

static int load_dir(loader *l, const char *path, int depth)
{
	rt_fs_list list = RT_FS_LIST_INIT;
	rt_fs_dir dir;
	int rc;

	if (depth > DEPTH_LIMIT) {
		rt_err_set(l->err, RETORT_EIO,
			   "'%s' lies more than %d folders deep", path,
			   DEPTH_LIMIT);
		rt_err_at(l->err, path, 0, 0);
		return RETORT_EIO;
	}
	rc = rt_fs_dir_open(&dir, path, l->err);
	if (rc)
		return rc;
	if (is_new(l, dir.device, dir.inode)) {
		rc = rt_fs_dir_list(&dir, path, &list, l->err);
		if (!rc)
			rc = load_entries(l, &dir, path, &list, depth);
	}
	rt_fs_list_free(&list);
	rt_fs_dir_close(&dir);
	return rc;
}

/* A project of Alembic that has no revision yet may lack their folder: git
 * keeps no empty ones, and the first revision makes it. */
static bool is_fresh(loader *l)
{
	const char *dir;

	return rt_settings_is_alembic(l->settings) &&
	       !rt_settings_path_value(l->settings, "script_location", &dir,
				       NULL) && rt_fs_exists(dir);
}

static int load_location(loader *l, const char *path)
{
	const char *config = rt_settings_path(l->settings);

	if (rt_fs_exists(path))
		return load_dir(l, path, 0);
	if (is_fresh(l))
		return 0;
	rt_err_set(l->err, RETORT_ECONFIG,
		   "the folder of the revisions, '%s', is not there", path);
	rt_err_at(l->err, config, 0, 0);
	rt_err_field(l->err, RETORT_ERROR_NEXT,
		     "make it with `retort init`, or correct script_location "
		     "in %s", config);
	return RETORT_ECONFIG;
}

/* The files of one format in all folders. */
static int load_format(loader *l, const rt_format *format,
		       const retort_names *dirs)
{
	size_t i;
	int rc = 0;

	l->format = format;
	l->others = false;
	rt_map_free(&l->seen);
	for (i = 0; i < dirs->n && !rc; i++)
		rc = load_location(l, dirs->v[i]);
	return rc;
}

/*
 * A project's revisions are all of one format: that of the project file, or
 * where none is, the other.  A folder of Alembic's revisions may hold SQL
 * that these read, one of SQL a script that made it.
 */
static int load_all(loader *l)
{
	bool alembic = rt_settings_is_alembic(l->settings);
	retort_names dirs;
	int rc;

	rc = rt_settings_locations(l->settings, &dirs, l->err);
	if (!rc)
		rc = rt_settings_bool(l->settings,
				      "recursive_version_locations",
				      &l->recursive, l->err);
	if (!rc)
		rc = load_format(l, alembic ? &rt_format_alembic :
				 &rt_format_native, &dirs);
	if (!rc && !l->n_files && l->others)
		rc = load_format(l, alembic ? &rt_format_native :
				 &rt_format_alembic, &dirs);
	if (!rc && l->absent)
		rc = rt_graph_add_absent(l->graph, l->err);
	return rc ? rc : rt_graph_seal(l->graph, l->err);
}

const rt_format *rt_project_format(const retort_project *project,
				   const retort_graph *graph)
{
	const rt_format *format;
	size_t i;

	for (i = 0; i < retort_graph_count(graph); i++) {
		format = rt_format_of(retort_graph_at(graph, i)->path);
		if (format)
			return format;
	}
	return rt_settings_is_alembic(project->settings) ?
		&rt_format_alembic : &rt_format_native;
}

int rt_project_load(rt_settings *settings, retort_graph **graph,
		    retort_error *err)
{
	loader l = { .settings = settings, .graph = rt_graph_new(),
		     .seen = RT_MAP_INIT, .path = RT_STR_INIT,
		     .text = RT_STR_INIT, .err = err };
	int rc;

	l.arena = rt_graph_arena(l.graph);
	rc = load_all(&l);
	rt_map_free(&l.seen);
	rt_str_free(&l.path);
	rt_str_free(&l.text);
	if (rc) {
		retort_graph_free(l.graph);
		l.graph = NULL;
	}
	*graph = l.graph;
	return rc;
}
