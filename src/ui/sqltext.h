/* SPDX-License-Identifier: MIT */
/*
 * SQL with colours; without colours the text as it is.
 */
#ifndef RT_UI_SQLTEXT_H
#define RT_UI_SQLTEXT_H

#include <retort/sql.h>

#include "ui/out.h"

/* Print SQL without white space at its ends, no line feed behind it. */
void rt_sqltext(rt_out *o, const char *sql, retort_dialect dialect);

#endif
