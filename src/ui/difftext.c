/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/difftext.h"

#include <string.h>

#include "ui/json.h"

/* Indexed by retort_diff_kind. */
static const struct {
	char mark;
	rt_role role;
} looks[] = {
	[RETORT_DIFF_ADDED] = { '+', RT_ROLE_GOOD },
	[RETORT_DIFF_REMOVED] = { '-', RT_ROLE_ERROR },
	[RETORT_DIFF_CHANGED] = { '~', RT_ROLE_WARNING },
	[RETORT_DIFF_MOVED] = { '=', RT_ROLE_DIM },
};

char rt_difftext_mark(const retort_diff_entry *entry)
{
	return looks[entry->diff].mark;
}

/* The colour of an entry. */
static rt_role role_of(const retort_diff_entry *entry)
{
	return looks[entry->diff].role;
}

/* Whether a text is too long, or has too many lines, to stand in a line. */
static bool is_long(const char *text)
{
	return strlen(text) > 60 || strchr(text, '\n') != NULL;
}

void rt_difftext_entry(rt_str *out, const retort_diff_entry *e)
{
	rt_str_addf(out, "%s %s", retort_kind_word(e->kind), e->name);
	if (!*e->property)
		return;
	rt_str_addf(out, ": %s", e->property);
	if (is_long(e->before) || is_long(e->after))
		rt_str_add(out, " is another");
	else if (!*e->before)
		rt_str_addf(out, " %s", e->after);
	else if (!*e->after)
		rt_str_addf(out, " %s -> none", e->before);
	else
		rt_str_addf(out, " %s -> %s", e->before, e->after);
}

void rt_difftext_list(rt_out *o, const retort_diff *diff)
{
	rt_str line = RT_STR_INIT;
	size_t i;

	for (i = 0; i < retort_diff_count(diff); i++) {
		const retort_diff_entry *e = retort_diff_at(diff, i);

		if (e->part)
			continue;
		rt_str_clear(&line);
		rt_str_addf(&line, "%c ", rt_difftext_mark(e));
		rt_difftext_entry(&line, e);
		rt_out_field(o, role_of(e), line.p);
		rt_out_printf(o, "\n");
	}
	rt_str_free(&line);
}

void rt_difftext_ignored(rt_out *o, const retort_schema *schema)
{
	const char *kind;
	size_t i, n;

	for (i = 0; (n = retort_schema_ignored(schema, i, &kind)) != 0; i++)
		rt_out_printf(o, "%s%zu %s%s", i ? ", " : "not compared: ", n,
			      kind, n == 1 ? "" : "s");
	if (i)
		rt_out_printf(o, "\n");
}

void rt_difftext_unified(rt_out *o, const char *text)
{
	rt_sv rest = rt_sv_from(text), line;

	while (rt_sv_line(&rest, &line)) {
		rt_role role = RT_ROLE_PLAIN;

		if (rt_sv_starts(line, "+++") || rt_sv_starts(line, "---"))
			role = RT_ROLE_TITLE;
		else if (rt_sv_starts(line, "@@"))
			role = RT_ROLE_KEYWORD;
		else if (rt_sv_starts(line, "+"))
			role = RT_ROLE_GOOD;
		else if (rt_sv_starts(line, "-"))
			role = RT_ROLE_ERROR;
		rt_out_lines(o, role, line);
		rt_out_printf(o, "\n");
	}
}

static json_t *json_entry(const retort_diff_entry *e)
{
	json_t *o = json_object();

	rt_json_set_string(o, "diff", retort_diff_word(e->diff));
	rt_json_set_string(o, "kind", retort_kind_word(e->kind));
	rt_json_set_string(o, "name", e->name);
	rt_json_set_string(o, "property", e->property);
	rt_json_set_string(o, "before", e->before);
	rt_json_set_string(o, "after", e->after);
	rt_json_set_bool(o, "part", e->part);
	return o;
}

json_t *rt_difftext_json(const retort_diff *diff)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < retort_diff_count(diff); i++)
		json_array_append_new(list,
				      json_entry(retort_diff_at(diff, i)));
	return list;
}

json_t *rt_difftext_json_ignored(const retort_schema *schema)
{
	json_t *list = json_array();
	const char *kind;
	size_t i, n;

	for (i = 0; (n = retort_schema_ignored(schema, i, &kind)) != 0; i++) {
		json_t *o = json_object();

		rt_json_set_string(o, "kind", kind);
		rt_json_set_int(o, "count", (long long)n);
		json_array_append_new(list, o);
	}
	return list;
}
