/* SPDX-License-Identifier: MIT */
/*
 * New revision files of Alembic, from its Mako template: the lines of it.  A
 * template with more than alembic_mako.h has is not for us: EUNSUPPORTED.
 */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "revfmt/alembic_mako.h"

enum { IF_DEPTH = 16 };

/* Where in `% if` and its branches a line stands. */
struct branches {
	size_t depth;
	bool taken[IF_DEPTH];  /* one of the branches so far was true */
	bool active[IF_DEPTH]; /* the one we are in is */
};

rt_sv rt_alembic_template(void)
{
	return RT_SV("\"\"\"${message}\n"
		     "\n"
		     "Revision ID: ${up_revision}\n"
		     "Revises: ${down_revision | comma,n}\n"
		     "Create Date: ${create_date}\n"
		     "\n"
		     "\"\"\"\n"
		     "from alembic import op\n"
		     "import sqlalchemy as sa\n"
		     "\n"
		     "# revision identifiers, used by Alembic.\n"
		     "revision = ${repr(up_revision)}\n"
		     "down_revision = ${repr(down_revision)}\n"
		     "branch_labels = ${repr(branch_labels)}\n"
		     "depends_on = ${repr(depends_on)}\n"
		     "\n"
		     "\n"
		     "def upgrade():\n"
		     "    ${upgrades if upgrades else \"pass\"}\n"
		     "\n"
		     "\n"
		     "def downgrade():\n"
		     "    ${downgrades if downgrades else \"pass\"}\n");
}

/* --- lines of text --- */

static void set_indent(rt_mako *m, rt_sv text)
{
	size_t n = 0;

	while (n < text.n && (text.p[n] == ' ' || text.p[n] == '\t'))
		n++;
	rt_str_clear(&m->indent);
	rt_str_addsv(&m->indent, rt_sv_sub(text, 0, n));
}

static int line(rt_mako *m, rt_sv text, rt_str *out)
{
	size_t at = 0, end;
	int rc;

	set_indent(m, text);
	while (at < text.n) {
		rt_sv rest = rt_sv_sub(text, at, text.n);

		if (!rt_sv_starts(rest, "${")) {
			rt_str_addc(out, text.p[at++]);
			continue;
		}
		end = rt_sv_find(rest, '}');
		if (end == rest.n)
			return rt_mako_fail(m, "an expression is not closed "
					    "on its line", rest);
		at += end + 1;
		m->next = at < text.n ? text.p[at] : '\n';
		rc = rt_mako_expression(m, rt_sv_sub(rest, 2, end - 2), out);
		if (rc)
			return rc;
	}
	return 0;
}

/* The line of the model that begins a function as this one does. */
static rt_sv as_model(const rt_mako *m, rt_sv text)
{
	rt_sv rest = m->what->model, line;
	size_t n = rt_sv_find(text, '(');

	if (!rt_sv_starts(text, "def ") || n == text.n)
		return text;
	while (rt_sv_line(&rest, &line))
		if (line.n > n && !memcmp(line.p, text.p, n + 1) &&
		    line.p[line.n - 1] == ':' &&
		    rt_sv_find(line, '$') == line.n)
			return line;
	return text;
}

/* --- lines of control --- */

/* `if x:` cut to x; false where it is something else. */
static bool read_test(rt_sv bare, const char *word, rt_sv *test)
{
	size_t n = strlen(word);

	if (!rt_sv_starts(bare, word) || bare.p[bare.n - 1] != ':')
		return false;
	*test = rt_sv_trim(rt_sv_sub(bare, n, bare.n - 1 - n));
	return true;
}

static bool is_active(const struct branches *b)
{
	return b->depth == 0 || b->active[b->depth - 1];
}

static int branch(rt_mako *m, struct branches *b, rt_sv test)
{
	size_t top = b->depth - 1;
	bool outside = b->depth < 2 || b->active[top - 1], yes = true;
	int rc = 0;

	if (test.n && outside && !b->taken[top])
		rc = rt_mako_test(m, test, &yes);
	b->active[top] = outside && !b->taken[top] && yes;
	b->taken[top] |= b->active[top];
	return rc;
}

