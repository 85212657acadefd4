/* SPDX-License-Identifier: MIT */
/*
 * Source: chapter "Lexical analysis" of Python's language reference.
 */
#include "config.h"

#include "python/lex.h"

#include <string.h>

#include "python/chars.h"
#include "python/lex_impl.h"

/* Three characters before two, two before one. */
static const char operators[][4] = {
	"**=", "//=", ">>=", "<<=", "...", "!=", "**", "//", ">>", "<<", "<=",
	">=", "==", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
	"@=", ":=", "+", "-", "*", "/", "%", "&", "|", "^", "~", "<", ">",
	"(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "@", "=",
};

void rt_py_lexer_begin(rt_py_lexer *lx, const rt_py_source *src)
{
	memset(lx, 0, sizeof(*lx));
	lx->p = src->text.p;
	lx->n = src->text.n;
	lx->at = lx->line_start = src->start;
	lx->line = 1;
	lx->fresh = true;
	lx->levels = 1;
}

void rt_py_lex_end(const rt_py_lexer *lx, rt_py_token *token,
		   rt_py_token_kind kind)
{
	token->kind = kind;
	token->end = lx->at;
}

void rt_py_lex_error(const rt_py_lexer *lx, rt_py_token *token,
		     const char *reason)
{
	rt_py_lex_end(lx, token, RT_PY_T_ERROR);
	token->reason = reason;
}

void rt_py_lex_line(rt_py_lexer *lx, size_t n)
{
	lx->at += n;
	lx->line++;
	lx->line_start = lx->at;
}

rt_py_mode *rt_py_lex_mode(rt_py_lexer *lx)
{
	return lx->n_modes ? &lx->modes[lx->n_modes - 1] : NULL;
}

static size_t line_end(const rt_py_lexer *lx)
{
	return rt_py_line_end(lx->p, lx->n, lx->at);
}

/* The byte at `at`; NUL behind the end, which starts nothing. */
static char peek(const rt_py_lexer *lx, size_t at)
{
	return at < lx->n ? lx->p[at] : '\0';
}

static void skip_comment(rt_py_lexer *lx)
{
	while (lx->at < lx->n && !line_end(lx))
		lx->at++;
}

/* Blanks, comments and lines that go on; line ends too where they mean
 * nothing: in brackets and before a logical line. */
static void skip_space(rt_py_lexer *lx)
{
	size_t n;

	for (;;) {
		char c = peek(lx, lx->at);

		if (c == ' ' || c == '\t' || c == '\f') {
			lx->at++;
		} else if (c == '#') {
			skip_comment(lx);
		} else if (c == '\\' && (n = rt_py_line_end(lx->p, lx->n,
							    lx->at + 1))) {
			rt_py_lex_line(lx, n + 1);
		} else if (lx->depth && (n = line_end(lx))) {
			rt_py_lex_line(lx, n);
		} else {
			return;
		}
	}
}

/* The column that the next logical line begins in, tabs as in Python. */
static size_t skip_to_line(rt_py_lexer *lx)
{
	size_t column = 0, n;

	for (;;) {
		char c = peek(lx, lx->at);

		if (c == ' ')
			column++;
		else if (c == '\t')
			column = (column / 8 + 1) * 8;
		else if (c == '\f')
			column = 0;
		else
			break;
		lx->at++;
	}
	if (peek(lx, lx->at) == '#')
		skip_comment(lx);
	n = line_end(lx);
	if (n)
		rt_py_lex_line(lx, n);
	return n ? (size_t)-1 : column;
}

static void start(const rt_py_lexer *lx, rt_py_token *token)
{
	memset(token, 0, sizeof(*token));
	token->start = token->end = lx->at;
	token->line = lx->line;
	token->column = (int)(lx->at - lx->line_start) + 1;
}

/* At the start of a logical line: its INDENT, or the first of its DEDENTs;
 * false where it is indented as the one before. */
static bool indentation(rt_py_lexer *lx, rt_py_token *token)
{
	size_t column;

	do {
		column = skip_to_line(lx);
	} while (column == (size_t)-1);
	lx->fresh = false;
	start(lx, token);
	if (lx->at == lx->n)
		return false;
	if (column > lx->indents[lx->levels - 1]) {
		if (lx->levels > RT_PY_MAX_INDENT) {
			rt_py_lex_error(lx, token, "too many levels of "
					"indentation");
			return true;
		}
		lx->indents[lx->levels++] = column;
		rt_py_lex_end(lx, token, RT_PY_T_INDENT);
		return true;
	}
	while (column < lx->indents[lx->levels - 1]) {
		lx->levels--;
		lx->dedents++;
	}
	if (column == lx->indents[lx->levels - 1])
		return false;
	/* Python refuses it; to read on, take it for the level that has just
	 * been closed. */
	lx->indents[lx->levels++] = column;
	lx->dedents--;
	rt_py_lex_error(lx, token, "the indentation matches no line above");
	return true;
}

