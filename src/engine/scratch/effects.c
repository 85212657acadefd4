/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/scratch/effects.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fs.h"
#include "engine/project/project.h"
#include "engine/project/schema.h"
#include "engine/scratch/scratch.h"
#include "text/checksum.h"

struct retort_measure {
	retort_project *project;
	char *cache;         /* NULL = none */
	bool anew;           /* the cache is written only */
	rt_scratch *scratch; /* NULL before the first measurement */
	bool *applied;       /* which revisions the scratch database has */
};

void retort_measure_open(retort_measure **out, retort_project *project,
			 const char *cache)
{
	*out = rt_calloc(1, sizeof(**out));
	(*out)->project = project;
	(*out)->cache = cache ? rt_strdup(cache) : NULL;
}

void retort_measure_anew(retort_measure *measure, bool anew)
{
	measure->anew = anew;
}

static void forget_scratch(retort_measure *m)
{
	rt_scratch_close(m->scratch);
	free(m->applied);
	m->scratch = NULL;
	m->applied = NULL;
}

void retort_measure_close(retort_measure *measure)
{
	if (!measure)
		return;
	forget_scratch(measure);
	free(measure->cache);
	free(measure);
}

void retort_effects_free(retort_effects *effects)
{
	if (!effects)
		return;
	rt_vec_free(&effects->list);
	rt_arena_free(&effects->arena);
	free(effects);
}

size_t retort_effects_count(const retort_effects *effects)
{
	return effects->list.n - 1;
}

const retort_effect *retort_effects_at(const retort_effects *effects, size_t i)
{
	return i < retort_effects_count(effects) ? &effects->list.v[i] : NULL;
}

const retort_effect *retort_effects_total(const retort_effects *effects)
{
	return &effects->list.v[effects->list.n - 1];
}

/* --- the state that a step begins in --- */

/* The revision's ancestors; with itself where the step goes down. */
static int state_before(retort_measure *m, const retort_revision *revision,
			retort_op op, bool **wanted, retort_error *err)
{
	const retort_graph *graph;
	int rc;

	*wanted = NULL;
	rc = retort_project_graph(m->project, &graph, err);
	if (rc)
		return rc;
	*wanted = rt_calloc(retort_graph_count(graph) + 1, sizeof(**wanted));
	rc = retort_graph_applied(graph, &(retort_names){ &revision->id, 1 },
				  *wanted, err);
	if (rc == 0 && op == RETORT_OP_UPGRADE)
		(*wanted)[revision->index] = false;
	return rc;
}

/* Go on from where the last step left the scratch database, if that leads
 * there; else from an empty one. */
static int bring_to(retort_measure *m, const bool *wanted, retort_error *err)
{
	const retort_graph *graph;
	bool *missing;
	size_t i, n;
	int rc;

	rc = retort_project_graph(m->project, &graph, err);
	if (rc)
		return rc;
	n = retort_graph_count(graph);
	for (i = 0; m->applied && i < n; i++)
		if (m->applied[i] && !wanted[i])
			forget_scratch(m);
	if (!m->scratch) {
		rc = rt_scratch_open(&m->scratch, m->project, err);
		m->applied = rt_calloc(n + 1, sizeof(*m->applied));
	}
	missing = rt_calloc(n + 1, sizeof(*missing));
	for (i = 0; i < n; i++)
		missing[i] = wanted[i] && !m->applied[i];
	if (rc == 0)
		rc = rt_scratch_replay(m->scratch, missing, err);
	if (rc == 0)
		memcpy(m->applied, wanted, n * sizeof(*wanted));
	free(missing);
	return rc;
}

/* --- measuring --- */

static void copy_entries(rt_arena *arena, const retort_diff *diff,
			 retort_effect *effect)
{
	size_t i, n = retort_diff_count(diff);
	retort_diff_entry *list = rt_arena_calloc(arena, n + 1, sizeof(*list));

	for (i = 0; i < n; i++) {
		const retort_diff_entry *from = retort_diff_at(diff, i);
		retort_diff_entry *to = &list[i];

		*to = *from;
		to->name = rt_arena_strdup(arena, from->name);
		to->property = rt_arena_strdup(arena, from->property);
		to->before = rt_arena_strdup(arena, from->before);
		to->after = rt_arena_strdup(arena, from->after);
	}
	effect->entries = list;
	effect->n_entries = n;
}

