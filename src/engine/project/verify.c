/* SPDX-License-Identifier: MIT */
/* Files, version rows and journal side by side. */
#include "config.h"

#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/vec.h"
#include "engine/branch/elsewhere.h"
#include "engine/step/ghost.h"
#include "revfmt/format.h"
#include "text/checksum.h"

struct retort_findings {
	rt_arena arena; /* what the findings say */
	RT_VEC(retort_finding) list;
};

/* One comparison. */
typedef struct rt_look {
	retort_database *db;
	const retort_graph *graph;
	retort_findings *findings;
	rt_arena arena;
	retort_journal_row *journal; /* newest first */
	size_t n;
	rt_map newest;   /* of a revision: its newest row */
	rt_map upgraded; /* likewise: its newest upgrade that went well */
	retort_project *project;
	retort_branches *branches; /* NULL: not needed yet, or there are none */
} rt_look;

static const char *const kind_names[] = {
	[RETORT_FINDING_EDITED] = "edited",
	[RETORT_FINDING_COMMENTS] = "comments",
	[RETORT_FINDING_DELETED] = "deleted",
	[RETORT_FINDING_UNKNOWN] = "unknown",
	[RETORT_FINDING_PARTIAL] = "partial",
};

static const retort_journal_row *find_row(const rt_look *look,
					  const rt_map *map, const char *id)
{
	const rt_map_entry *entry = rt_map_find(map, rt_sv_from(id));

	return entry ? &look->journal[entry->value] : NULL;
}

static void add(rt_look *look, retort_finding_kind kind, const char *revision,
		const char *path, const char *message)
{
	rt_arena *arena = &look->findings->arena;
	retort_finding finding;

	finding.kind = kind;
	finding.revision = rt_arena_strdup(arena, revision);
	finding.path = rt_arena_strdup(arena, path);
	finding.message = rt_arena_strdup(arena, message);
	rt_vec_push(&look->findings->list, finding);
}

static int read_journal(rt_look *look, retort_error *err)
{
	size_t i;
	int rc;

	rc = rt_journal_read(&look->db->place.journal, look->db->conn, NULL, 0,
			     &look->arena, &look->journal, &look->n, err);
	for (i = 0; !rc && i < look->n; i++) {
		const retort_journal_row *row = &look->journal[i];

		rt_map_add(&look->newest, rt_sv_from(row->revision), i);
		if (row->op == RETORT_OP_UPGRADE &&
		    strcmp(row->outcome, "ok") == 0)
			rt_map_add(&look->upgraded, rt_sv_from(row->revision),
				   i);
	}
	return rc;
}

/* An applied revision's file against what the journal saw of it. */
static int compare(rt_look *look, const retort_revision *rev, retort_error *err)
{
	const retort_journal_row *row =
	    find_row(look, &look->upgraded, rev->id);
	char raw[RT_CHECKSUM_HEX], tokens[RT_CHECKSUM_HEX];
	rt_str text = RT_STR_INIT;
	int rc;

	if (!row || !*row->checksum_raw)
		return 0;
	rc = rt_fs_read(rev->path, RT_FS_LIMIT, &text, err);
	if (rc)
		goto out;
	rt_checksum_raw(rt_str_sv(&text), raw);
	if (strcmp(raw, row->checksum_raw) == 0)
		goto out;
	rt_format_checksum(rev->path, rt_str_sv(&text),
			   look->db->place.vertab.dialect, tokens);
	if (strcmp(tokens, row->checksum_tokens) == 0)
		add(look, RETORT_FINDING_COMMENTS, rev->id, rev->path,
		    "only comments or white space have changed since it was "
		    "applied; nothing to do");
	else
		add(look, RETORT_FINDING_EDITED, rev->id, rev->path,
		    "its SQL has changed since it was applied; restore the "
		    "file and make the change in a new revision");
out:
	rt_str_free(&text);
	return rc;
}

/* Whether a git branch has it. */
static bool add_elsewhere(rt_look *look, const char *id)
{
	bool journalled = find_row(look, &look->upgraded, id) != NULL;
	rt_str text = RT_STR_INIT, next = RT_STR_INIT;
	bool found;

	if (!look->branches &&
	    retort_branches_open(&look->branches, look->project, NULL))
		return false;
	rt_str_add(&text, "it is applied and ");
	found = rt_elsewhere_find(look->branches, id, &text, &next);
	rt_str_addf(&text, ", not in this tree; %s", next.n ? next.p : "");
	if (found)
		add(look, journalled ? RETORT_FINDING_DELETED
				     : RETORT_FINDING_UNKNOWN, id, "", text.p);
	rt_str_free(&text);
	rt_str_free(&next);
	return found;
}

