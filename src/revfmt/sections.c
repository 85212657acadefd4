/* SPDX-License-Identifier: MIT */
/* The sections of a native revision file. */
#include "config.h"

#include "revfmt/native.h"

#include "base/err.h"
#include "text/marker.h"
#include "text/source.h"
#include "text/sqlscan.h"

struct found {
	rt_marker marker; /* NONE at the end of the text */
	size_t offset, end; /* of its comment */
	rt_sv rest;
	size_t sql;         /* the first token that is SQL; or the end */
};

/*
 * A token that nothing closes and that may have swallowed markers.  SQLite
 * would take an open comment for one that ends with the text.
 */
static bool is_open(rt_sv text, const retort_token *t)
{
	rt_sv token = rt_sv_sub(text, t->offset, t->length);

	if (t->offset + t->length < text.n)
		return false;
	if (t->kind == RETORT_TOKEN_COMMENT)
		return rt_sv_starts(token, "/*") &&
		       (token.n < 4 ||
			!rt_sv_starts(rt_sv_sub(token, token.n - 2, 2), "*/"));
	/* A stray byte is found when the section is split. */
	return t->kind == RETORT_TOKEN_ERROR && t->length > 1;
}

/*
 * Find the next marker behind `from`.
 *   err:  EPARSE: a token without end
 */
static int search(rt_sv text, size_t from, retort_dialect dialect,
		  struct found *found, size_t *at, retort_error *err)
{
	rt_sql_scan scan;
	retort_token t;

	*found = (struct found){ RT_MARKER_NONE, text.n, text.n, { NULL, 0 },
				 text.n };
	rt_sql_scan_begin(&scan, text, from, dialect);
	while (rt_sql_scan_next(&scan, &t)) {
		found->marker = rt_marker_token(text, &t, &found->rest);
		if (found->marker != RT_MARKER_NONE) {
			found->offset = t.offset;
			found->end = scan.at;
			return 0;
		}
		if (is_open(text, &t))
			return rt_sql_scan_error(&scan, &t, at, err);
		if (found->sql == text.n && t.kind != RETORT_TOKEN_SPACE &&
		    t.kind != RETORT_TOKEN_COMMENT)
			found->sql = t.offset;
	}
	return 0;
}

/*
 * A section for any dialect is read as both have it; what only SQLite can
 * read ([it's], a flat comment with a second opening) is read as SQLite.
 */
static int find_marker(const char *path, rt_sv text, size_t from,
		       retort_dialect dialect, struct found *found,
		       retort_error *err)
{
	size_t at = 0;
	int rc = search(text, from, dialect, found, &at, NULL);

	if (rc && dialect == RETORT_DIALECT_ANY)
		rc = search(text, from, RETORT_DIALECT_SQLITE, found, &at,
			    NULL);
	if (rc) /* the first reading's error is the one to show */
		rc = search(text, from, dialect, found, &at, err);
	if (rc == 0 && found->marker == RT_MARKER_BAD) {
		at = found->offset;
		rc = rt_marker_error(found->rest, err);
	}
	if (rc)
		rt_source_at(err, path, text, at);
	return rc;
}

/* --- options --- */

static bool option_transaction(rt_section *section, rt_sv value)
{
	section->transaction = rt_sv_is(value, "true");
	return section->transaction || rt_sv_is(value, "false");
}

static bool option_dialect(rt_section *section, rt_sv value)
{
	section->dialect = rt_sv_is(value, "sqlite")
				   ? RETORT_DIALECT_SQLITE
				   : RETORT_DIALECT_POSTGRESQL;
	return rt_sv_is(value, "sqlite") || rt_sv_is(value, "postgresql");
}

static bool option_refused(rt_section *section, rt_sv value)
{
	section->refused = rt_sv_is(value, "true");
	return section->refused || rt_sv_is(value, "false");
}

static const struct option {
	const char *name, *values;
	bool (*set)(rt_section *section, rt_sv value);
} options[] = {
	{ "dialect", "dialect:sqlite or dialect:postgresql", option_dialect },
	{ "refused", "refused:true or refused:false", option_refused },
	{ "transaction", "transaction:true or transaction:false",
	  option_transaction },
};

enum { OPTIONS = sizeof(options) / sizeof(options[0]) };

static int read_option(rt_section *section, rt_sv word, unsigned *seen,
		       retort_error *err)
{
	size_t colon = rt_sv_find(word, ':'), i;
	rt_sv name = rt_sv_sub(word, 0, colon);
	rt_sv value = rt_sv_sub(word, colon + 1, word.n);

	for (i = 0; i < OPTIONS && !rt_sv_is(name, options[i].name);)
		i++;
	if (i == OPTIONS) {
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "the options are %s, %s, %s", options[0].values,
			     options[1].values, options[2].values);
		return rt_err_set(err, RETORT_EPARSE,
				  "a section has no option '%.*s'",
				  (int)(name.n < 40 ? name.n : 40), name.p);
	}
	if (*seen & 1u << i)
		return rt_err_set(err, RETORT_EPARSE,
				  "the option '%s' is given twice",
				  options[i].name);
	*seen |= 1u << i;
	if (options[i].set(section, value))
		return 0;
	rt_err_field(err, RETORT_ERROR_NEXT, "write %s", options[i].values);
	return rt_err_set(err, RETORT_EPARSE,
			  "the option '%s' cannot be '%.*s'", options[i].name,
			  (int)(value.n < 40 ? value.n : 40), value.p);
}

