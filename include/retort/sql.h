/* SPDX-License-Identifier: MIT */
/*
 * SQL text: tokens, for highlighting and for anyone who must not be fooled
 * by a semicolon in a string.
 *
 * One lexer serves both dialects.  It never fails: what it cannot read (an
 * unterminated string, a stray byte) is one ERROR token to the end of what is
 * wrong, and the tokens always add up to the text.
 */
#ifndef RETORT_SQL_H
#define RETORT_SQL_H

#include <retort/common.h>

typedef enum retort_token_kind {
	RETORT_TOKEN_SPACE,
	RETORT_TOKEN_COMMENT,    /* line or block, PostgreSQL's nest */
	RETORT_TOKEN_WORD,       /* unquoted identifier or keyword */
	RETORT_TOKEN_IDENTIFIER, /* "…", `…`, […] */
	RETORT_TOKEN_STRING,     /* '…', E'…', U&'…', X'…', $tag$…$tag$ */
	RETORT_TOKEN_NUMBER,
	RETORT_TOKEN_PARAMETER,  /* $1, ?, ?1, :name, @name */
	RETORT_TOKEN_OPERATOR,
	RETORT_TOKEN_PUNCTUATION, /* ( ) , ; . [ ] */
	RETORT_TOKEN_META,       /* a psql backslash command, to end of line */
	RETORT_TOKEN_DATA,       /* COPY … FROM STDIN lines with their \. */
	RETORT_TOKEN_ERROR
} retort_token_kind;

typedef struct retort_token {
	retort_token_kind kind;
	size_t offset; /* bytes from the start of the text */
	size_t length; /* bytes, never 0 */
} retort_token;

/* What a statement does to an object; X(NAME, "word"). */
#define RETORT_SQL_VERBS(X)                                                   \
	X(CREATE, "create")                                                   \
	X(ALTER, "alter")                                                     \
	X(DROP, "drop")                                                       \
	X(RENAME, "rename to") /* the new name */                             \
	X(INSERT, "insert")                                                   \
	X(UPDATE, "update")                                                   \
	X(DELETE, "delete")                                                   \
	X(USE, "refer to")     /* REFERENCES, ON of an index or trigger */

typedef enum retort_sql_verb {
#define RETORT_SQL_VERB_ENUM_(name, word) RETORT_SQL_##name,
	RETORT_SQL_VERBS(RETORT_SQL_VERB_ENUM_)
#undef RETORT_SQL_VERB_ENUM_
} retort_sql_verb;

/* An object that a statement names. */
typedef struct retort_sql_object {
	retort_sql_verb verb;
	const char *kind;  /* "table", "index", "view", "materialized view",
			      "sequence", "type", "trigger", … */
	const char *name;  /* as the database has it: "app.users"; without
			      quotes, folded to lower case; the default
			      schema (public, main) is left out */
	const char *column; /* that an ALTER of the table is about; "" if
			       none, or several */
} retort_sql_object;

RETORT_BEGIN_DECLS

/*
 * The token at *offset; moves *offset behind it.
 *   in:   sql, n bytes, any bytes; *offset, 0 or as the last call left it
 *   out:  1 and *token; 0 at the end of the text
 *   cost: O(length of the token)
 *   note: COPY data is known only to the splitter; the lexer alone reads it
 *         as SQL
 */
RETORT_API int retort_sql_next(const char *sql, size_t n,
			       retort_dialect dialect, size_t *offset,
			       retort_token *token);

/* True where a WORD is a keyword of the dialect; any case. */
RETORT_API bool retort_sql_is_keyword(const char *word, size_t n,
				      retort_dialect dialect);

/* "create"; static. */
RETORT_API const char *retort_sql_verb_word(retort_sql_verb verb);

/*
 * The objects that a statement names, as far as its words tell: what CREATE,
 * ALTER, DROP, TRUNCATE, INSERT, UPDATE and DELETE begin with, and what
 * REFERENCES names.  What a query reads, a function does or DO runs is not
 * seen.
 *   in:   sql, one statement of n bytes
 *         found, called for each, in the order of the text; its strings are
 *         valid during the call
 *   cost: O(n)
 */
RETORT_API void
retort_sql_objects(const char *sql, size_t n, retort_dialect dialect,
		   void (*found)(void *self, const retort_sql_object *object),
		   void *self);

RETORT_END_DECLS
#endif