/* Applied, and no file has it. */
static void add_ghost(rt_look *look, const char *id)
{
	if (add_elsewhere(look, id))
		return;
	if (find_row(look, &look->upgraded, id))
		add(look, RETORT_FINDING_DELETED, id, "",
		    "it is applied and its file is gone; restore the file, or "
		    "downgrade with the journal's script");
	else
		add(look, RETORT_FINDING_UNKNOWN, id, "",
		    "neither a file nor the journal knows it; restore its "
		    "file, or stamp the database anew with --purge");
}

static int compare_applied(rt_look *look, const retort_names *rows,
			   retort_error *err)
{
	size_t i, n = retort_graph_count(look->graph);
	bool *applied = rt_calloc(n ? n : 1, sizeof(*applied));
	int rc;

	rc = retort_graph_applied(look->graph, rows, applied, err);
	for (i = 0; !rc && i < n; i++) {
		const retort_revision *rev = retort_graph_at(look->graph, i);

		if (applied[i] && *rev->path)
			rc = compare(look, rev, err);
		else if (applied[i])
			add_ghost(look, rev->id);
	}
	free(applied);
	return rc;
}

static void find_partial(rt_look *look)
{
	size_t i;

	for (i = 0; i < look->n; i++) {
		const retort_journal_row *row = &look->journal[i];
		const retort_revision *rev;
		rt_str text = RT_STR_INIT;

		if (strcmp(row->outcome, "partial") != 0 ||
		    row != find_row(look, &look->newest, row->revision))
			continue;
		rev = retort_graph_find(look->graph, row->revision);
		rt_str_addf(&text,
			    "its %s stopped after %lld of %lld statements; "
			    "run it again with --resume or --restart",
			    retort_op_name(row->op), row->statements_done,
			    row->statements_total);
		add(look, RETORT_FINDING_PARTIAL, row->revision,
		    rev ? rev->path : "", text.p);
		rt_str_free(&text);
	}
}

static int by_revision(const void *a, const void *b)
{
	const retort_finding *x = a, *y = b;
	int order = strcmp(x->revision, y->revision);

	return order ? order : (int)x->kind - (int)y->kind;
}

static int look_around(rt_look *look, const retort_graph *files,
		       retort_error *err)
{
	retort_graph *ghosts = NULL;
	retort_names rows;
	bool there;
	int rc;

	look->graph = files;
	rc = rt_vertab_read(&look->db->place.vertab, look->db->conn,
			    &look->arena, &rows, &there, err);
	if (!rc)
		rc = read_journal(look, err);
	if (!rc && rt_ghost_wanted(files, &rows)) {
		rc =
		    rt_ghost_graph(look->db, files, &rows, NULL, false,
				   &ghosts, err);
		look->graph = ghosts;
	}
	if (!rc)
		rc = compare_applied(look, &rows, err);
	if (!rc)
		find_partial(look);
	retort_graph_free(ghosts);
	return rc;
}

int retort_verify(retort_project *project, retort_database *db,
		  retort_findings **out, retort_error *err)
{
	rt_look look;
	const retort_graph *files;
	int rc;

	memset(&look, 0, sizeof(look));
	look.db = db;
	look.project = project;
	look.findings = rt_calloc(1, sizeof(*look.findings));
	rc = rt_database_wake(db, err);
	if (!rc)
		rc = retort_project_graph(project, &files, err);
	if (!rc)
		rc = look_around(&look, files, err);
	rt_map_free(&look.newest);
	rt_map_free(&look.upgraded);
	rt_arena_free(&look.arena);
	retort_branches_free(look.branches);
	if (rc) {
		retort_findings_free(look.findings);
		return rc;
	}
	if (look.findings->list.n)
		qsort(look.findings->list.v, look.findings->list.n,
		      sizeof(retort_finding), by_revision);
	*out = look.findings;
	return 0;
}

void retort_findings_free(retort_findings *findings)
{
	if (!findings)
		return;
	rt_vec_free(&findings->list);
	rt_arena_free(&findings->arena);
	free(findings);
}

size_t retort_findings_count(const retort_findings *findings)
{
	return findings->list.n;
}

const retort_finding *retort_findings_at(const retort_findings *findings,
					 size_t i)
{
	return i < findings->list.n ? &findings->list.v[i] : NULL;
}

const char *retort_finding_name(retort_finding_kind kind)
{
	return kind_names[kind];
}
