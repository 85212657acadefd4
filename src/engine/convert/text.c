/* SPDX-License-Identifier: MIT */
/*
 * The text of a revision file: header and sections, read back before it is
 * believed.
 */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "engine/convert/convert.h"

/* --- the header --- */

static bool is_template_line(rt_sv line)
{
	static const char *const heads[] = { "Revision ID:", "Revises:",
					     "Create Date:" };
	size_t i;

	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (rt_sv_starts(line, heads[i]))
			return true;
	return false;
}

/* The docstring without the lines that are a header's in SQL. */
static const char *clean_doc(retort_convert *c, const retort_revision *rev)
{
	rt_sv rest = rt_sv_from(rev->doc), line;
	rt_str out = RT_STR_INIT;
	const char *doc;

	while (rt_sv_line(&rest, &line))
		if (!is_template_line(rt_sv_trim(line))) {
			rt_str_addsv(&out, line);
			rt_str_addc(&out, '\n');
		}
	doc = rt_arena_strsv(&c->arena, rt_sv_trim(rt_str_sv(&out)));
	rt_str_free(&out);
	return doc;
}

/* The built-in template up to its sections. */
static rt_sv head_template(void)
{
	rt_sv all = rt_native_template(), rest = all, line;
	size_t end = 0;

	while (rt_sv_line(&rest, &line) && !rt_sv_starts(line, "-- migrate:"))
		end = (size_t)(rest.p - all.p);
	return rt_sv_trim(rt_sv_sub(all, 0, end));
}

/* A way down that there is not; it is no section, so it goes here. */
static void add_irreversible(const retort_convert *c,
			     const rt_convert_revision *r, rt_str *out)
{
	size_t i;

	for (i = 0; i < c->n_dialects; i++) {
		const rt_convert_body *body = &r->bodies[i][1];

		if (body->kind != RETORT_CONVERT_IRREVERSIBLE)
			continue;
		rt_str_addf(out, "-- (No way down: %s)\n", body->reason);
		return;
	}
}

static int add_header(retort_convert *c, const rt_convert_revision *r,
		      rt_str *out)
{
	retort_revision rev = *r->from;
	int rc;

	rev.doc = clean_doc(c, r->from);
	rc = rt_native_render(NULL, head_template(), &rev, out, c->err);
	if (!rc)
		add_irreversible(c, r, out);
	return rc;
}

/* --- sections --- */

static bool has_sql(const rt_convert_body *body)
{
	return body->kind == RETORT_CONVERT_SQL ||
	       body->kind == RETORT_CONVERT_FOREIGN;
}

static rt_sv sql_of(const retort_script *script, size_t i)
{
	const retort_statement *s = retort_script_statement(script, i);

	return (rt_sv){ s->sql, s->length };
}

static bool same_statements(const retort_script *a, const retort_script *b)
{
	size_t i, n = retort_script_count(a);

	if (retort_script_count(b) != n)
		return false;
	for (i = 0; i < n; i++)
		if (!rt_sv_eq(sql_of(a, i), sql_of(b, i)))
			return false;
	return true;
}

static bool same(const rt_convert_body *a, const rt_convert_body *b)
{
	if (a->kind != b->kind)
		return false;
	if (!has_sql(a))
		return !strcmp(a->reason, b->reason) && a->line == b->line;
	return retort_script_in_transaction(a->script) ==
	       retort_script_in_transaction(b->script) &&
	       same_statements(a->script, b->script);
}

/* What one directive does stands together. */
static void add_statements(const retort_script *script, rt_str *out)
{
	size_t i, n = retort_script_count(script);
	int line = n ? retort_script_statement(script, 0)->line : 0;

	for (i = 0; i < n; i++) {
		const retort_statement *s = retort_script_statement(script, i);

		if (s->line != line)
			rt_str_addc(out, '\n');
		line = s->line;
		rt_str_addsv(out, sql_of(script, i));
		rt_str_add(out, ";\n");
	}
}

/* in: dialect, ANY for all */
static int add_section(retort_convert *c, const rt_convert_revision *r,
		       const rt_convert_body *body, retort_op op,
		       retort_dialect dialect, rt_str *out)
{
	if (body->kind == RETORT_CONVERT_IRREVERSIBLE)
		return 0;
	rt_str_addf(out, "\n-- migrate:%s",
		    op == RETORT_OP_UPGRADE ? "up" : "down");
	if (dialect != RETORT_DIALECT_ANY)
		rt_str_addf(out, " dialect:%s", retort_dialect_name(dialect));
	if (body->kind == RETORT_CONVERT_OPAQUE) {
		rt_str_add(out, " refused:true\n");
		return rt_convert_opaque(c, r, body, op, out);
	}
	if (!retort_script_in_transaction(body->script))
		rt_str_add(out, " transaction:false");
	rt_str_addc(out, '\n');
	if (body->kind == RETORT_CONVERT_FOREIGN)
		rt_str_add(out, "-- By alembic's own --sql.\n");
	add_statements(body->script, out);
	return 0;
}

