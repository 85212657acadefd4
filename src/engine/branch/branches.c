/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/branch/branches.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "revfmt/format.h"

/* --- opening ------------------------------------------------------------- */

static int find_places(retort_branches *b, retort_names dirs,
		       retort_error *err)
{
	const char **names = rt_arena_calloc(&b->arena, dirs.n + 1,
					     sizeof(*names));
	size_t i;
	int rc = 0;

	for (i = 0; i < dirs.n && !rc; i++)
		rc = rt_vcs_relative(b->vcs, dirs.v[i], &b->arena, &names[i],
				     err);
	b->places.dirs = (retort_names){ names, dirs.n };
	return rc ? rc
		  : rt_settings_bool(b->project->settings,
				     "recursive_version_locations",
				     &b->places.recursive, err);
}

int retort_branches_open(retort_branches **out, retort_project *project,
			 retort_error *err)
{
	retort_branches *b = rt_calloc(1, sizeof(*b));
	retort_names dirs;
	int rc;

	b->project = project;
	rc = rt_settings_locations(project->settings, &dirs, err);
	if (!rc)
		rc = rt_vcs_open_any(&b->vcs, dirs.v[0], err);
	if (!rc)
		rc = find_places(b, dirs, err);
	if (rc) {
		retort_branches_free(b);
		b = NULL;
	}
	*out = b;
	return rc;
}

static void free_side(rt_side *side)
{
	rt_vec_free(&side->leaves);
	rt_map_free(&side->by_id);
	rt_vec_free(&side->ground->heads);
	rt_map_free(&side->ground->labels);
	free(side->ground);
	free(side);
}

void retort_branches_free(retort_branches *b)
{
	size_t i;

	if (!b)
		return;
	for (i = 0; i < b->sides.n; i++)
		free_side(b->sides.v[i]);
	for (i = 0; i < b->growths.n; i++) {
		rt_vec_free(&b->growths.v[i]->added);
		rt_vec_free(&b->growths.v[i]->changed);
		rt_vec_free(&b->growths.v[i]->gone);
		free(b->growths.v[i]);
	}
	rt_vec_free(&b->growths);
	rt_map_free(&b->growth_of);
	rt_vec_free(&b->sides);
	rt_vec_free(&b->headers);
	rt_vec_free(&b->names);
	rt_map_free(&b->blobs);
	rt_map_free(&b->commits);
	rt_arena_free(&b->arena);
	retort_vcs_close(b->vcs);
	free(b);
}

/* --- reading ------------------------------------------------------------- */

const char *rt_leaf_label(retort_branches *b, const char *label,
			  const char *path)
{
	return label ? rt_arena_strf(&b->arena, "%s:%s", label, path)
		     : rt_arena_strf(&b->arena, "%s%s", rt_vcs_root(b->vcs),
				     path);
}

static int read_header(retort_branches *b, const rt_format *format,
		       const char *label, const rt_vcs_file *file,
		       const retort_revision **rev, retort_error *err)
{
	retort_revision *made = rt_arena_calloc(&b->arena, 1, sizeof(*made));
	const char *where = rt_leaf_label(b, label, file->path);
	rt_str text = RT_STR_INIT;
	retort_error own = RETORT_ERROR_INIT;
	bool more;
	int rc = rt_vcs_read(b->vcs, file->blob, where, &text, err);

	if (rc)
		return rc;
	rc = format->header(&b->arena, where, rt_str_sv(&text), true, made,
			    &more, &own);
	rt_str_free(&text);
	*rev = made;
	made->problem = NULL; /* no more than a label: it can run */
	if (rc && format->lenient) {
		/* What is not known of it counts as not there. */
		*rev = made->id ? made : NULL;
		made->problem = rt_arena_strdup(&b->arena, own.message);
		made->problem_line = own.line;
		made->problem_column = own.column;
		rc = 0;
	}
	if (rc)
		rt_err_move(err, &own);
	retort_error_dispose(&own);
	return rc;
}

int rt_leaf_header(retort_branches *b, const char *label,
		   const rt_vcs_file *file, const retort_revision **rev,
		   retort_error *err)
{
	const rt_format *format = rt_format_of(rt_fs_basename(file->path));
	const rt_map_entry *known;
	int rc;

	*rev = NULL;
	if (!format || (format->lenient &&
			rt_sv_starts(rt_sv_from(rt_fs_basename(file->path)),
				     "__init__")))
		return 0;
	known = rt_map_find(&b->blobs, rt_sv_from(file->blob));
	if (known) {
		*rev = b->headers.v[known->value];
		return 0;
	}
	rc = read_header(b, format, label, file, rev, err);
	if (rc)
		return rc;
	rt_map_add(&b->blobs,
		   rt_sv_from(rt_arena_strdup(&b->arena, file->blob)),
		   b->headers.n);
	rt_vec_push(&b->headers, *rev);
	return 0;
}

