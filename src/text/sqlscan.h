/* SPDX-License-Identifier: MIT */
/*
 * SQL tokens that know where a statement ends: the lexer of <retort/sql.h>
 * with the little grammar that takes.  What the splitter, the section finder
 * and the checksum share.
 *
 *     rt_sql_scan scan;
 *     rt_sql_scan_begin(&scan, text, 0, dialect);
 *     while (rt_sql_scan_next(&scan, &token))
 *             if (scan.ended) …
 *
 * A statement ends with a semicolon (which belongs to it), with a psql
 * command, with the section marker or the end of the text behind it.  COPY …
 * FROM STDIN is over with its semicolon; its DATA token follows.
 */
#ifndef RT_TEXT_SQLSCAN_H
#define RT_TEXT_SQLSCAN_H

#include <retort/error.h>
#include <retort/sql.h>

#include "base/sv.h"
#include "text/sqlsplit.h"

enum { RT_SQL_SCAN_WORDS = 3 };

typedef struct rt_sql_scan {
	rt_sv text;
	retort_dialect dialect;
	size_t at; /* the next token's offset */

	bool ended;       /* the last token ended a statement… */
	rt_sql_kind kind; /* …of this kind; META is only the token itself */

	/* The statement so far; all private. */
	size_t start;     /* its first token */
	size_t n;         /* tokens but for space and comments */
	int words[RT_SQL_SCAN_WORDS]; /* the first of them */
	int before;       /* the last of them */
	int lead;         /* what it is, as far as its first words tell */
	size_t depth, paren;   /* open parentheses, the outermost one */
	size_t levels, body;   /* open BEGIN and CASE of a body; its BEGIN */
	int trigger;           /* where in a trigger's body */
	int copy;              /* where in a COPY … FROM STDIN */
	size_t line_end;       /* of COPY, behind its semicolon */
} rt_sql_scan;

/* Begin at the offset `at` of a text, at the start of a statement. */
void rt_sql_scan_begin(rt_sql_scan *scan, rt_sv text, size_t at,
		       retort_dialect dialect);

/*
 * The next token; as retort_sql_next, but for DATA.  ERROR tokens include
 * COPY data that no `\.` line closes.
 *   cost: O(length of the token)
 */
int rt_sql_scan_next(rt_sql_scan *scan, retort_token *token);

/*
 * At the end of the text (or where the caller makes an end): the kind of the
 * last statement.
 *   out:  *at as rt_sql_split
 *   err:  EPARSE: it is not complete
 */
RETORT_MUST_CHECK int rt_sql_scan_end(rt_sql_scan *scan, size_t *at,
				      retort_error *err);

/* EPARSE for an ERROR token of this scan; *at as rt_sql_split. */
RETORT_MUST_CHECK int rt_sql_scan_error(const rt_sql_scan *scan,
					const retort_token *token, size_t *at,
					retort_error *err);

#endif
