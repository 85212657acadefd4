/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/conflicttext.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "ui/github.h"
#include "ui/json.h"

enum { ID_SHOWN = 12, FILES_SHOWN = 12 };

/* --- for people ---------------------------------------------------------- */

static void print_side(rt_out *o, const retort_compared *side)
{
	rt_out_field(o, RT_ROLE_LABEL, side->name);
	rt_out_printf(o, " (%.*s", ID_SHOWN, side->commit);
	if (side->changed.n)
		rt_out_printf(o, " and %zu changed file%s", side->changed.n,
			      side->changed.n == 1 ? "" : "s");
	rt_out_printf(o, ")");
}

static void print_head(rt_out *o, const retort_conflicts *c)
{
	retort_names bases = retort_conflicts_bases(c);
	size_t i;

	print_side(o, retort_conflicts_side(c, RETORT_OURS));
	rt_out_printf(o, " into ");
	print_side(o, retort_conflicts_side(c, RETORT_THEIRS));
	for (i = 0; i < bases.n; i++)
		rt_out_printf(o, "%s%.*s", i ? " and " : ", base ", ID_SHOWN,
			      bases.v[i]);
	rt_out_printf(o, "\n");
}

static void print_file(rt_out *o, const retort_conflicts *c,
		       const retort_conflict_file *file)
{
	rt_out_printf(o, "  ");
	rt_out_field(o, RT_ROLE_DIM, file->path);
	if (file->line)
		rt_out_printf(o, ":%d", file->line);
	if (file->sides == RETORT_OURS || file->sides == RETORT_THEIRS) {
		rt_out_printf(o, " (");
		rt_out_field(o, RT_ROLE_LABEL,
			     retort_conflicts_side(c, file->sides)->name);
		rt_out_printf(o, ")");
	}
	rt_out_printf(o, "\n");
}

static void print_detail(rt_out *o, const char *detail)
{
	rt_sv rest = rt_sv_from(detail), line;

	while (rt_sv_line(&rest, &line)) {
		rt_out_printf(o, "    ");
		rt_out_lines(o, RT_ROLE_PLAIN, line);
		rt_out_printf(o, "\n");
	}
}

static void print_conflict(rt_out *o, const retort_conflicts *c,
			   const retort_conflict *found)
{
	size_t i;

	rt_out_style(o, found->note ? RT_ROLE_WARNING : RT_ROLE_ERROR, "%s",
		     retort_conflict_word(found->id));
	if (found->note)
		rt_out_field(o, RT_ROLE_DIM, " (note)");
	rt_out_printf(o, ": ");
	rt_out_field(o, RT_ROLE_PLAIN, found->message);
	rt_out_printf(o, "\n");
	for (i = 0; i < found->n_files && i < FILES_SHOWN; i++)
		print_file(o, c, &found->files[i]);
	if (i < found->n_files)
		rt_out_printf(o, "  ... and %zu more\n", found->n_files - i);
	print_detail(o, found->detail);
	if (*found->next) {
		rt_out_printf(o, "  ");
		rt_out_field(o, RT_ROLE_GOOD, "next:");
		rt_out_printf(o, " ");
		rt_out_field(o, RT_ROLE_PLAIN, found->next);
		rt_out_printf(o, "\n");
	}
}

static void print_limits(rt_out *o, const retort_conflicts *c,
			 const char *database)
{
	retort_names limits = retort_conflicts_limits(c);
	size_t i;

	for (i = 0; i < limits.n; i++) {
		rt_out_field(o, RT_ROLE_WARNING, "unknown");
		rt_out_printf(o, ": ");
		rt_out_field(o, RT_ROLE_PLAIN, limits.v[i]);
		rt_out_printf(o, "\n");
	}
	if (!database)
		return;
	rt_out_field(o, RT_ROLE_DIM, "unknown");
	rt_out_printf(o, ": ");
	rt_out_field(o, RT_ROLE_DIM, database);
	rt_out_printf(o, "\n");
}

static void print_count(rt_out *o, const retort_conflicts *c)
{
	size_t n = retort_conflicts_serious(c);
	size_t notes = retort_conflicts_count(c) - n;

	if (n)
		rt_out_style(o, RT_ROLE_ERROR, "%zu conflict%s", n,
			     n == 1 ? "" : "s");
	else
		rt_out_field(o, RT_ROLE_GOOD, "no conflicts");
	if (notes)
		rt_out_printf(o, ", %zu note%s", notes,
			      notes == 1 ? "" : "s");
	rt_out_printf(o, "\n");
}

void rt_conflicttext_print(rt_out *o, const retort_conflicts *c,
			   const char *database)
{
	size_t i;

	print_head(o, c);
	for (i = 0; i < retort_conflicts_count(c); i++)
		print_conflict(o, c, retort_conflicts_at(c, i));
	print_limits(o, c, database);
	print_count(o, c);
}

/* --- for GitHub ---------------------------------------------------------- */