/* As for files (project/load.c): those of the project file's format, or where
 * there are none, of the other. */
static const rt_format *format_of(const retort_branches *b,
				  const rt_vcs_files *files)
{
	const rt_format *first = &rt_format_native;
	const rt_format *other = &rt_format_alembic, *found;
	bool others = false;
	size_t i;

	if (rt_settings_is_alembic(b->project->settings)) {
		first = &rt_format_alembic;
		other = &rt_format_native;
	}
	for (i = 0; i < files->n; i++) {
		found = rt_format_of(rt_fs_basename(files->v[i].path));
		if (found == first)
			return first;
		others |= found == other;
	}
	return others ? other : first;
}

static int fill(retort_branches *b, const char *label, rt_side *side,
		retort_error *err)
{
	rt_vcs_files files = RT_VEC_INIT;
	const rt_format *format;
	size_t i;
	int rc = rt_vcs_list(b->vcs, side->commit, &b->places, &b->arena,
			     &files, &side->places, &side->there, err);

	format = format_of(b, &files);
	for (i = 0; i < files.n && !rc; i++) {
		rt_leaf leaf = { files.v[i].path, files.v[i].blob, NULL };

		if (rt_format_of(rt_fs_basename(leaf.path)) != format)
			continue;
		rc = rt_leaf_header(b, label, &files.v[i], &leaf.rev, err);
		if (rc)
			break;
		if (!leaf.rev)
			continue;
		rt_map_add(&side->by_id, rt_sv_from(leaf.rev->id),
			   side->leaves.n);
		rt_vec_push(&side->leaves, leaf);
	}
	rt_vec_free(&files);
	return rc;
}

int rt_side_load(retort_branches *b, const char *label, const char *commit,
		 const rt_side **out, retort_error *err)
{
	const rt_map_entry *known = rt_map_find(&b->commits,
						rt_sv_from(commit));
	rt_side *side;
	int rc;

	if (known) {
		*out = b->sides.v[known->value];
		return 0;
	}
	side = rt_calloc(1, sizeof(*side));
	side->ground = rt_calloc(1, sizeof(*side->ground));
	memcpy(side->commit, commit, strlen(commit) + 1);
	rc = fill(b, label, side, err);
	*out = rc ? NULL : side;
	if (rc) {
		free_side(side);
		return rc;
	}
	rt_map_add(&b->commits, rt_sv_from(side->commit), b->sides.n);
	rt_vec_push(&b->sides, side);
	return 0;
}

const rt_leaf *rt_side_find(const rt_side *side, const char *id)
{
	const rt_map_entry *e = rt_map_find(&side->by_id, rt_sv_from(id));

	return e ? &side->leaves.v[e->value] : NULL;
}

/* --- branches ------------------------------------------------------------ */

int retort_branches_target(retort_branches *b, const char *ref,
			   const char **target, retort_error *err)
{
	char commit[RT_VCS_ID];
	const char *head;
	int rc = rt_vcs_head(b->vcs, &b->arena, commit, &head, err);

	if (rc)
		return rc;
	if (!ref)
		ref = rt_vcs_is_bare(b->vcs) ? "" : head;
	else if (!strcmp(ref, "HEAD"))
		ref = head;
	/* the branch that a server shows first */
	*target = head;
	if (rt_vcs_is_bare(b->vcs) && *head && *commit &&
	    strcmp(head, ref) != 0)
		return 0;
	return rt_vcs_default_target(b->vcs, ref, &b->arena, target, err);
}

/* Whether `target` has all of the branch. */
static int is_merged(retort_branches *b, const char *commit,
		     const char *target, bool *is, retort_error *err)
{
	rt_vcs_ids bases = RT_VEC_INIT;
	bool cut;
	int rc = rt_vcs_bases(b->vcs, commit, target, &b->arena, &bases, &cut,
			      err);

	*is = !rc && bases.n == 1 && !strcmp(bases.v[0], commit);
	rt_vec_free(&bases);
	return rc;
}

