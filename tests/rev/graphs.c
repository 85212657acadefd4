/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "rev/graphs.h"

#include "base/alloc.h"
#include "base/str.h"

/* The words between `sep`, in the arena. */
static retort_names split(rt_arena *arena, rt_sv text, char sep)
{
	const char **v = rt_arena_calloc(arena, text.n + 1, sizeof(*v));
	size_t n = 0;
	rt_sv piece;

	while (text.n && rt_sv_split(&text, sep, &piece))
		v[n++] = rt_arena_strsv(arena, piece);
	return (retort_names){ v, n };
}

/* Cut what follows `mark` off the end of *text. */
static rt_sv cut(rt_sv *text, char mark)
{
	size_t at = rt_sv_find(*text, mark);
	rt_sv tail = rt_sv_sub(*text, at + 1, text->n);

	text->n = at;
	return tail;
}

static int add(retort_graph *g, rt_sv spec, retort_error *err)
{
	rt_arena *arena = rt_graph_arena(g);
	rt_sv labels = cut(&spec, '#'), deps = cut(&spec, '+');
	rt_sv down = cut(&spec, '<');
	retort_revision rev = { 0 };

	rev.id = rt_arena_strsv(arena, spec);
	rev.message = rev.doc = rev.created = "";
	rev.path = rt_arena_strf(arena, "/v/%s.sql", rev.id);
	rev.down = split(arena, down, ',');
	rev.depends_on = split(arena, deps, ',');
	rev.labels = split(arena, labels, ',');
	return rt_graph_add(g, &rev, err);
}

int graph_add(retort_graph *g, const char *spec, retort_error *err)
{
	return add(g, rt_sv_from(spec), err);
}

retort_graph *graph_try(const char *specs, retort_error *err)
{
	retort_graph *g = rt_graph_new();
	rt_sv rest = rt_sv_from(specs), word;
	int rc = 0;

	while (rc >= 0 && rest.n && rt_sv_split(&rest, ' ', &word))
		rc = add(g, word, err);
	if (rc >= 0)
		rc = rt_graph_seal(g, err);
	if (rc >= 0)
		return g;
	retort_graph_free(g);
	return NULL;
}

retort_graph *graph_from(const char *specs)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_graph *g = graph_try(specs, &err);

	if (!g)
		fail_msg("%s: %s", specs, err.message);
	return g;
}

static retort_names strings(rt_arena *arena, const json_t *array)
{
	size_t n = json_array_size(array), i;
	const char **v = rt_arena_calloc(arena, n + 1, sizeof(*v));

	for (i = 0; i < n; i++)
		v[i] = rt_arena_strdup(arena,
			json_string_value(json_array_get(array, i)));
	return (retort_names){ v, n };
}

retort_graph *graph_from_json(const json_t *nodes, retort_error *err)
{
	retort_graph *g = rt_graph_new();
	rt_arena *arena = rt_graph_arena(g);
	size_t i;
	int rc = 0;

	for (i = 0; i < json_array_size(nodes) && rc >= 0; i++) {
		const json_t *node = json_array_get(nodes, i);
		retort_revision rev = { 0 };

		rev.id = rt_arena_strdup(arena,
			json_string_value(json_array_get(node, 0)));
		rev.message = rev.doc = rev.created = "";
		rev.path = rt_arena_strf(arena, "/v/%s.sql", rev.id);
		rev.down = strings(arena, json_array_get(node, 1));
		rev.depends_on = strings(arena, json_array_get(node, 2));
		rev.labels = strings(arena, json_array_get(node, 3));
		rc = rt_graph_add(g, &rev, err);
	}
	if (rc >= 0)
		rc = rt_graph_seal(g, err);
	if (rc >= 0)
		return g;
	retort_graph_free(g);
	return NULL;
}

char *list_text(const retort_list *list)
{
	rt_str s = RT_STR_INIT;
	size_t i;

	for (i = 0; i < list->n; i++)
		rt_str_addf(&s, "%s%s", i ? " " : "", list->v[i]->id);
	return rt_str_take(&s);
}

char *names_text(const retort_names *names)
{
	rt_str s = RT_STR_INIT;
	size_t i;

	for (i = 0; i < names->n; i++)
		rt_str_addf(&s, "%s%s", i ? " " : "", names->v[i]);
	return rt_str_take(&s);
}

retort_names names_from_json(const json_t *array)
{
	size_t n = json_array_size(array), i;
	const char **v = rt_calloc(n + 1, sizeof(*v));

	for (i = 0; i < n; i++)
		v[i] = json_string_value(json_array_get(array, i));
	return (retort_names){ v, n };
}

unsigned dice_roll(dice *d, unsigned sides)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (unsigned)((z ^ (z >> 31)) % sides);
}

/* "<r1,r3" or "+r2": up to `most` different earlier revisions. */
static void add_some(dice *d, rt_str *s, char mark, unsigned i, unsigned most)
{
	unsigned k, n = i ? dice_roll(d, most + 1) : 0;

	for (k = 0; k < n; k++) {
		/* Mostly near ones, so that there are long lines too. */
		unsigned span = dice_roll(d, 3) && i > 4 ? 4 : i;

		rt_str_addf(s, "%cr%u", k ? ',' : mark,
			    i - 1 - dice_roll(d, span));
	}
}

retort_graph *graph_random(dice *d, unsigned n, bool deps)
{
	retort_graph *g = rt_graph_new();
	retort_error err = RETORT_ERROR_INIT;
	unsigned *order = rt_calloc(n + 1, sizeof(*order)), i, k;

	for (i = 0; i < n; i++)
		order[i] = i;
	for (i = n; i > 1; i--) {
		unsigned swap = order[i - 1];

		k = dice_roll(d, i);
		order[i - 1] = order[k];
		order[k] = swap;
	}
	for (i = 0; i < n; i++) {
		rt_str spec = RT_STR_INIT;

		rt_str_addf(&spec, "r%u", order[i]);
		add_some(d, &spec, '<', order[i], dice_roll(d, 3) ? 1 : 3);
		if (deps && !dice_roll(d, 3))
			add_some(d, &spec, '+', order[i], 2);
		if (!dice_roll(d, 8))
			rt_str_addf(&spec, "#L%u", order[i]);
		assert_int_equal(graph_add(g, spec.p, &err), 0);
		rt_str_free(&spec);
	}
	free(order);
	rt_assert_ok(rt_graph_seal(g, &err), &err);
	return g;
}
