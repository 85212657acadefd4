/* SPDX-License-Identifier: MIT */
/*
 * JSON out: one object per command, `"version": 1` first.
 *
 * Values are jansson's; what holds a list of any length is written while it
 * is made, so 100,000 revisions need the memory of one:
 *
 *     rt_json j;
 *     rt_json_begin(&j, out, "revisions");  {"version":1,"revisions":[
 *     rt_json_item(&j, value);              steals value
 *     rt_json_end_list(&j);                 ]
 *     rt_json_member(&j, "name", value);    ,"name":… (steals value)
 *     rt_json_end(&j);                      }
 *
 * Strings: bytes that are not UTF-8 become U+FFFD; everything beyond ASCII
 * is written as \u escapes, so the text is safe on any terminal.
 */
#ifndef RT_UI_JSON_H
#define RT_UI_JSON_H

#include <jansson.h>

#include <retort/graph.h>
#include <retort/plan.h>

#include "ui/out.h"

typedef struct rt_json {
	rt_out *out;
	bool first; /* no item of the list written yet */
} rt_json;

void rt_json_begin(rt_json *j, rt_out *o, const char *list);
void rt_json_item(rt_json *j, json_t *value);
void rt_json_end_list(rt_json *j);
void rt_json_member(rt_json *j, const char *name, json_t *value);
void rt_json_end(rt_json *j);

/* An object {"version":1}; free with json_decref or rt_json_print. */
json_t *rt_json_object(void);

/* Write a whole object and a line feed; steals it. */
void rt_json_print(rt_out *o, json_t *object);

/* Set a member; steals value. */
void rt_json_set(json_t *object, const char *name, json_t *value);
void rt_json_set_string(json_t *object, const char *name, const char *text);
void rt_json_set_bool(json_t *object, const char *name, bool value);
void rt_json_set_int(json_t *object, const char *name, long long value);

json_t *rt_json_string(const char *text); /* NULL gives null */
json_t *rt_json_names(const retort_names *names);

/*
 * A revision:
 *   {"revision","down_revision":[],"depends_on":[],"branch_labels":[],
 *    "declared_labels":[],"message","doc","created","path","is_head",
 *    "is_effective_head","is_base","is_branch_point","is_merge_point",
 *    "is_current"}
 *   in:   rows, the version rows; NULL where no database was asked
 *         (is_current is null then)
 */
json_t *rt_json_revision(const retort_revision *rev, const retort_names *rows);

/* {"op","revision","from":[],"to":[]} */
json_t *rt_json_step(const retort_step *step);

#endif