/* The schema now against the one before; *now takes its place. */
static int see_change(retort_measure *m, rt_arena *arena, retort_schema **now,
		      retort_effect *effect, retort_error *err)
{
	retort_schema *after = NULL;
	retort_diff *diff = NULL;
	int rc = rt_scratch_schema(m->scratch, &after, err);

	if (rc == 0)
		rc = retort_diff_make(&diff, *now, after, err);
	if (rc == 0)
		copy_entries(arena, diff, effect);
	retort_diff_free(diff);
	if (rc) {
		retort_schema_free(after);
		return rc;
	}
	retort_schema_free(*now);
	*now = after;
	return 0;
}

/* Statements that only change rows; the total would show if one of them did
 * more, by a function it calls. */
static bool only_rows(const retort_statement *s)
{
	static const char *const words[] = { "insert", "update", "delete",
					     "copy" };
	rt_sv word = { s->sql, 0 };
	size_t i;

	while (word.n < s->length && (s->sql[word.n] | 0x20) >= 'a' &&
	       (s->sql[word.n] | 0x20) <= 'z')
		word.n++;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_sv_is_nocase(word, words[i]))
			return true;
	return false;
}

static int measure_statements(retort_measure *m, const char *path,
			      const retort_script *script, rt_locks *locks,
			      retort_schema **now, retort_effects *out,
			      retort_error *err)
{
	size_t i, n = retort_script_count(script);
	int rc = 0;

	for (i = 0; i < n && rc == 0; i++) {
		retort_effect effect = { NULL, 0, NULL, 0, "" };

		if (!retort_script_in_transaction(script))
			effect.unmeasured = "runs outside a transaction";
		rc = rt_scratch_run_script(m->scratch, path, script, i, i + 1,
					   err);
		if (rc == 0)
			rc = rt_locks_look(locks, &out->arena, &effect, err);
		if (rc == 0 && !only_rows(retort_script_statement(script, i)))
			rc = see_change(m, &out->arena, now, &effect, err);
		rt_vec_push(&out->list, effect);
	}
	return rc;
}

/* The script, in the transaction that it wants. */
static int measure_script(retort_measure *m, const char *path,
			  const retort_script *script, retort_schema **now,
			  retort_effects *out, retort_error *err)
{
	rt_conn *conn = rt_scratch_conn(m->scratch);
	rt_locks *locks = NULL;
	int rc = 0;

	if (retort_script_in_transaction(script)) {
		rc = rt_conn_exec(conn, "BEGIN", err);
		if (rc == 0)
			rc = rt_locks_begin(&locks, conn, err);
	}
	if (rc == 0)
		rc = measure_statements(m, path, script, locks, now, out, err);
	if (rc == 0 && rt_conn_in_transaction(conn))
		rc = rt_conn_exec(conn, "COMMIT", err);
	rt_locks_free(locks);
	return rc ? rc : rt_scratch_settle(m->scratch, err);
}

static int measure_total(retort_measure *m, retort_schema **first,
			 retort_effects *out, retort_error *err)
{
	retort_effect total = { NULL, 0, NULL, 0, "" };
	int rc = see_change(m, &out->arena, first, &total, err);

	rt_vec_push(&out->list, total);
	return rc;
}

static int measure(retort_measure *m, const retort_revision *revision,
		   retort_op op, retort_effects *out, retort_error *err)
{
	retort_schema *first = NULL, *now = NULL;
	retort_script *script = NULL;
	int rc;

	rc = retort_project_script(m->project, revision, op,
				   rt_conn_dialect(rt_scratch_conn(m->scratch)),
				   &script, err);
	if (rc == 0)
		rc = rt_scratch_schema(m->scratch, &first, err);
	if (rc == 0)
		rc = rt_scratch_schema(m->scratch, &now, err);
	if (rc == 0)
		rc = measure_script(m, revision->path, script, &now, out, err);
	if (rc == 0)
		rc = measure_total(m, &first, out, err);
	retort_script_free(script);
	retort_schema_free(first);
	retort_schema_free(now);
	return rc;
}

/* --- the cache --- */

