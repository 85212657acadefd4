/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "revfmt/rewrite.h"

#include <string.h>

#include "revfmt/native.h"
#include "text/header.h"

static int check_ids(const retort_names *ids, retort_error *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < ids->n && !rc; i++)
		rc = rt_header_check_id(rt_sv_from(ids->v[i]), false, err);
	return rc;
}

/* The blanks in front of the old value stay; there is one at least. */
static void add_value(rt_sv old, const retort_names *parents, rt_str *out)
{
	size_t blanks = 0, i;

	while (blanks < old.n && strchr(" \t", old.p[blanks]))
		blanks++;
	if (!parents->n)
		return;
	if (blanks)
		rt_str_addn(out, old.p, blanks);
	else
		rt_str_addc(out, ' ');
	for (i = 0; i < parents->n; i++)
		rt_str_addf(out, "%s%s", i ? ", " : "", parents->v[i]);
}

int rt_native_set_parents(const char *path, rt_sv text,
			  const retort_names *parents, rt_str *out,
			  retort_error *err)
{
	rt_sv value;
	size_t start;
	int rc = check_ids(parents, err);

	if (!rc)
		rc = rt_header_find_down(path, text, &value, err);
	if (rc)
		return rc;
	start = (size_t)(value.p - text.p);
	rt_str_addn(out, text.p, start);
	add_value(value, parents, out);
	rt_str_addsv(out, rt_sv_sub(text, start + value.n, text.n));
	return 0;
}

/* Where the line with this number begins. */
static size_t line_start(rt_sv text, int number)
{
	rt_sv rest = text, line;

	while (--number > 0 && rt_sv_line(&rest, &line))
		;
	return text.n - rest.n;
}

int rt_native_set_sections(const char *path, rt_sv text,
			   const retort_section *sections, size_t n,
			   rt_str *out, retort_error *err)
{
	rt_sections old = RT_VEC_INIT;
	size_t i;
	int rc;

	rc = rt_native_sections(path, text, &old, err);
	if (rc == 0)
		rt_str_addsv(out, rt_sv_sub(text, 0,
					    line_start(text, old.v[0].line)));
	for (i = 0; i < n && rc == 0; i++)
		rt_str_addf(out, "%s-- migrate:%s%s\n%s", i ? "\n" : "",
			    sections[i].op == RETORT_OP_UPGRADE ? "up" : "down",
			    sections[i].transaction ? "" : " transaction:false",
			    sections[i].sql);
	rt_vec_free(&old);
	return rc;
}
