/* SPDX-License-Identifier: MIT */
/*
 * The merge and what the configured database has run: the journal keeps the
 * checksums of what ran.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/conflicts/conflicts.h"
#include "engine/project/database.h"
#include "revfmt/format.h"
#include "text/checksum.h"

struct look {
	rt_contest *c;
	rt_arena arena;
	retort_journal_row *rows; /* newest first */
	size_t n;
	rt_map told[2]; /* ids that edited and deleted name already */
};

/* What the other looks have found is not told twice. */
static void collect_told(struct look *l)
{
	const rt_conflict_list *list = &l->c->out->list;
	size_t i, k;

	for (i = 0; i < list->n; i++) {
		const retort_conflict *found = &list->v[i];
		bool deleted = found->id == RETORT_CONFLICT_DELETED;

		if (!deleted && found->id != RETORT_CONFLICT_EDITED)
			continue;
		for (k = 0; k < found->n_files; k++)
			rt_map_add(&l->told[deleted],
				   rt_sv_from(found->files[k].revision), i);
	}
}

static bool is_told(const struct look *l, bool deleted, const char *id)
{
	return rt_map_find(&l->told[deleted], rt_sv_from(id)) != NULL;
}

static void add_edited(struct look *l, const rt_leaf *leaf, bool comments)
{
	rt_finding f;

	rt_finding_begin(&f, RETORT_CONFLICT_EDITED);
	f.conflict.object = leaf->rev->id;
	f.conflict.note = comments;
	rt_str_addf(&f.message, "the database has run another %s: %s differ%s",
		    leaf->rev->id, comments ? "comments or white space" : "SQL",
		    comments ? "" : "s");
	if (!comments)
		rt_str_add(&f.next, "restore the file and make the change in "
			   "a new revision");
	rt_finding_file(&f, rt_contest_holders(l->c, leaf), leaf->path, 0,
			leaf->rev->id);
	rt_finding_end(&f, l->c);
}

static int compare(struct look *l, const retort_journal_row *row,
		   const rt_leaf *leaf)
{
	char raw[RT_CHECKSUM_HEX], tokens[RT_CHECKSUM_HEX];
	rt_str text = RT_STR_INIT;
	int rc;

	if (!*row->checksum_raw || is_told(l, false, row->revision))
		return 0;
	rc = rt_vcs_read(l->c->b->vcs, leaf->blob, leaf->path, &text,
			 l->c->err);
	if (!rc) {
		rt_checksum_raw(rt_str_sv(&text), raw);
		rt_format_checksum(leaf->path, rt_str_sv(&text), l->c->dialect,
				   tokens);
		if (strcmp(raw, row->checksum_raw) != 0)
			add_edited(l, leaf,
				   !strcmp(tokens, row->checksum_tokens));
	}
	rt_str_free(&text);
	return rc;
}

/* Applied, and not in the merge. */
static void add_deleted(struct look *l, const char *id)
{
	rt_contest *c = l->c;
	unsigned sides = rt_contest_sides(c, id);
	const rt_leaf *leaf = rt_contest_base(c, id);
	rt_finding f;

	if (is_told(l, true, id))
		return;
	if (!leaf && sides)
		leaf = rt_side_find(sides & RETORT_OURS ? c->ours : c->theirs,
				    id);
	rt_finding_begin(&f, RETORT_CONFLICT_DELETED);
	f.conflict.object = id;
	f.conflict.note = !leaf;
	rt_str_addf(&f.message, leaf ? "the database has run %s, and the merge "
				       "does not have it"
				     : "the database has run %s, which neither "
				       "side has",
		    id);
	if (leaf) {
		rt_str_add(&f.next, "restore the file, or downgrade the "
			   "database first");
		rt_finding_file(&f, sides, leaf->path, 0, id);
	}
	rt_finding_end(&f, c);
}

/* The newest row of each revision says whether it is applied. */
static int look_at_rows(struct look *l)
{
	rt_map seen = RT_MAP_INIT;
	size_t i;
	int rc = 0;

	for (i = 0; i < l->n && !rc; i++) {
		const retort_journal_row *row = &l->rows[i];
		const rt_leaf *leaf;

		if (strcmp(row->outcome, "ok") != 0 ||
		    !rt_map_add(&seen, rt_sv_from(row->revision), i) ||
		    row->op != RETORT_OP_UPGRADE)
			continue;
		leaf = rt_contest_merged(l->c, row->revision);
		if (leaf)
			rc = compare(l, row, leaf);
		else
			add_deleted(l, row->revision);
	}
	rt_map_free(&seen);
	return rc;
}

int rt_contest_journal(rt_contest *c)
{
	retort_database *db = c->options->db;
	struct look l = { .c = c };
	int rc;

	if (!db)
		return 0;
	rc = rt_database_wake(db, c->err);
	if (!rc)
		rc = rt_journal_read(&db->place.journal, db->conn, NULL, 0,
				     &l.arena, &l.rows, &l.n, c->err);
	if (!rc) {
		collect_told(&l);
		rc = look_at_rows(&l);
	}
	rt_map_free(&l.told[0]);
	rt_map_free(&l.told[1]);
	rt_arena_free(&l.arena);
	return rc;
}
