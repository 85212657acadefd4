/* SPDX-License-Identifier: MIT */
/* Revisions that the two sides know differently, or one no longer. */
#include "config.h"

#include <string.h>

#include "base/alloc.h"
#include "base/names.h"
#include "engine/conflicts/conflicts.h"
#include "revfmt/format.h"
#include "text/checksum.h"

/* --- contents ------------------------------------------------------------ */

/* How two leaves of an id differ. */
static int compare(rt_contest *c, const rt_leaf *a, const rt_leaf *b,
		   rt_likeness *out)
{
	char x[RT_CHECKSUM_HEX], y[RT_CHECKSUM_HEX];
	rt_str one = RT_STR_INIT, two = RT_STR_INIT;
	int rc;

	*out = RT_LIKE_SAME;
	if (!strcmp(a->blob, b->blob))
		return 0;
	rc = rt_vcs_read(c->b->vcs, a->blob, a->path, &one, c->err);
	if (!rc)
		rc = rt_vcs_read(c->b->vcs, b->blob, b->path, &two, c->err);
	if (rc)
		goto out;
	rt_checksum_raw(rt_str_sv(&one), x);
	rt_checksum_raw(rt_str_sv(&two), y);
	if (!strcmp(x, y))
		goto out;
	rt_format_checksum(a->path, rt_str_sv(&one), c->dialect, x);
	rt_format_checksum(b->path, rt_str_sv(&two), c->dialect, y);
	*out = strcmp(x, y) != 0 ? RT_LIKE_SQL
	       : rt_names_equal(&a->rev->down, &b->rev->down) &&
			       rt_names_equal(&a->rev->depends_on,
					  &b->rev->depends_on) &&
			       rt_names_equal(&a->rev->labels, &b->rev->labels)
		       ? RT_LIKE_COMMENTS
		       : RT_LIKE_PARENTS;
out:
	rt_str_free(&one);
	rt_str_free(&two);
	return rc;
}

static const char *likeness_word(rt_likeness likeness)
{
	static const char *const words[] = {
		[RT_LIKE_SAME] = "nothing",
		[RT_LIKE_COMMENTS] = "comments or white space",
		[RT_LIKE_PARENTS] = "parents, dependencies or labels",
		[RT_LIKE_SQL] = "SQL",
	};

	return words[likeness];
}

/* --- edited and id-collision --------------------------------------------- */

static void say_who(rt_contest *c, const rt_leaf *ours, const rt_leaf *theirs,
		    const rt_leaf *base, rt_str *out)
{
	bool we = strcmp(ours->blob, base->blob) != 0;
	bool they = strcmp(theirs->blob, base->blob) != 0;

	if (we && they)
		rt_str_addf(out, "%s and %s have", c->us, c->them);
	else
		rt_str_addf(out, "%s has", we ? c->us : c->them);
}

static void add_edited(rt_contest *c, const rt_leaf *ours,
		       const rt_leaf *theirs, const rt_leaf *base,
		       rt_likeness likeness)
{
	const char *id = ours->rev->id;
	rt_finding f;

	rt_finding_begin(&f, RETORT_CONFLICT_EDITED);
	f.conflict.object = id;
	f.conflict.note = likeness == RT_LIKE_COMMENTS;
	say_who(c, ours, theirs, base, &f.message);
	rt_str_addf(&f.message, " changed %s of %s since the two parted",
		    likeness_word(likeness), id);
	if (!f.conflict.note)
		rt_str_addf(&f.next, "a database that has run %s does not run "
			    "it again: restore the file and make the change "
			    "in a new revision", id);
	rt_finding_file(&f, RETORT_OURS, ours->path, 0, id);
	rt_finding_file(&f, RETORT_THEIRS, theirs->path, 0, id);
	rt_finding_end(&f, c);
}

static void add_collision(rt_contest *c, const rt_leaf *a, const rt_leaf *b,
			  rt_likeness likeness)
{
	const char *id = a->rev->id;
	rt_finding f;

	rt_finding_begin(&f, RETORT_CONFLICT_ID_COLLISION);
	f.conflict.object = id;
	f.conflict.note = likeness == RT_LIKE_COMMENTS &&
			  !strcmp(a->path, b->path);
	if (likeness == RT_LIKE_SAME)
		rt_str_addf(&f.message, "the revision %s is in two files",
			    id);
	else
		rt_str_addf(&f.message, "%s stands for two revisions: %s of "
			    "the two differ", id, likeness_word(likeness));
	if (!f.conflict.note && likeness <= RT_LIKE_COMMENTS)
		rt_str_add(&f.next, "remove one of the files");
	else if (!f.conflict.note)
		rt_str_add(&f.next, "give one of them a new id, in its file "
			   "and in those that refer to it");
	rt_finding_file(&f, rt_contest_holders(c, a), a->path, 0, id);
	rt_finding_file(&f, rt_contest_holders(c, b), b->path, 0, id);
	rt_finding_end(&f, c);
}