int retort_branches_unmerged(retort_branches *b, const char *target,
			     retort_names *names, retort_error *err)
{
	rt_vcs_branches all = RT_VEC_INIT;
	char commit[RT_VCS_ID];
	bool merged;
	size_t i;
	int rc = rt_vcs_resolve(b->vcs, target, commit, err);

	b->names.n = 0;
	if (!rc)
		rc = rt_vcs_branches_read(b->vcs, &b->arena, &all, err);
	for (i = 0; i < all.n && !rc; i++) {
		rc = is_merged(b, all.v[i].commit, commit, &merged, err);
		if (!rc && !merged)
			rt_vec_push(&b->names, all.v[i].name);
	}
	rt_vec_free(&all);
	*names = (retort_names){ b->names.v, b->names.n };
	return rc;
}

/* --- who has a revision -------------------------------------------------- */

/* Shorter beginnings of an id mean nothing. */
enum { PREFIX_MIN = 4 };

static int sight(retort_branches *b, const rt_vcs_branch *branch,
		 const rt_leaf *leaf, retort_sighting *out, retort_error *err)
{
	rt_vcs_author author;
	int rc = rt_vcs_author_of(b->vcs, branch->commit, leaf->path,
				  &b->arena, &author, err);

	out->revision = leaf->rev->id;
	out->branch = branch->name;
	out->remote = branch->remote;
	out->commit = rt_arena_strdup(&b->arena, branch->commit);
	out->path = leaf->path;
	out->author = author.name;
	out->date = author.date;
	return rc;
}

int rt_side_of_branch(retort_branches *b, const rt_vcs_branch *branch,
		      const rt_side **side, retort_error *err)
{
	retort_error own = RETORT_ERROR_INIT;
	int rc = rt_side_load(b, branch->name, branch->commit, side, &own);

	if (rc == RETORT_EPARSE || rc == RETORT_EUNSUPPORTED) {
		*side = NULL;
		rc = 0;
	}
	if (rc)
		rt_err_move(err, &own);
	retort_error_dispose(&own);
	return rc;
}

/* The one id that begins so; NULL if there is none, or more than one. */
static int find_whole(retort_branches *b, const rt_vcs_branches *all,
		      const char *prefix, const char **id, retort_error *err)
{
	const rt_side *side;
	size_t i, k;
	int rc = 0;

	*id = NULL;
	for (i = 0; i < all->n && !rc; i++) {
		rc = rt_side_of_branch(b, &all->v[i], &side, err);
		for (k = 0; !rc && side && k < side->leaves.n; k++) {
			const char *found = side->leaves.v[k].rev->id;

			if (!rt_sv_starts(rt_sv_from(found), prefix))
				continue;
			if (*id && strcmp(*id, found) != 0) {
				*id = NULL;
				return 0;
			}
			*id = found;
		}
	}
	return rc;
}

static int find_id(retort_branches *b, const rt_vcs_branches *all,
		   const char *id, retort_sightings *out, retort_error *err)
{
	const rt_side *side;
	const rt_leaf *leaf;
	size_t i;
	int rc = 0;

	for (i = 0; i < all->n && !rc; i++) {
		rc = rt_side_of_branch(b, &all->v[i], &side, err);
		leaf = !rc && side ? rt_side_find(side, id) : NULL;
		if (leaf)
			rc = sight(b, &all->v[i], leaf, &out->v[out->n++], err);
	}
	return rc;
}

int retort_branches_find(retort_branches *b, const char *id,
			 retort_sightings *out, retort_error *err)
{
	rt_vcs_branches all = RT_VEC_INIT;
	const char *whole;
	int rc = rt_vcs_branches_read(b->vcs, &b->arena, &all, err);

	*out = (retort_sightings)RETORT_SIGHTINGS_INIT;
	if (!rc) {
		out->v = rt_calloc(all.n + 1, sizeof(*out->v));
		rc = find_id(b, &all, id, out, err);
	}
	if (!rc && !out->n && strlen(id) >= PREFIX_MIN) {
		rc = find_whole(b, &all, id, &whole, err);
		if (!rc && whole)
			rc = find_id(b, &all, whole, out, err);
	}
	rt_vec_free(&all);
	if (rc)
		retort_sightings_dispose(out);
	return rc;
}

void retort_sightings_dispose(retort_sightings *sightings)
{
	free(sightings->v);
	*sightings = (retort_sightings)RETORT_SIGHTINGS_INIT;
}
