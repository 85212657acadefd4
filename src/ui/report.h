/* SPDX-License-Identifier: MIT */
/*
 * An error as people read it:
 *
 *     retort: error: no such table: users
 *       --> migrations/versions/f8ff_add_phone.sql:7:1
 *       revision: f8ff2ab1fdfa
 *       statement: ALTER TABLE users ADD COLUMN phone …
 *                              ^
 *       …
 *       next: …
 */
#ifndef RT_UI_REPORT_H
#define RT_UI_REPORT_H

#include <retort/error.h>

#include "ui/out.h"

void rt_report_error(rt_out *o, const retort_error *err);

/* One line, "retort: warning: …". */
void rt_report_warning(rt_out *o, const char *text);

#endif
