/* SPDX-License-Identifier: MIT */
/* What must hold for any bytes that the lexer and the splitter are given. */
#ifndef RT_TEST_SQL_SUPPORT_H
#define RT_TEST_SQL_SUPPORT_H

#include <retort/sql.h>

#include "base/sv.h"

/* The tokens add up to the text, none of them empty. */
void check_lexer(rt_sv text, retort_dialect dialect);

/* The same for the scanner; and what the splitter gives lies in the text, in
 * order, without space around it; an error says where and why. */
void check_splitter(rt_sv text, retort_dialect dialect);

#endif