static int add_file(rt_str *facts, const retort_revision *revision,
		    retort_error *err)
{
	rt_str text = RT_STR_INIT;
	char hex[RT_CHECKSUM_HEX];
	int rc = rt_fs_read(revision->path, RT_FS_LIMIT, &text, err);

	if (rc == 0) {
		rt_checksum_raw(rt_str_sv(&text), hex);
		rt_str_addf(facts, "%s %s\n", revision->id, hex);
	}
	rt_str_free(&text);
	return rc;
}

/* All that the effects depend on, as the name of a file. */
static int cache_path(retort_measure *m, const retort_revision *revision,
		      retort_op op, const bool *wanted, char **path,
		      retort_error *err)
{
	const retort_graph *graph;
	retort_list order = RETORT_LIST_INIT;
	rt_str facts = RT_STR_INIT;
	char hex[RT_CHECKSUM_HEX];
	size_t i;
	int rc;

	rt_str_addf(&facts, "%s %s %s\n", RETORT_VERSION, retort_op_name(op),
		    retort_project_url_shown(m->project));
	rc = retort_project_graph(m->project, &graph, err);
	if (rc == 0)
		rc = retort_graph_history(graph, NULL, NULL, &order, err);
	for (i = 0; i < order.n && rc == 0; i++)
		if (wanted[order.v[i]->index])
			rc = add_file(&facts, order.v[i], err);
	if (rc == 0)
		rc = add_file(&facts, revision, err);
	if (rc == 0) {
		rt_checksum_raw(rt_str_sv(&facts), hex);
		*path = rt_fs_join(m->cache, hex);
	}
	retort_list_dispose(&order);
	rt_str_free(&facts);
	return rc;
}

static retort_effects *read_cache(const char *path)
{
	rt_str text = RT_STR_INIT;
	retort_effects *effects = NULL;

	if (rt_fs_exists(path) &&
	    rt_fs_read(path, RT_FS_LIMIT, &text, NULL) == 0)
		effects = rt_effects_read(rt_str_sv(&text));
	rt_str_free(&text);
	return effects;
}

/* A cache that cannot be written is no error. */
static void write_cache(const retort_measure *m, const char *path,
			const retort_effects *effects)
{
	rt_str text = RT_STR_INIT;

	rt_effects_write(effects, &text);
	if (rt_fs_make_dirs(m->cache, NULL) == 0)
		(void)!rt_fs_write(path, rt_str_sv(&text), true, 0600, NULL);
	rt_str_free(&text);
}

/* --- */

/*
 * Begin with a step.
 *   out:  *wanted, what is applied before it; *path, where the cache has it,
 *         or NULL; both to be freed, after an error, too
 *         *effects, from the cache; NULL = not there
 */
static int begin(retort_measure *m, const retort_revision *revision,
		 retort_op op, bool **wanted, char **path,
		 retort_effects **effects, retort_error *err)
{
	int rc;

	*path = NULL;
	*effects = NULL;
	rc = state_before(m, revision, op, wanted, err);
	if (rc || !m->cache)
		return rc;
	rc = cache_path(m, revision, op, *wanted, path, err);
	if (rc == 0 && !m->anew)
		*effects = read_cache(*path);
	return rc;
}

int retort_measure_cached(retort_measure *m, const retort_revision *revision,
			  retort_op op, retort_effects **effects,
			  retort_error *err)
{
	bool *wanted;
	char *path;
	int rc = begin(m, revision, op, &wanted, &path, effects, err);

	free(path);
	free(wanted);
	return rc;
}

int retort_measure_step(retort_measure *m, const retort_revision *revision,
			retort_op op, retort_effects **effects,
			retort_error *err)
{
	bool *wanted;
	char *path;
	int rc = begin(m, revision, op, &wanted, &path, effects, err);

	if (rc == 0 && !*effects) {
		*effects = rt_calloc(1, sizeof(**effects));
		rc = bring_to(m, wanted, err);
		if (rc == 0)
			rc = measure(m, revision, op, *effects, err);
		if (rc == 0) {
			m->applied[revision->index] = op == RETORT_OP_UPGRADE;
			if (path)
				write_cache(m, path, *effects);
		} else {
			forget_scratch(m);
			retort_effects_free(*effects);
			*effects = NULL;
		}
	}
	free(path);
	free(wanted);
	return rc;
}
