/* SPDX-License-Identifier: MIT */
/*
 * How two schemas differ, as text and as JSON.
 *
 *     + table audit
 *     - column users.phone
 *     ~ column users.email: type varchar(20) -> text
 */
#ifndef RT_UI_DIFFTEXT_H
#define RT_UI_DIFFTEXT_H

#include <jansson.h>

#include <retort/schema.h>

#include "base/str.h"
#include "ui/out.h"

/* The line of one entry, without its mark and line feed, appended. */
void rt_difftext_entry(rt_str *out, const retort_diff_entry *entry);

/* '+', '-', '~', or '=' for what is only told. */
char rt_difftext_mark(const retort_diff_entry *entry);

/* One line an entry; parts of a table that comes or goes are left out. */
void rt_difftext_list(rt_out *o, const retort_diff *diff);

/* "not compared: 2 casts, 1 publication", nothing where all is modelled. */
void rt_difftext_ignored(rt_out *o, const retort_schema *schema);

/* A unified diff in colour. */
void rt_difftext_unified(rt_out *o, const char *text);

/* A list of {"diff","kind","name","property","before","after","part"}. */
json_t *rt_difftext_json(const retort_diff *diff);

/* [{"kind","count"}] */
json_t *rt_difftext_json_ignored(const retort_schema *schema);

#endif
