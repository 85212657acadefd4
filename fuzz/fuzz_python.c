/* SPDX-License-Identifier: MIT */
/*
 * A Python file of any bytes: every token and every node lies in the text,
 * in order; no tree is higher than promised; and the outline has the same
 * statements as the module where that has nothing opaque.
 */
#include "config.h"

#include <stdint.h>

#include "base/alloc.h"
#include "python/lex.h"
#include "python/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_tokens(const rt_py_source *src)
{
	rt_py_lexer lx;
	rt_py_token token;
	size_t end = 0, empty = 0;

	rt_py_lexer_begin(&lx, src);
	do {
		rt_py_lexer_next(&lx, &token);
		RT_ASSERT(token.start >= end && token.end >= token.start);
		RT_ASSERT(token.end <= src->text.n);
		RT_ASSERT(token.line > 0 && token.column > 0);
		RT_ASSERT((token.kind == RT_PY_T_ERROR) ==
			  (token.reason != NULL));
		/* Only so many that take nothing: DEDENTs. */
		empty = token.end > end ? 0 : empty + 1;
		RT_ASSERT(empty <= RT_PY_MAX_INDENT + 4);
		end = token.end;
	} while (token.kind != RT_PY_T_END);
}

static void check_block(const rt_py_block *block, size_t from, size_t end)
{
	size_t i;

	for (i = 0; i < block->n; i++) {
		const rt_py_span *span = &block->v[i]->span;

		RT_ASSERT(span->start >= from && span->start <= span->end);
		RT_ASSERT(span->end <= end);
		from = span->end;
		if (block->v[i]->kind == RT_PY_EXPR)
			RT_ASSERT(block->v[i]->u.value->height <=
				  RT_PY_MAX_DEPTH);
		if (block->v[i]->kind == RT_PY_DEF)
			check_block(&block->v[i]->u.def.body, span->start,
				    span->end);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	rt_sv text = { (const char *)data, n };
	retort_error err = RETORT_ERROR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	const rt_py_module *module, *outline;
	rt_py_source src;

	if (rt_py_source_open("x.py", text, &src, &err)) {
		RT_ASSERT(err.message != NULL && err.line > 0);
	} else {
		check_tokens(&src);
		module = rt_py_parse(&arena, &src);
		outline = rt_py_parse_outline(&arena, &src, true);
		check_block(&module->body, 0, n);
		check_block(&outline->body, 0, n);
		if (!module->n_opaque)
			RT_ASSERT(outline->body.n == module->body.n);
	}
	retort_error_dispose(&err);
	rt_arena_free(&arena);
	return 0;
}
