/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/step/body.h"

#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "engine/step/foreign.h"
#include "revfmt/format.h"
#include "engine/step/script.h"

/* Put in front of a journalled script that runs outside a transaction. */
static const char outside[] = "-- migrate:down transaction:false\n";

/* The down section's text; a file without one is fine. */
static int read_down(rt_body *body, retort_project *project,
		     const retort_revision *node, rt_sv text,
		     retort_dialect dialect, retort_error *err)
{
	retort_error local = RETORT_ERROR_INIT;
	retort_script *down;
	int rc;

	rc = rt_script_from_file(&down, project, node, RETORT_OP_DOWNGRADE,
				 text, dialect, &local);
	/* what only Python can take back is no reason not to go up */
	if (rc == RETORT_EREFUSED || rc == RETORT_EUNSUPPORTED) {
		retort_error_dispose(&local);
		return 0;
	}
	if (rc) {
		rt_err_move(err, &local);
		return rc;
	}
	body->down_script =
	    rt_strf("%s%s", retort_script_in_transaction(down) ? "" : outside,
		    retort_script_text(down));
	retort_script_free(down);
	return 0;
}

/*
 * Its statements.  What only Python understands needs none when it is run,
 * as alembic does that: many such revisions have no --sql.
 */
static int load_script(rt_body *body, retort_project *project,
		       const retort_revision *rev, retort_op op, rt_sv text,
		       retort_dialect dialect, bool online, retort_error *err)
{
	retort_error local = RETORT_ERROR_INIT;
	int rc = rt_script_from_file(&body->script, project, rev, op, text,
				     dialect, &local);

	body->foreign = !rc && rt_script_is_foreign(body->script);
	if (rc == RETORT_EUNSUPPORTED && online &&
	    rt_foreign_is_set(project) &&
	    rt_format_of(rt_fs_basename(rev->path)) == &rt_format_alembic) {
		body->foreign = true;
		retort_error_dispose(&local);
		rc = rt_script_from_text(&body->script, RT_SV(""), false,
					 dialect, &local);
	}
	if (rc)
		rt_err_move(err, &local);
	return rc;
}

/* The text is read once for everything. */
static int take_text(rt_body *body, retort_project *project,
		     const retort_revision *rev, retort_op op, rt_sv text,
		     retort_dialect dialect, bool record, bool online,
		     retort_error *err)
{
	int rc;

	body->path = rev->path;
	rc = load_script(body, project, rev, op, text, dialect, online, err);
	if (!rc)
		rt_checksum_raw(text, body->raw);
	if (!rc && record) {
		rt_format_checksum(rev->path, text, dialect, body->tokens);
		rc = read_down(body, project, rev, text, dialect, err);
	}
	return rc;
}

static int load_file(rt_body *body, retort_project *project,
		     const retort_step *step, retort_dialect dialect,
		     bool record, bool online, retort_error *err)
{
	rt_str text = RT_STR_INIT;
	int rc = rt_fs_read(step->node->path, RT_FS_LIMIT, &text, err);

	if (!rc)
		rc = take_text(body, project, step->node, step->op,
			       rt_str_sv(&text), dialect, record,
			       online, err);
	rt_str_free(&text);
	return rc;
}

static int load_journal(rt_body *body, retort_database *db,
			const retort_step *step, retort_dialect dialect,
			retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	const retort_journal_row *row;
	bool transaction = true;
	rt_sv text;
	int rc;

	rc = rt_database_last_run(db, step->revision, RETORT_OP_UPGRADE, "ok",
				  &arena, &row, err);
	if (rc)
		goto out;
	if (!row || !row->down_script) {
		rc = rt_err_set(err, RETORT_EREFUSED,
				"the file of %s is gone, and the journal has "
				"no down script of it",
				step->revision);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "bring the file back from version control");
		goto out;
	}
	text = rt_sv_from(row->down_script);
	if (rt_sv_starts(text, outside)) {
		text = rt_sv_sub(text, sizeof(outside) - 1, text.n);
		transaction = false;
	}
	body->down_script = rt_strdup(row->down_script);
	rc =
	    rt_script_from_text(&body->script, text, transaction, dialect, err);
	if (rc)
		rt_err_prefix(err, "the journal's down script");
out:
	rt_arena_free(&arena);
	return rc;
}

static int load_source(rt_body *body, retort_project *project,
		       const rt_source *source, retort_database *db,
		       const retort_step *step, retort_dialect dialect,
		       bool record, retort_error *err)
{
	const retort_revision *rev;
	rt_str text = RT_STR_INIT;
	bool own;
	int rc = source->read(source->self, step, &rev, &own, &text, err);

	if (!rc && rev)
		rc = take_text(body, own ? project : NULL, rev, step->op,
			       rt_str_sv(&text), dialect, record, false, err);
	if (!rc && rev && body->foreign)
		rc = rt_err_set(err, RETORT_EREFUSED,
				"%s is for alembic to run, which takes it from "
				"the working tree only", rev->id);
	else if (!rc && !rev)
		rc = load_journal(body, db, step, dialect, err);
	rt_str_free(&text);
	return rc;
}

