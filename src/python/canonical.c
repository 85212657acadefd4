/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "python/canonical.h"

#include <retort/error.h>

#include "base/vec.h"
#include "python/lex.h"
#include "python/source.h"

typedef RT_VEC(rt_py_token) tokens;

static rt_sv text_of(const rt_py_source *src, const rt_py_token *t)
{
	return rt_sv_sub(src->text, t->start, t->end - t->start);
}

/* Whether a logical line does nothing that is asked for. */
static bool is_idle(const rt_py_source *src, const tokens *line, bool inside,
		    const char *const *skip)
{
	const rt_py_token *first = &line->v[0];
	size_t i;

	for (i = 0; i < line->n && line->v[i].kind == RT_PY_T_STRING;
	     i++)
		;
	if (i == line->n)
		return true;
	if (inside || first->kind != RT_PY_T_NAME || line->n < 2 ||
	    line->v[1].kind != RT_PY_T_OP ||
	    (line->v[1].op != '=' && line->v[1].op != ':'))
		return false;
	for (; *skip; skip++)
		if (rt_sv_is(text_of(src, first), *skip))
			return true;
	return false;
}

static void add_line(const rt_py_source *src, tokens *line, size_t depth,
		     const char *const *skip, rt_str *out)
{
	size_t i;

	if (line->n && !is_idle(src, line, depth > 0, skip)) {
		for (i = 0; i < line->n; i++) {
			rt_str_addsv(out, text_of(src, &line->v[i]));
			rt_str_addc(out, '\0');
		}
		rt_str_add(out, "\n");
	}
	line->n = 0;
}

static bool add_tokens(const rt_py_source *src, const char *const *skip,
		       rt_str *out)
{
	tokens line = RT_VEC_INIT;
	rt_py_lexer lx;
	rt_py_token t;
	size_t depth = 0;

	rt_py_lexer_begin(&lx, src);
	do {
		rt_py_lexer_next(&lx, &t);
		switch (t.kind) {
		case RT_PY_T_END:
		case RT_PY_T_NEWLINE:
			add_line(src, &line, depth, skip, out);
			break;
		case RT_PY_T_INDENT:
			depth++;
			rt_str_addc(out, '{');
			break;
		case RT_PY_T_DEDENT:
			depth--;
			rt_str_addc(out, '}');
			break;
		default:
			rt_vec_push(&line, t);
		}
	} while (t.kind != RT_PY_T_END && t.kind != RT_PY_T_ERROR);
	rt_vec_free(&line);
	return t.kind == RT_PY_T_END;
}

bool rt_py_canonical(rt_sv text, const char *const *skip, rt_str *out)
{
	size_t from = out->n;
	rt_py_source src;

	if (rt_py_source_open("", text, &src, NULL) == 0 &&
	    add_tokens(&src, skip, out))
		return true;
	rt_str_truncate(out, from);
	return false;
}