/* in: split, a section for each dialect though they are the same */
static int add_sections(retort_convert *c, const rt_convert_revision *r,
			retort_op op, bool split, rt_str *out)
{
	size_t way = RT_CONVERT_WAY(op), i;
	bool shared = !split && (c->n_dialects == 1 ||
				 same(&r->bodies[0][way], &r->bodies[1][way]));
	int rc = 0;

	for (i = 0; i < (shared ? 1 : c->n_dialects) && !rc; i++)
		rc = add_section(c, r, &r->bodies[i][way], op,
				 shared ? RETORT_DIALECT_ANY : c->dialects[i],
				 out);
	return rc;
}

/* --- reading it back --- */

static bool came_back(const retort_script *script,
		      const rt_sql_statements *list)
{
	size_t i;

	if (retort_script_count(script) != list->n)
		return false;
	for (i = 0; i < list->n; i++)
		if (!rt_sv_eq(sql_of(script, i), list->v[i].sql))
			return false;
	return true;
}

/* Whether a body comes out of a text as it went in. */
static int check_body(const rt_convert_body *body, rt_sv text,
		      const rt_sections *sections, bool up,
		      retort_dialect dialect, retort_error *err)
{
	const rt_section *s = rt_native_section_for(sections, up, dialect);
	rt_sql_statements list = RT_VEC_INIT;
	bool good;
	int rc;

	if (!has_sql(body)) {
		bool refused = body->kind == RETORT_CONVERT_OPAQUE;

		return refused ? (s && s->refused ? 0 : RETORT_EPARSE) :
		       s ? RETORT_EPARSE : 0;
	}
	if (!s)
		return RETORT_EPARSE;
	rc = rt_native_statements(NULL, text, s, dialect, &list, err);
	good = !rc && !s->refused &&
	       s->transaction == retort_script_in_transaction(body->script) &&
	       came_back(body->script, &list);
	rt_vec_free(&list);
	return good ? 0 : RETORT_EPARSE;
}

static int check_text(const retort_convert *c, const rt_convert_revision *r,
		      rt_sv text)
{
	rt_sections sections = RT_VEC_INIT;
	size_t i, way;
	int rc = rt_native_sections(NULL, text, &sections, NULL);

	for (i = 0; i < c->n_dialects && !rc; i++)
		for (way = 0; way < 2 && !rc; way++)
			rc = check_body(&r->bodies[i][way], text, &sections,
					way == 0, c->dialects[i], NULL);
	rt_vec_free(&sections);
	return rc;
}

/* SQL that a section cannot hold, such as a comment that looks like a
 * marker, is opaque too. */
static void check_alone(retort_convert *c, const rt_convert_revision *r,
			rt_convert_body *body, size_t dialect)
{
	retort_error why = RETORT_ERROR_INIT;
	rt_sections sections = RT_VEC_INIT;
	rt_str text = RT_STR_INIT;
	int rc;

	if (!has_sql(body))
		return;
	rc = add_section(c, r, body, RETORT_OP_UPGRADE, c->dialects[dialect],
			 &text);
	if (!rc)
		rc = rt_native_sections(NULL, rt_str_sv(&text), &sections,
					&why);
	if (!rc)
		rc = check_body(body, rt_str_sv(&text), &sections, true,
				c->dialects[dialect], &why);
	if (rc)
		rt_convert_refuse(c, body, r->from, rt_arena_strf(
			&c->arena, "its SQL cannot stand in a section: %s",
			*why.message ? why.message : "it is read otherwise"));
	rt_vec_free(&sections);
	rt_str_free(&text);
	retort_error_dispose(&why);
}

static int compose(retort_convert *c, const rt_convert_revision *r, bool split,
		   rt_str *out)
{
	int rc = add_header(c, r, out);

	if (!rc)
		rc = add_sections(c, r, RETORT_OP_UPGRADE, split, out);
	return rc ? rc : add_sections(c, r, RETORT_OP_DOWNGRADE, split, out);
}

int rt_convert_text(retort_convert *c, rt_convert_revision *r, rt_str *out)
{
	size_t i, way;
	int rc;

	for (i = 0; i < c->n_dialects; i++)
		for (way = 0; way < 2; way++)
			check_alone(c, r, &r->bodies[i][way], i);
	rc = compose(c, r, false, out);
	if (rc || !check_text(c, r, rt_str_sv(out)))
		return rc;
	/* what only one dialect can read is read so in its own section */
	rt_str_clear(out);
	rc = compose(c, r, true, out);
	if (rc || !check_text(c, r, rt_str_sv(out)))
		return rc;
	rt_err_set(c->err, RETORT_EPARSE,
		   "revision %s cannot be written as SQL", r->from->id);
	rt_err_at(c->err, r->from->path, 0, 0);
	return RETORT_EPARSE;
}
