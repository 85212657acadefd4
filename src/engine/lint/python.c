/* SPDX-License-Identifier: MIT */
/* What lint wants to know of a Python file beside its SQL: the comments, and
 * where a call that begins on a line ends. */
#include "config.h"

#include "engine/lint/lint.h"

#include "python/lex.h"
#include "python/source.h"

struct reader {
	rt_lint_file *file;
	const rt_py_source *src;
	const char *wanted; /* the function that is looked at */
	bool head, inside;  /* before all functions; in that one */
	bool is_name;       /* the next token is a function's name */
	size_t depth;
	int first;          /* line of the logical line's first token; 0 */
};

/* Between tokens there is nothing but comments and white space. */
static void read_comments(const struct reader *r, size_t start, size_t end)
{
	rt_sv rest, line;

	rest = rt_sv_sub(r->src->text, start, end - start);
	while (rt_sv_line(&rest, &line)) {
		size_t at = rt_sv_find(line, '#');

		if (at < line.n && (r->head || r->inside))
			rt_lint_allow_read(r->file,
					   rt_sv_sub(line, at + 1, line.n),
					   (size_t)(line.p - r->src->text.p) +
						   at, r->head);
	}
}

/* Statements that begin in a logical line end with it. */
static void end_line(struct reader *r, int last)
{
	size_t i, k;

	for (i = 0; r->first && i < r->file->sections.n; i++) {
		rt_lint_section *section = &r->file->sections.v[i];

		for (k = 0; k < section->statements.n; k++) {
			rt_lint_statement *s = &section->statements.v[k];

			if (s->line >= r->first && s->line <= last)
				s->end_line = last;
		}
	}
	r->first = 0;
}

static void read_token(struct reader *r, const rt_py_token *t)
{
	if (!r->first)
		r->first = t->line;
	if (r->is_name) {
		r->inside = rt_sv_is(rt_sv_sub(r->src->text, t->start,
					       t->end - t->start), r->wanted);
		r->head = r->is_name = false;
	}
	if (t->keyword == RT_PY_K_DEF && r->depth == 0)
		r->is_name = true;
}

void rt_lint_python_read(rt_lint_file *file, bool up)
{
	struct reader r = { .file = file, .head = true,
			    .wanted = up ? "upgrade" : "downgrade" };
	rt_py_source src;
	rt_py_lexer lx;
	rt_py_token t;
	size_t at;

	if (rt_py_source_open(file->rev->path, rt_str_sv(&file->text), &src,
			      NULL))
		return;
	r.src = &src;
	at = src.start;
	rt_py_lexer_begin(&lx, &src);
	do {
		rt_py_lexer_next(&lx, &t);
		if (t.kind == RT_PY_T_NEWLINE)
			end_line(&r, t.line);
		else if (t.kind == RT_PY_T_INDENT)
			r.depth++;
		else if (t.kind == RT_PY_T_DEDENT)
			r.depth--;
		else if (t.kind != RT_PY_T_ERROR) {
			if (t.start > at)
				read_comments(&r, at, t.start);
			at = t.end;
			if (t.kind != RT_PY_T_END)
				read_token(&r, &t);
		}
	} while (t.kind != RT_PY_T_END);
	end_line(&r, t.line);
}