static void at_end(rt_py_lexer *lx, rt_py_token *token)
{
	if (lx->depth || lx->n_modes) {
		lx->depth = lx->n_modes = 0;
		rt_py_lex_error(lx, token, "a bracket is not closed");
	} else if (lx->pending) {
		lx->pending = false;
		rt_py_lex_end(lx, token, RT_PY_T_NEWLINE);
	} else if (lx->levels > 1) {
		lx->levels--;
		rt_py_lex_end(lx, token, RT_PY_T_DEDENT);
	} else {
		rt_py_lex_end(lx, token, RT_PY_T_END);
	}
}

static void open_bracket(rt_py_lexer *lx, rt_py_token *token, char c)
{
	if (lx->depth < RT_PY_MAX_BRACKETS)
		lx->brackets[lx->depth] = c;
	else
		rt_py_lex_error(lx, token, "too many brackets inside each "
				"other");
	lx->depth++;
}

static void close_bracket(rt_py_lexer *lx, rt_py_token *token, char c)
{
	rt_py_mode *mode = rt_py_lex_mode(lx);
	char opened;

	if (mode && lx->depth == mode->depth + 1) {
		if (c != '}') {
			rt_py_lex_error(lx, token, "a bracket in an f-string "
					"does not match");
			return;
		}
		lx->depth--;
		lx->n_modes--;
		return;
	}
	if (lx->depth == 0) {
		rt_py_lex_error(lx, token, "a bracket closes that none opens");
		return;
	}
	lx->depth--;
	if (lx->depth >= RT_PY_MAX_BRACKETS)
		return;
	opened = lx->brackets[lx->depth];
	if (c != (opened == '(' ? ')' : opened == '[' ? ']' : '}'))
		rt_py_lex_error(lx, token, "a bracket does not match the one "
				"it closes");
}

/* `!` and `:` of a field; false where the character is an operator's. */
static bool field_mark(rt_py_lexer *lx, rt_py_token *token)
{
	rt_py_mode *mode = rt_py_lex_mode(lx);
	char c = lx->p[lx->at];

	if (!mode || lx->depth != mode->depth + 1 ||
	    (c != ':' && (c != '!' || peek(lx, lx->at + 1) == '=')))
		return false;
	if (c == ':')
		mode->where = RT_PY_IN_SPEC;
	lx->at++;
	token->op = (unsigned)c;
	rt_py_lex_end(lx, token, RT_PY_T_OP);
	return true;
}

static void operator_token(rt_py_lexer *lx, rt_py_token *token)
{
	size_t i, j, n = 0;
	char c = lx->p[lx->at];

	if (field_mark(lx, token))
		return;
	for (i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		if (operators[i][0] != c)
			continue;
		n = strlen(operators[i]);
		if (n <= lx->n - lx->at &&
		    memcmp(operators[i], lx->p + lx->at, n) == 0)
			break;
		n = 0;
	}
	for (j = 0; j < n; j++)
		token->op = token->op << 8 | (unsigned char)operators[i][j];
	lx->at += n ? n : 1;
	if (n == 0) {
		rt_py_lex_error(lx, token, "a character that has no meaning");
		return;
	}
	rt_py_lex_end(lx, token, RT_PY_T_OP);
	if (c == '(' || c == '[' || c == '{')
		open_bracket(lx, token, c);
	else if (c == ')' || c == ']' || c == '}')
		close_bracket(lx, token, c);
}

static void name_token(rt_py_lexer *lx, rt_py_token *token)
{
	while (lx->at < lx->n && rt_py_is_name(lx->p[lx->at]))
		lx->at++;
	rt_py_lex_end(lx, token, RT_PY_T_NAME);
	token->keyword = rt_py_keyword_of((rt_sv){ lx->p + token->start,
					  lx->at - token->start });
}

void rt_py_lexer_next(rt_py_lexer *lx, rt_py_token *token)
{
	const rt_py_mode *mode = rt_py_lex_mode(lx);
	rt_py_prefix prefix;
	char c;

	start(lx, token);
	if (mode && mode->where != RT_PY_IN_FIELD) {
		rt_py_lex_ftext(lx, token);
		return;
	}
	if (lx->fresh && indentation(lx, token))
		return;
	if (lx->dedents) {
		lx->dedents--;
		rt_py_lex_end(lx, token, RT_PY_T_DEDENT);
		return;
	}
	skip_space(lx);
	start(lx, token);
	if (lx->at == lx->n) {
		at_end(lx, token);
		return;
	}
	if (line_end(lx)) {
		rt_py_lex_end(lx, token, RT_PY_T_NEWLINE);
		rt_py_lex_line(lx, line_end(lx));
		lx->fresh = true;
		lx->pending = false;
		return;
	}
	lx->pending = true;
	c = lx->p[lx->at];
	if (rt_py_prefix_at(lx, lx->at, &prefix))
		rt_py_lex_string(lx, &prefix, token);
	else if (rt_py_is_name_start(c))
		name_token(lx, token);
	else if (rt_py_is_digit(c) ||
		 (c == '.' && rt_py_is_digit(peek(lx, lx->at + 1))))
		rt_py_lex_number(lx, token);
	else
		operator_token(lx, token);
}