static int read_options(const char *path, rt_sv text, rt_section *section,
			rt_sv rest, retort_error *err)
{
	unsigned seen = 0;
	int rc = 0;

	while (rc == 0 && rest.n) {
		rt_sv word = rest;
		size_t n = 0;

		while (n < rest.n && rest.p[n] != ' ' && rest.p[n] != '\t')
			n++;
		word.n = n;
		rest = rt_sv_trim(rt_sv_sub(rest, n, rest.n));
		rc = read_option(section, word, &seen, err);
		if (rc)
			rt_source_at(err, path, text,
				     (size_t)(word.p - text.p));
	}
	return rc;
}

/* --- sections --- */

static const char *section_name(const rt_section *section)
{
	return section->up ? "up" : "down";
}

static int check_twice(const char *path, rt_sv text, const rt_sections *all,
		       const rt_section *section, size_t offset,
		       retort_error *err)
{
	size_t i;
	int rc;

	for (i = 0; i < all->n; i++) {
		const rt_section *other = &all->v[i];

		if (other->up != section->up ||
		    other->dialect != section->dialect)
			continue;
		rc = rt_err_set(err, RETORT_EPARSE,
				"a second section 'migrate:%s'%s%s; the first "
				"is on line %d",
				section_name(section),
				section->dialect ? " for " : "",
				section->dialect ? retort_dialect_name(
							   section->dialect)
						 : "",
				other->line);
		rt_source_at(err, path, text, offset);
		return rc;
	}
	return 0;
}

static size_t behind_line(rt_sv text, size_t at)
{
	if (at < text.n && text.p[at] == '\r')
		at++;
	if (at < text.n && text.p[at] == '\n')
		at++;
	return at;
}

/* Where the text before a marker ends: without the blanks of its line. */
static size_t text_end(rt_sv text, const struct found *found)
{
	size_t at = found->offset;

	if (found->marker == RT_MARKER_NONE)
		return text.n;
	while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\t'))
		at--;
	return at;
}

static int check_lead(const char *path, rt_sv text, const struct found *first,
		      retort_error *err)
{
	int rc;

	if (first->sql < text.n) {
		rc = rt_err_set(err, RETORT_EPARSE,
				"SQL before the first section marker");
		rt_source_at(err, path, text, first->sql);
	} else if (first->marker == RT_MARKER_NONE) {
		rc = rt_err_set(err, RETORT_EPARSE,
				"no section: there is no '-- migrate:up' "
				"line");
		rt_source_at(err, path, text, text.n);
	} else {
		return 0;
	}
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "put '-- migrate:up' on a line of its own before the SQL");
	return rc;
}

int rt_native_sections(const char *path, rt_sv text, rt_sections *out,
		       retort_error *err)
{
	struct found found;
	retort_dialect dialect = RETORT_DIALECT_ANY;
	size_t from = rt_source_bom(text);
	bool up = false;
	int rc, column;

	rc = rt_source_check(path, text, 0, true, err);
	if (rc == 0)
		rc = find_marker(path, text, from, dialect, &found, err);
	if (rc == 0)
		rc = check_lead(path, text, &found, err);
	while (rc == 0 && found.marker != RT_MARKER_NONE) {
		rt_section section = { found.marker == RT_MARKER_UP,
				       RETORT_DIALECT_ANY, true, false, 0, 0,
				       0 };
		size_t offset = found.offset;

		rt_sv_position(text, offset, &section.line, &column);
		section.start = behind_line(text, found.end);
		rc = read_options(path, text, &section, found.rest, err);
		if (rc == 0)
			rc = check_twice(path, text, out, &section, offset,
					 err);
		if (rc == 0)
			rc = find_marker(path, text, section.start,
					 section.dialect, &found, err);
		if (rc)
			break;
		section.end = text_end(text, &found);
		up |= section.up;
		rt_vec_push(out, section);
	}
	if (rc == 0 && !up) {
		rc = rt_err_set(err, RETORT_EPARSE,
				"there is no '-- migrate:up' section");
		rt_err_at(err, path, out->v[0].line, 1);
	}
	return rc;
}

const rt_section *rt_native_section_for(const rt_sections *sections, bool up,
					retort_dialect dialect)
{
	const rt_section *plain = NULL;
	size_t i;

	for (i = 0; i < sections->n; i++) {
		const rt_section *section = &sections->v[i];

		if (section->up != up)
			continue;
		if (section->dialect == dialect)
			return section;
		if (section->dialect == RETORT_DIALECT_ANY)
			plain = section;
	}
	return plain;
}