/* The file that is annotated: one that the pull request brings. */
static const retort_conflict_file *choose(const retort_conflict *found)
{
	size_t i;

	for (i = 0; i < found->n_files; i++)
		if (found->files[i].sides == RETORT_OURS)
			return &found->files[i];
	return found->n_files ? &found->files[0] : NULL;
}

static void annotate(rt_out *o, const retort_conflict *found)
{
	const retort_conflict_file *file = choose(found);
	char *title = rt_strf("retort %s", retort_conflict_word(found->id));

	rt_github_annotate(o, found->note ? "notice" : "error",
			   file ? file->path : NULL, file ? file->line : 0, 0,
			   title, found->message, found->next);
	free(title);
}

static void warn(rt_out *o, const char *kind, const char *text)
{
	rt_github_annotate(o, kind, NULL, 0, 0, "retort conflicts", text, "");
}

void rt_conflicttext_github(rt_out *o, const retort_conflicts *c,
			    const char *database)
{
	const retort_compared *a = retort_conflicts_side(c, RETORT_OURS);
	const retort_compared *b = retort_conflicts_side(c, RETORT_THEIRS);
	retort_names limits = retort_conflicts_limits(c);
	size_t i;

	rt_out_printf(o, "::notice title=retort conflicts::%s (%.*s) into %s "
			 "(%.*s): %zu conflict%s\n",
		      a->name, ID_SHOWN, a->commit, b->name, ID_SHOWN,
		      b->commit, retort_conflicts_serious(c),
			 retort_conflicts_serious(c) == 1 ? "" : "s");
	for (i = 0; i < retort_conflicts_count(c); i++)
		annotate(o, retort_conflicts_at(c, i));
	for (i = 0; i < limits.n; i++)
		warn(o, "warning", limits.v[i]);
	if (database)
		warn(o, "notice", database);
}

/* --- for programs -------------------------------------------------------- */

static json_t *json_side(const retort_compared *side)
{
	json_t *o = json_object();

	rt_json_set_string(o, "name", side->name);
	rt_json_set_string(o, "commit", side->commit);
	rt_json_set_bool(o, "working", side->working);
	rt_json_set(o, "changed", rt_json_names(&side->changed));
	rt_json_set_int(o, "revisions", (long long)side->revisions);
	rt_json_set(o, "own", rt_json_names(&side->own));
	rt_json_set(o, "heads", rt_json_names(&side->heads));
	return o;
}

static json_t *json_file(const retort_conflict_file *file)
{
	static const char *const words[] = { "base", "ours", "theirs",
					     "both" };
	json_t *o = json_object();

	rt_json_set_string(o, "side", words[file->sides & 3]);
	rt_json_set_string(o, "path", file->path);
	rt_json_set(o, "line",
		    file->line ? json_integer(file->line) : json_null());
	rt_json_set_string(o, "revision", file->revision);
	return o;
}

static json_t *json_conflict(const retort_conflict *found)
{
	json_t *o = json_object(), *files = json_array();
	size_t i;

	rt_json_set_string(o, "id", retort_conflict_word(found->id));
	rt_json_set_bool(o, "note", found->note);
	rt_json_set_string(o, "object", found->object);
	rt_json_set_string(o, "message", found->message);
	rt_json_set_string(o, "next", found->next);
	rt_json_set_string(o, "detail", found->detail);
	for (i = 0; i < found->n_files; i++)
		json_array_append_new(files, json_file(&found->files[i]));
	rt_json_set(o, "files", files);
	return o;
}

json_t *rt_conflicttext_json(const retort_conflicts *c, const char *database)
{
	retort_names bases = retort_conflicts_bases(c);
	retort_names heads = retort_conflicts_heads(c);
	retort_names limits = retort_conflicts_limits(c);
	json_t *o = json_object(), *list = json_array();
	size_t i;

	for (i = 0; i < retort_conflicts_count(c); i++)
		json_array_append_new(
			list, json_conflict(retort_conflicts_at(c, i)));
	rt_json_set(o, "ours",
		    json_side(retort_conflicts_side(c, RETORT_OURS)));
	rt_json_set(o, "theirs",
		    json_side(retort_conflicts_side(c, RETORT_THEIRS)));
	rt_json_set(o, "bases", rt_json_names(&bases));
	rt_json_set(o, "heads", rt_json_names(&heads));
	rt_json_set_string(o, "database", database);
	rt_json_set(o, "limits", rt_json_names(&limits));
	rt_json_set(o, "conflicts", list);
	rt_json_set_int(o, "serious",
			(long long)retort_conflicts_serious(c));
	return o;
}

char *rt_conflicttext_ids(const retort_conflicts *c)
{
	rt_str s = RT_STR_INIT;
	bool seen[RETORT_CONFLICT_COUNT] = { false };
	size_t i;

	for (i = 0; i < retort_conflicts_count(c); i++) {
		const retort_conflict *found = retort_conflicts_at(c, i);

		if (found->note || seen[found->id])
			continue;
		seen[found->id] = true;
		rt_str_addf(&s, "%s%s", s.n ? ", " : "",
			    retort_conflict_word(found->id));
	}
	return rt_str_take(&s);
}
