/* SPDX-License-Identifier: MIT */
/*
 * Cut SQL text into statements.
 *
 * A semicolon ends a statement unless it stands in a quote, a comment,
 * parentheses or a `BEGIN ATOMIC … END` body (both PostgreSQL), or in the
 * body of a trigger (SQLite, which ends it with `; END ;`, as
 * sqlite3_complete() has it).  COPY … FROM STDIN takes the lines up to `\.` as
 * its data.  Statements of nothing but comments and space are left out.
 */
#ifndef RT_TEXT_SQLSPLIT_H
#define RT_TEXT_SQLSPLIT_H

#include <retort/error.h>
#include <retort/sql.h>

#include "base/sv.h"
#include "base/vec.h"

typedef enum rt_sql_kind {
	RT_SQL_ORDINARY,
	RT_SQL_TRANSACTION, /* BEGIN, COMMIT, END, ROLLBACK, START TRANSACTION,
			       ABORT, PREPARE TRANSACTION …; not SAVEPOINT */
	RT_SQL_META,        /* a psql backslash command */
	RT_SQL_COPY_IN      /* COPY … FROM STDIN */
} rt_sql_kind;

typedef struct rt_sql_statement {
	rt_sql_kind kind;
	rt_sv sql;     /* from its first token to its last, no semicolon */
	size_t offset; /* of sql in the text */
	rt_sv data;    /* COPY_IN: the lines, without the closing `\.` line */
} rt_sql_statement;

typedef RT_VEC(rt_sql_statement) rt_sql_statements;

/*
 * Split.
 *   in:   text, any bytes; dialect
 *   out:  appended to *out; views into text.  *at, the byte offset of what
 *         is wrong, when it fails
 *   err:  EPARSE: unterminated quote, comment, parenthesis, body or COPY data
 *         (the offset is where it begins); a byte that starts no token
 *   own:  caller frees with rt_vec_free
 *   cost: O(bytes)
 */
RETORT_MUST_CHECK int rt_sql_split(rt_sv text, retort_dialect dialect,
				   rt_sql_statements *out, size_t *at,
				   retort_error *err);

#endif