/* `text` begins with a per cent sign. */
static int control(rt_mako *m, struct branches *b, rt_sv text)
{
	rt_sv bare = rt_sv_trim(rt_sv_sub(text, 1, text.n)), test;

	if (read_test(bare, "if ", &test) && test.n && b->depth < IF_DEPTH) {
		b->taken[b->depth++] = false;
		return branch(m, b, test);
	}
	if (b->depth && read_test(bare, "elif ", &test) && test.n)
		return branch(m, b, test);
	if (b->depth && read_test(bare, "else", &test) && !test.n)
		return branch(m, b, test);
	if (b->depth && rt_sv_is(bare, "endif")) {
		b->depth--;
		return 0;
	}
	return rt_mako_fail(m, "the template has Mako's code", text);
}

/* Whether a tag of Mako is in a line. */
static bool has_tag(rt_sv text)
{
	size_t at;

	for (at = 0; at + 1 < text.n; at++)
		if (text.p[at] == '<' && (text.p[at + 1] == '%' ||
		    rt_sv_starts(rt_sv_sub(text, at, text.n), "</%")))
			return true;
	return false;
}

/* --- the template --- */

/* The next line with its end; a backslash before that swallows it. */
static bool next_line(rt_sv *rest, rt_sv *text, rt_sv *end)
{
	size_t at = rt_sv_find(*rest, '\n'), n = at;

	if (rest->n == 0)
		return false;
	if (n && rest->p[n - 1] == '\r')
		n--;
	*text = rt_sv_sub(*rest, 0, n);
	*end = rt_sv_sub(*rest, n, at + 1 - n);
	*rest = rt_sv_sub(*rest, at + 1, rest->n);
	if (end->n && text->n && text->p[text->n - 1] == '\\') {
		text->n--;
		end->n = 0;
	}
	return true;
}

/* The template behind what only says its encoding, which has to be UTF-8. */
static int open_template(rt_mako *m, rt_sv *rest)
{
	rt_sv whole = *rest, line, end;
	rt_sv text = whole;
	size_t at;

	if (!rt_utf8_valid(whole, NULL))
		return rt_mako_fail(m, "the template is not UTF-8",
				    rt_sv_sub(whole, 0, 0));
	if (rt_sv_starts(text, "\xef\xbb\xbf"))
		text = rt_sv_sub(text, 3, text.n);
	*rest = text;
	if (!next_line(&text, &line, &end) || !rt_sv_starts(line, "#"))
		return 0;
	for (at = 0; at < line.n; at++) {
		rt_sv here = rt_sv_sub(line, at, line.n);

		if (rt_sv_starts(here, "coding:") ||
		    rt_sv_starts(here, "coding="))
			*rest = text;
	}
	return 0;
}

static int render(rt_mako *m, rt_str *out)
{
	struct branches branches = { 0 };
	rt_sv rest = m->what->template_text, text = rest, bare, end;
	int rc = open_template(m, &rest);

	while (!rc && next_line(&rest, &text, &end)) {
		bare = rt_sv_trim(text);
		if (rt_sv_starts(bare, "##"))
			continue;
		if (has_tag(text))
			rc = rt_mako_fail(m, "the template has Mako's code",
					  text);
		else if (rt_sv_starts(bare, "%"))
			rc = control(m, &branches, bare);
		else if (is_active(&branches)) {
			rc = line(m, as_model(m, text), out);
			rt_str_addsv(out, end);
		}
	}
	if (!rc && branches.depth)
		rc = rt_mako_fail(m, "an if has no endif", text);
	return rc;
}

int rt_alembic_render(const rt_render *what, rt_str *out, retort_error *err)
{
	rt_mako m = { .what = what, .indent = RT_STR_INIT,
		      .arena = RT_ARENA_INIT, .err = err };
	int rc = render(&m, out);
	size_t i;

	for (i = 0; i < what->n_sections && !rc; i++)
		if (!m.placed[what->sections[i].op == RETORT_OP_UPGRADE])
			rc = rt_mako_fail(&m, "the template has no place for "
					  "upgrades and downgrades",
					  rt_sv_sub(what->template_text, 0,
						    0));
	rt_str_free(&m.indent);
	rt_arena_free(&m.arena);
	return rc;
}
