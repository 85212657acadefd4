/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/step/ids.h"

#include <string.h>

#include "base/err.h"
#include "base/names.h"
#include "base/utf8.h"

void rt_ids_set(rt_ids *rows, retort_names names)
{
	size_t i;

	rows->n = 0;
	for (i = 0; i < names.n; i++)
		rt_vec_push(rows, names.v[i]);
}

void rt_ids_copy(rt_ids *rows, const rt_ids *from)
{
	rt_ids_set(rows, (retort_names){ from->v, from->n });
}

static size_t find(const rt_ids *rows, const char *id)
{
	size_t i;

	for (i = 0; i < rows->n; i++)
		if (strcmp(rows->v[i], id) == 0)
			return i;
	return rows->n;
}

static void change(rt_ids *rows, const retort_row_change *c)
{
	size_t at =
	    c->kind == RETORT_ROW_INSERT ? rows->n : find(rows, c->old_id);

	if (at < rows->n)
		rows->v[at] = rows->v[--rows->n];
	if (c->kind != RETORT_ROW_DELETE)
		rt_vec_push(rows, c->new_id);
}

void rt_ids_step(rt_ids *rows, const retort_step *step)
{
	size_t i;

	for (i = 0; i < step->n_changes; i++)
		change(rows, &step->changes[i]);
}

bool rt_ids_match(const rt_ids *rows, retort_names names)
{
	size_t i;

	for (i = 0; i < names.n; i++)
		if (find(rows, names.v[i]) == rows->n)
			return false;
	return rows->n == names.n;
}

void rt_ids_describe(retort_names names, rt_str *out)
{
	rt_ids sorted = RT_VEC_INIT;
	size_t i;

	rt_ids_set(&sorted, names);
	rt_names_sort(sorted.v, sorted.n);
	for (i = 0; i < sorted.n; i++)
		rt_str_addf(out, "%s%s",
			    i == 0              ? ""
			    : i + 1 == sorted.n ? " and "
						: ", ",
			    sorted.v[i]);
	if (!sorted.n)
		rt_str_add(out, "base");
	rt_vec_free(&sorted);
}

static size_t new_length(const retort_row_change *change)
{
	return change->new_id ? rt_utf8_count(rt_sv_from(change->new_id)) : 0;
}

size_t rt_ids_longest(const retort_step *step)
{
	size_t i, n, longest = 0;

	for (i = 0; i < step->n_changes; i++) {
		n = new_length(&step->changes[i]);
		longest = n > longest ? n : longest;
	}
	return longest;
}

int rt_ids_check(const retort_step *step, const char *table, size_t limit,
		 retort_error *err)
{
	size_t i, n;
	int rc;

	for (i = 0; i < step->n_changes; i++) {
		n = new_length(&step->changes[i]);
		if (n <= limit)
			continue;
		rc = rt_err_set(err, RETORT_EREFUSED,
				"the id %s has %zu characters, and "
				"%s.version_num holds %zu",
				step->changes[i].new_id, n, table, limit);
		rt_err_field(err, RETORT_ERROR_REVISION, "%s",
			     step->changes[i].new_id);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "give the revision a shorter id, or widen the "
			     "column");
		return rc;
	}
	return 0;
}
