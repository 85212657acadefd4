/* SPDX-License-Identifier: MIT */
/*
 * Strings and f-strings, and reading past a block of lines.
 *
 * Source: PEP 701, "Syntactic formalization of f-strings".
 */
#include "config.h"

#include "python/chars.h"
#include "python/lex_impl.h"

static const char UNCLOSED[] = "a string is not closed";

static char peek(const rt_py_lexer *lx, size_t at)
{
	return at < lx->n ? lx->p[at] : '\0';
}

static size_t line_end(const rt_py_lexer *lx)
{
	return rt_py_line_end(lx->p, lx->n, lx->at);
}

bool rt_py_prefix_at(const rt_py_lexer *lx, size_t at, rt_py_prefix *prefix)
{
	bool unicode = false;
	size_t n;

	*prefix = (rt_py_prefix){ 0, false, false, false };
	for (n = 0; n < 3; n++) {
		switch (peek(lx, at + n)) {
		case 'r': case 'R':
			if (prefix->raw || unicode)
				return false;
			prefix->raw = true;
			break;
		case 'b': case 'B':
			if (prefix->bytes || prefix->format || unicode)
				return false;
			prefix->bytes = true;
			break;
		case 'f': case 'F':
			if (prefix->bytes || prefix->format || unicode)
				return false;
			prefix->format = true;
			break;
		case 'u': case 'U':
			if (n)
				return false;
			unicode = true;
			break;
		case '"': case '\'':
			prefix->n = n;
			return true;
		default:
			return false;
		}
	}
	return false;
}

static bool is_triple(const rt_py_lexer *lx, size_t at, char quote)
{
	return peek(lx, at + 1) == quote && peek(lx, at + 2) == quote;
}

/* From behind the opening quote to behind the closing one; false where there
 * is none, then to the end of the line, or of the text. */
static bool skip_string(rt_py_lexer *lx, char quote, bool triple)
{
	size_t n;

	while (lx->at < lx->n) {
		char c = lx->p[lx->at];

		if (c == quote) {
			if (!triple || is_triple(lx, lx->at, quote)) {
				lx->at += triple ? 3 : 1;
				return true;
			}
			lx->at++;
		} else if (c == '\n' || c == '\r') {
			if (!triple)
				return false;
			rt_py_lex_line(lx, line_end(lx));
		} else if (c == '\\' && lx->at + 1 < lx->n) {
			lx->at++;
			n = line_end(lx);
			if (n)
				rt_py_lex_line(lx, n);
			else
				lx->at++;
		} else {
			lx->at++;
		}
	}
	return false;
}

void rt_py_lex_string(rt_py_lexer *lx, const rt_py_prefix *prefix,
		      rt_py_token *token)
{
	char quote = lx->p[lx->at + prefix->n];
	bool triple = is_triple(lx, lx->at + prefix->n, quote);

	lx->at += prefix->n + (triple ? 3 : 1);
	if (prefix->format && lx->n_modes < RT_PY_MAX_MODES) {
		lx->modes[lx->n_modes++] = (rt_py_mode){ RT_PY_IN_TEXT, quote,
			triple, prefix->raw, lx->depth };
		rt_py_lex_end(lx, token, RT_PY_T_FSTART);
		return;
	}
	if (!skip_string(lx, quote, triple))
		rt_py_lex_error(lx, token, UNCLOSED);
	else if (prefix->format)
		rt_py_lex_error(lx, token, "too many f-strings inside each "
				"other");
	else
		rt_py_lex_end(lx, token, RT_PY_T_STRING);
}

/* Leave the innermost f-string, with its fields. */
static void leave(rt_py_lexer *lx)
{
	while (lx->n_modes &&
	       lx->modes[lx->n_modes - 1].where != RT_PY_IN_TEXT)
		lx->n_modes--;
	if (lx->n_modes) {
		lx->n_modes--;
		lx->depth = lx->modes[lx->n_modes].depth;
	}
}

/* Past a backslash in the text and what it escapes; a bracket behind it
 * still begins a field. */
static void skip_escape(rt_py_lexer *lx, const rt_py_mode *mode)
{
	size_t n;

	lx->at++;
	n = line_end(lx);
	if (n) {
		rt_py_lex_line(lx, n);
	} else if (!mode->raw && peek(lx, lx->at) == 'N' &&
		   peek(lx, lx->at + 1) == '{') {
		while (lx->at < lx->n && lx->p[lx->at] != '}' &&
		       lx->p[lx->at] != mode->quote && !line_end(lx))
			lx->at++;
		if (peek(lx, lx->at) == '}')
			lx->at++;
	} else if (lx->at < lx->n && lx->p[lx->at] != '{' &&
		   lx->p[lx->at] != '}') {
		lx->at++;
	}
}

/* Past text; true at the quote or bracket that ends it, false where it is
 * cut off. */