static int check_shared(rt_contest *c)
{
	const rt_leaf *ours, *theirs, *base;
	rt_likeness likeness;
	size_t i;
	int rc = 0;

	for (i = 0; i < c->ours->leaves.n && !rc; i++) {
		ours = &c->ours->leaves.v[i];
		theirs = rt_side_find(c->theirs, ours->rev->id);
		if (!theirs)
			continue;
		rc = compare(c, ours, theirs, &likeness);
		if (rc || likeness == RT_LIKE_SAME)
			continue;
		base = rt_contest_base(c, ours->rev->id);
		if (base)
			add_edited(c, ours, theirs, base, likeness);
		else
			add_collision(c, ours, theirs, likeness);
	}
	return rc;
}

/* One id in several files of the merge. */
static int check_doubles(rt_contest *c)
{
	rt_likeness likeness;
	size_t i;
	int rc = 0;

	for (i = 0; i < c->doubles.n && !rc; i++) {
		const rt_leaf *second = &c->doubles.v[i];
		const rt_leaf *first = rt_contest_merged(c, second->rev->id);
		const rt_leaf *ours, *theirs;

		ours = rt_side_find(c->ours, second->rev->id);
		theirs = rt_side_find(c->theirs, second->rev->id);
		rc = compare(c, first, second, &likeness);
		/* told by check_shared */
		if (rc || (ours && theirs && likeness != RT_LIKE_SAME &&
			   strcmp(ours->blob, theirs->blob) != 0 &&
			   !rt_contest_base(c, second->rev->id)))
			continue;
		if (strcmp(first->path, second->path) != 0)
			add_collision(c, first, second, likeness);
	}
	return rc;
}

/* --- deleted ------------------------------------------------------------- */

/* What a base and `kept` have, and `lost` has not; sorted. */
static void find_deleted(const rt_contest *c, const rt_side *kept,
			 const rt_side *lost, rt_vcs_ids *out)
{
	size_t i;

	for (i = 0; i < kept->leaves.n; i++) {
		const char *id = kept->leaves.v[i].rev->id;

		if (!rt_side_find(lost, id) && rt_contest_base(c, id))
			rt_vec_push(out, id);
	}
	rt_names_sort(out->v, out->n);
}

static void check_deleted(rt_contest *c, const rt_side *kept,
			  const rt_side *lost, unsigned side,
			  const char *keeper, const char *loser)
{
	rt_vcs_ids ids = RT_VEC_INIT;
	rt_finding f;
	size_t i;

	find_deleted(c, kept, lost, &ids);
	if (ids.n) {
		rt_finding_begin(&f, RETORT_CONFLICT_DELETED);
		f.conflict.object = ids.v[0];
		rt_str_addf(&f.message, "%s has deleted %s, which %s has",
			    loser, ids.n == 1 ? "a revision" : "revisions",
			    keeper);
		rt_str_add(&f.message, ": ");
		rt_finding_names(&f.message, &ids);
		rt_str_add(&f.next, "a database that has run it cannot step "
			   "back over it any more: restore the file, or make "
			   "sure that every database has been moved past it");
		for (i = 0; i < ids.n; i++)
			rt_finding_file(&f, side,
					rt_side_find(kept, ids.v[i])->path, 0,
					ids.v[i]);
		rt_finding_end(&f, c);
	}
	rt_vec_free(&ids);
}

/* --- text ---------------------------------------------------------------- */

static const char *id_of(rt_contest *c, const rt_vcs_file *file)
{
	const retort_revision *rev = NULL;

	if (file->path && rt_leaf_header(c->b, NULL, file, &rev, NULL))
		rev = NULL;
	return rev ? rev->id : "";
}

static void add_version(rt_contest *c, rt_finding *f, unsigned side,
			const rt_vcs_file *file)
{
	if (file->path)
		rt_finding_file(f, side, file->path, 0, id_of(c, file));
}

static void check_text(rt_contest *c)
{
	size_t i;

	for (i = 0; i < c->clashes.n; i++) {
		const rt_vcs_clash *clash = &c->clashes.v[i];
		rt_finding f;

		if (!*id_of(c, &clash->ours) && !*id_of(c, &clash->theirs))
			continue;
		rt_finding_begin(&f, RETORT_CONFLICT_TEXT);
		f.conflict.note = true;
		rt_str_addf(&f.message, "git cannot merge %s by itself: %s",
			    clash->ours.path ? clash->ours.path
					     : clash->theirs.path,
			    clash->ours.path && clash->theirs.path
				    ? "both sides changed it"
				    : "one side changed it, the other "
				      "deleted or moved it");
		add_version(c, &f, RETORT_OURS, &clash->ours);
		add_version(c, &f, RETORT_THEIRS, &clash->theirs);
		rt_finding_end(&f, c);
	}
}

int rt_contest_changes(rt_contest *c)
{
	int rc;

	if (c->light)
		return 0;
	rc = check_shared(c);
	if (!rc)
		rc = check_doubles(c);
	if (rc)
		return rc;
	check_deleted(c, c->theirs, c->ours, RETORT_THEIRS, c->them, c->us);
	check_deleted(c, c->ours, c->theirs, RETORT_OURS, c->us, c->them);
	check_text(c);
	return 0;
}
