/* SPDX-License-Identifier: MIT */
/*
 * Reserved words; whether a word is a keyword at all is
 * retort_sql_is_keyword() of <retort/sql.h>.
 */
#ifndef RT_TEXT_SQLWORDS_H
#define RT_TEXT_SQLWORDS_H

#include <retort/common.h>

#include "base/sv.h"

/*
 * Whether a word wants quotes to be a name: PostgreSQL's reserved words (by
 * quote_ident()'s rule), any keyword of SQLite; for ANY, either.  ASCII case
 * does not count.  O(log keywords).
 */
bool rt_sql_is_reserved(rt_sv word, retort_dialect dialect);

#endif
