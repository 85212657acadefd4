/* SPDX-License-Identifier: MIT */
/* What a section may hold. */
#include "config.h"

#include "revfmt/native.h"

#include "base/err.h"
#include "text/marker.h"
#include "text/source.h"
#include "text/sqlscan.h"

enum {
	SHOWN = 40,
	NOTE_SHOWN = 400, /* of a section's first comment */
};

static int refuse_transaction(rt_sv sql, retort_error *err)
{
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "remove it; for statements that cannot run in a "
		     "transaction mark the section transaction:false");
	return rt_err_set(err, RETORT_EPARSE,
			  "'%.*s' in a section: the transaction is retort's, "
			  "one per revision",
			  (int)sql.n, sql.p);
}

static int refuse_meta(rt_sv sql, retort_error *err)
{
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "write it as SQL, or remove it: only psql knows it");
	return rt_err_set(err, RETORT_EPARSE,
			  "'%.*s' is a command of psql, not SQL", (int)sql.n,
			  sql.p);
}

static int refuse_copy(rt_sv sql, retort_error *err)
{
	(void)sql;
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "mark the section dialect:postgresql, and give SQLite a "
		     "section with INSERT");
	return rt_err_set(err, RETORT_EPARSE,
			  "COPY … FROM STDIN runs on PostgreSQL only");
}

static int check(const rt_sql_statement *statement, retort_dialect dialect,
		 retort_error *err)
{
	rt_sv line, rest = rt_sv_sub(statement->sql, 0, SHOWN);

	if (!rt_sv_line(&rest, &line))
		line = rest;
	switch (statement->kind) {
	case RT_SQL_TRANSACTION:
		return refuse_transaction(line, err);
	case RT_SQL_META:
		return refuse_meta(line, err);
	case RT_SQL_COPY_IN:
		return dialect == RETORT_DIALECT_SQLITE ? refuse_copy(line, err)
							: 0;
	default:
		return 0;
	}
}

/*
 * A marker that this dialect sees and the section finder, which knew of none,
 * did not: it took [it's] for the start of a string.  To run what is behind
 * it would be to run the down section with the up section.
 */
static int check_markers(const char *path, rt_sv text,
			 const rt_section *section, retort_dialect dialect,
			 retort_error *err)
{
	rt_sql_scan scan;
	retort_token t;
	rt_sv rest;
	int rc = 0;

	rt_sql_scan_begin(&scan, rt_sv_sub(text, 0, section->end),
			  section->start, dialect);
	while (rc == 0 && rt_sql_scan_next(&scan, &t)) {
		if (rt_marker_token(text, &t, &rest) == RT_MARKER_NONE)
			continue;
		rc = rt_err_set(err, RETORT_EPARSE,
				"the section that begins on line %d goes on "
				"over this marker unless it is read as SQL "
				"for %s",
				section->line, retort_dialect_name(dialect));
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "mark the section before it dialect:%s",
			     retort_dialect_name(dialect));
		rt_source_at(err, path, text, t.offset);
	}
	return rc;
}

/* The first comment line of a section, without its dashes; "" if it does not
 * begin with one. */
static rt_sv first_comment(rt_sv text, const rt_section *section)
{
	rt_sv rest = rt_sv_sub(text, section->start,
			       section->end - section->start), line;

	while (rt_sv_line(&rest, &line)) {
		line = rt_sv_trim(line);
		if (rt_sv_starts(line, "--"))
			return rt_sv_sub(rt_sv_trim(rt_sv_sub(line, 2, line.n)),
					 0, NOTE_SHOWN);
		if (line.n)
			break;
	}
	return RT_SV("");
}

/* Nobody has written its SQL yet; the file says why. */
static int refuse_section(const char *path, rt_sv text,
			  const rt_section *section, retort_error *err)
{
	rt_sv note = first_comment(text, section);

	rt_err_set(err, RETORT_EUNSUPPORTED,
		   "the section migrate:%s is marked refused:true%s%.*s",
		   section->up ? "up" : "down", note.n ? ": " : "",
		   (int)note.n, note.p);
	rt_err_at(err, path, section->line, 1);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "write its SQL there, and remove refused:true");
	return RETORT_EUNSUPPORTED;
}

int rt_native_statements(const char *path, rt_sv text,
			 const rt_section *section, retort_dialect dialect,
			 rt_sql_statements *out, retort_error *err)
{
	rt_sv sql = rt_sv_sub(text, section->start,
			      section->end - section->start);
	size_t i = out->n, at = 0;
	int rc;

	if (section->refused)
		return refuse_section(path, text, section, err);
	if (section->dialect != RETORT_DIALECT_ANY)
		dialect = section->dialect;
	rc = check_markers(path, text, section, dialect, err);
	if (rc)
		return rc;
	rc = rt_sql_split(sql, dialect, out, &at, err);
	if (rc) {
		rt_source_at(err, path, text, section->start + at);
		return rc;
	}
	for (; i < out->n; i++) {
		rt_sql_statement *statement = &out->v[i];

		statement->offset += section->start;
		rc = check(statement, dialect, err);
		if (rc) {
			rt_err_field_sv(err, RETORT_ERROR_STATEMENT,
					statement->sql);
			rt_source_at(err, path, text, statement->offset);
			return rc;
		}
	}
	return 0;
}