/* A file that cannot go down: does the journal know what was meant? */
static void mention_journal(retort_database *db, const retort_step *step,
			    retort_error *err)
{
	retort_error local = RETORT_ERROR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	const retort_journal_row *row;

	if (rt_database_last_run(db, step->revision, RETORT_OP_UPGRADE, "ok",
				 &arena, &row, &local) == 0 &&
	    row && row->down_script) {
		rt_err_forget(err, RETORT_ERROR_NEXT);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "the file had a down script when it was applied "
			     "on %s, and the journal keeps it (`retort log`): "
			     "put it back into the file",
			     row->ended);
	}
	retort_error_dispose(&local);
	rt_arena_free(&arena);
}

int rt_body_load(rt_body *body, retort_project *project,
		 const rt_source *source, retort_database *db,
		 const retort_step *step, retort_dialect dialect, bool record,
		 retort_error *err)
{
	int rc = 0;

	memset(body, 0, sizeof(*body));
	body->path = "";
	body->transaction = true;
	if (step->op == RETORT_OP_STAMP)
		return 0;
	if (source)
		rc = load_source(body, project, source, db, step, dialect,
				 record, err);
	else if (*step->node->path)
		rc = load_file(body, project, step, dialect, record,
			       db != NULL, err);
	else if (db)
		rc = load_journal(body, db, step, dialect, err);
	else
		rc = rt_err_set(err, RETORT_EREFUSED, "%s has no file",
				step->revision);
	if (rc == RETORT_EREFUSED && db && !source && *step->node->path)
		mention_journal(db, step, err);
	if (rc) {
		rt_err_field(err, RETORT_ERROR_REVISION, "%s", step->revision);
		rt_body_dispose(body);
		return rc;
	}
	body->count = retort_script_count(body->script);
	body->transaction = retort_script_in_transaction(body->script);
	if (body->foreign && db) {
		body->transaction = false;
		body->count = 0; /* none of them is run here */
	}
	body->moves = dialect == RETORT_DIALECT_POSTGRESQL &&
		      strstr(retort_script_text(body->script), "search_path");
	return 0;
}

void rt_body_dispose(rt_body *body)
{
	retort_script_free(body->script);
	free(body->down_script);
	body->script = NULL;
	body->down_script = NULL;
}

size_t rt_body_weight(const rt_body *body)
{
	return rt_script_weight(body->script) +
	       (body->down_script ? strlen(body->down_script) : 0);
}

void rt_body_rest(rt_body *body)
{
	if (!body->script || !*body->path)
		return;
	rt_body_dispose(body);
	body->rests = true;
}

int rt_body_wake(rt_body *body, retort_project *project,
		 const rt_source *source, retort_database *db,
		 const retort_step *step, retort_dialect dialect, bool record,
		 retort_error *err)
{
	rt_body now;
	int rc;

	if (!body->rests)
		return 0;
	rc = rt_body_load(&now, project, source, db, step, dialect, record,
			  err);
	if (!rc && strcmp(now.raw, body->raw) != 0) {
		rc = rt_err_set(err, RETORT_ESTATE,
				"the file of %s has changed since this run "
				"has checked it", step->revision);
		rt_err_at(err, body->path, 0, 0);
		rt_err_field(err, RETORT_ERROR_REVISION, "%s", step->revision);
		rt_err_field(err, RETORT_ERROR_NEXT, "run again");
		rt_body_dispose(&now);
	}
	if (!rc)
		*body = now;
	return rc;
}

int rt_body_refuse_in_one(const rt_body *body, const retort_step *step,
			  retort_error *err)
{
	int rc;

	rc = rt_err_set(err, RETORT_EREFUSED,
			"%s is marked transaction:false and cannot run in one "
			"transaction with the others",
			step->revision);
	rt_err_at(err, *body->path ? body->path : NULL, 0, 0);
	rt_err_field(err, RETORT_ERROR_REVISION, "%s", step->revision);
	rt_err_field(err, RETORT_ERROR_NEXT, "run with transaction = each");
	return rc;
}

size_t rt_body_count(const rt_body *body)
{
	return body->count;
}

static const char *join(rt_arena *arena, const retort_names *names)
{
	rt_str s = RT_STR_INIT;
	const char *text;
	size_t i;

	for (i = 0; i < names->n; i++)
		rt_str_addf(&s, "%s%s", i ? ", " : "", names->v[i]);
	text = rt_arena_strsv(arena, rt_str_sv(&s));
	rt_str_free(&s);
	return text;
}

void rt_body_journal(const rt_body *body, const retort_step *step,
		     rt_arena *arena, retort_journal_row *row)
{
	memset(row, 0, sizeof(*row));
	row->revision = step->revision;
	row->op = step->op;
	row->down_revision = step->node ? join(arena, &step->node->down) : "";
	row->depends_on =
	    step->node ? join(arena, &step->node->depends_on) : "";
	row->who = row->host = "";
	row->tool = "retort " RETORT_VERSION;
	row->outcome = "ok";
	row->error = row->sqlstate = "";
	row->statements_done = (long long)rt_body_count(body);
	row->statements_total = row->statements_done;
	row->checksum_raw = body->raw;
	row->checksum_tokens = body->tokens;
	row->down_script = body->down_script;
}