static bool skip_text(rt_py_lexer *lx, const rt_py_mode *mode)
{
	bool spec = mode->where == RT_PY_IN_SPEC;

	while (lx->at < lx->n) {
		char c = lx->p[lx->at];

		if (c == mode->quote &&
		    (!mode->triple || is_triple(lx, lx->at, c)))
			return true;
		if (c == '{' || c == '}') {
			if (spec || peek(lx, lx->at + 1) != c)
				return true;
			lx->at += 2;
		} else if (c == '\n' || c == '\r') {
			if (!mode->triple)
				return false;
			rt_py_lex_line(lx, line_end(lx));
		} else if (c == '\\') {
			skip_escape(lx, mode);
		} else {
			lx->at++;
		}
	}
	return false;
}

static void open_field(rt_py_lexer *lx, const rt_py_mode *mode,
		       rt_py_token *token)
{
	bool raw = mode->raw, triple = mode->triple;
	char quote = mode->quote;

	lx->at++;
	if (lx->n_modes == RT_PY_MAX_MODES ||
	    lx->depth >= RT_PY_MAX_BRACKETS) {
		leave(lx);
		rt_py_lex_error(lx, token, "too many f-strings inside each "
				"other");
		return;
	}
	token->op = '{';
	rt_py_lex_end(lx, token, RT_PY_T_OP);
	lx->modes[lx->n_modes++] = (rt_py_mode){ RT_PY_IN_FIELD, quote,
		triple, raw, lx->depth };
	lx->brackets[lx->depth++] = '{';
}

/* The end of the text, at its quote or bracket. */
static void end_text(rt_py_lexer *lx, const rt_py_mode *mode,
		     rt_py_token *token)
{
	bool spec = mode->where == RT_PY_IN_SPEC;
	char c = lx->p[lx->at];

	if (c == '{') {
		open_field(lx, mode, token);
	} else if (c == '}') {
		lx->at++;
		if (!spec) {
			rt_py_lex_error(lx, token, "a single } in an "
					"f-string");
			return;
		}
		token->op = '}';
		rt_py_lex_end(lx, token, RT_PY_T_OP);
		lx->depth = mode->depth;
		lx->n_modes--;
	} else {
		lx->at += mode->triple ? 3 : 1;
		if (spec)
			rt_py_lex_error(lx, token, "a field of an f-string is "
					"not closed");
		else
			rt_py_lex_end(lx, token, RT_PY_T_FEND);
		leave(lx);
	}
}

void rt_py_lex_ftext(rt_py_lexer *lx, rt_py_token *token)
{
	const rt_py_mode *mode = rt_py_lex_mode(lx);

	if (!skip_text(lx, mode)) {
		leave(lx);
		rt_py_lex_error(lx, token, UNCLOSED);
		return;
	}
	if (lx->at > token->start)
		rt_py_lex_end(lx, token, RT_PY_T_FTEXT);
	else
		end_text(lx, mode, token);
}

/* Past the string whose quote is at lx->at, with the prefix before it. */
static void skip_quoted(rt_py_lexer *lx, size_t from)
{
	char quote = lx->p[lx->at];
	bool triple = is_triple(lx, lx->at, quote);
	rt_py_prefix prefix;
	rt_py_token token;
	size_t at = lx->at;

	while (at > from && at + 3 > lx->at && rt_py_is_name(lx->p[at - 1]))
		at--;
	if (rt_py_prefix_at(lx, at, &prefix) && prefix.format) {
		lx->at = at;
		do {
			rt_py_lexer_next(lx, &token);
		} while (lx->n_modes);
		return;
	}
	lx->at += triple ? 3 : 1;
	skip_string(lx, quote, triple);
}

/* To behind the logical line, in which `depth` brackets are open. */
static void skip_line(rt_py_lexer *lx, size_t depth)
{
	size_t from = lx->at, n;

	while (lx->at < lx->n) {
		switch (lx->p[lx->at]) {
		case '"': case '\'':
			skip_quoted(lx, from);
			break;
		case '#':
			while (lx->at < lx->n && !line_end(lx))
				lx->at++;
			break;
		case '(': case '[': case '{':
			depth++;
			lx->at++;
			break;
		case ')': case ']': case '}':
			depth -= depth > 0;
			lx->at++;
			break;
		case '\\':
			lx->at++;
			n = line_end(lx);
			if (n)
				rt_py_lex_line(lx, n);
			break;
		case '\n': case '\r':
			rt_py_lex_line(lx, line_end(lx));
			if (depth == 0)
				return;
			break;
		default:
			lx->at++;
		}
	}
}

void rt_py_lexer_skip_block(rt_py_lexer *lx)
{
	bool fresh = lx->fresh;
	size_t n, depth = lx->depth;

	lx->fresh = false;
	lx->depth = lx->n_modes = lx->dedents = 0;
	if (!fresh)
		skip_line(lx, depth);
	for (;;) {
		char c = peek(lx, lx->at);

		if (c == ' ' || c == '\t' || c == '\f' || c == '#')
			skip_line(lx, 0);
		else if ((n = line_end(lx)))
			rt_py_lex_line(lx, n);
		else
			break;
	}
	lx->fresh = true;
	lx->pending = false;
	lx->depth = lx->n_modes = lx->dedents = 0;
	lx->levels = 1;
}
