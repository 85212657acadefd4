/* SPDX-License-Identifier: MIT */
/*
 * Reading PostgreSQL's catalog: the conversation.
 *
 * Everything is asked in one message, in one snapshot, with the settings
 * that decide how the server prints things.  A transaction that is open
 * already gets a savepoint instead, which takes the settings back.
 */
#include "config.h"

#include "db/inspect_postgres.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"

enum { OLDEST = 120000 };

static const char settings[] =
	"SELECT set_config('search_path', 'public', true), "
	"set_config('DateStyle', 'ISO', true), "
	"set_config('IntervalStyle', 'postgres', true), "
	"set_config('TimeZone', 'UTC', true), "
	"set_config('extra_float_digits', '3', true), "
	"set_config('bytea_output', 'hex', true), "
	"set_config('quote_all_identifiers', 'off', true), "
	"set_config('standard_conforming_strings', 'on', true), "
	/* compiling the queries takes longer than running them */
	"set_config('jit', 'off', true)";

size_t rt_pg_add(rt_pg_reader *r, retort_kind kind, const char *schema,
		 const char *name, size_t parent)
{
	rt_pg_known known = { kind, parent, NULL, NULL, 0 };
	size_t ordinal = 0;

	known.schema = rt_arena_strdup(&r->arena, schema);
	known.name = rt_arena_strdup(&r->arena, name);
	if (kind == RETORT_KIND_COLUMN)
		ordinal = ++r->known.v[parent].columns;
	rt_vec_push(&r->known, known);
	return rt_schema_add(r->builder, kind, rt_sv_from(schema),
			     rt_sv_from(name), parent, ordinal);
}

static const char *address(rt_arena *arena, const char *class_oid,
			   const char *oid, const char *column)
{
	return rt_arena_strf(arena, "%s/%s/%s", class_oid, oid, column);
}

void rt_pg_address(rt_pg_reader *r, size_t object, const char *class_oid,
		   const char *oid, const char *column)
{
	rt_map_add(&r->addresses,
		   rt_sv_from(address(&r->arena, class_oid, oid, column)),
		   object);
}

size_t rt_pg_find(const rt_pg_reader *r, const char *class_oid,
		  const char *oid, const char *column)
{
	rt_str key = RT_STR_INIT;
	rt_map_entry *found;

	rt_str_addf(&key, "%s/%s/%s", class_oid, oid, column);
	found = rt_map_find(&r->addresses, rt_str_sv(&key));
	rt_str_free(&key);
	if (!found && strcmp(column, "0"))
		return rt_pg_find(r, class_oid, oid, "0");
	return found ? found->value : RT_NO_OBJECT;
}

void rt_pg_set(rt_pg_reader *r, size_t object, rt_property property,
	       const char *text)
{
	if (text && *text)
		rt_schema_set(r->builder, object, property, rt_sv_from(text));
}

/* What stands in braces, which nest; *rest behind them. */
static rt_sv take_braced(rt_sv *rest)
{
	size_t start = rt_sv_find(*rest, '{') + 1, end = start, depth = 1;
	rt_sv part;

	for (; end < rest->n; end++) {
		depth += rest->p[end] == '{';
		depth -= rest->p[end] == '}';
		if (depth == 0)
			break;
	}
	part = rt_sv_sub(*rest, start, end - start);
	*rest = rt_sv_sub(*rest, end + 1, rest->n);
	return part;
}

/* The query for this server. */
static void expand(rt_sv rest, int version, rt_str *out)
{
	while (rest.n) {
		size_t at = rt_sv_find(rest, '@');
		rt_sv since, before;
		long major;

		rt_str_addsv(out, rt_sv_sub(rest, 0, at));
		rest = rt_sv_sub(rest, at, rest.n);
		if (!rest.n)
			break;
		major = strtol(rest.p + 1, NULL, 10);
		since = take_braced(&rest);
		before = take_braced(&rest);
		expand(version / 10000 >= major ? since : before, version,
		       out);
	}
}

/* Asks who the server is and what "the default schema" means here. */
static int ask_version(rt_conn *conn, rt_pg_reader *r, retort_error *err)
{
	rt_answer answer;
	const char *schema;
	int rc;

	rc = rt_conn_query(conn,
			   "SELECT current_setting('server_version_num'), "
			   "current_schema()",
			   &answer, err);
	if (rc)
		return rc;
	r->version = (int)strtol(rt_answer_cell(&answer, 0, 0), NULL, 10);
	schema = rt_answer_cell(&answer, 0, 1);
	r->default_schema = rt_arena_strdup(&r->arena,
					    schema ? schema : "public");
	if (r->version < OLDEST)
		return rt_err_set(err, RETORT_EUNSUPPORTED,
				  "PostgreSQL %d is too old to read a schema "
				  "from: 12 is the oldest that is known",
				  r->version / 10000);
	return 0;
}

typedef RT_VEC(rt_batch_item) batch;

static void push(batch *items, const char *sql)
{
	rt_batch_item item = { rt_sv_from(sql), { NULL, 0 } };

	rt_vec_push(items, item);
}

enum { FIRST_CATALOG = 2 }; /* behind BEGIN and the settings */

/* NULL behind the last. */
static const rt_pg_catalog *catalog_at(size_t i)
{
	static const rt_pg_catalog *const lists[] = {
		rt_pg_alone, rt_pg_tables, rt_pg_links
	};
	size_t k, n;

	for (k = 0; k < sizeof(lists) / sizeof(lists[0]); k++) {
		for (n = 0; lists[k][n].sql; n++)
			if (i-- == 0)
				return &lists[k][n];
	}
	return NULL;
}

static void compose(rt_pg_reader *r, bool nested, batch *items)
{
	const rt_pg_catalog *catalog;
	rt_str sql = RT_STR_INIT;
	size_t i;

	push(items, nested ? "SAVEPOINT retort_inspect" :
			     "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
	push(items, settings);
	for (i = 0; (catalog = catalog_at(i)); i++) {
		rt_str_clear(&sql);
		expand(rt_sv_from(catalog->sql), r->version, &sql);
		push(items, rt_arena_strdup(&r->arena, sql.p));
	}
	rt_str_free(&sql);
	if (nested) {
		push(items, "ROLLBACK TO SAVEPOINT retort_inspect");
		push(items, "RELEASE SAVEPOINT retort_inspect");
	} else {
		push(items, "COMMIT");
	}
}

static void take_rows(rt_pg_reader *r, const rt_answer *answer)
{
	const rt_pg_catalog *catalog;
	size_t i;

	if (answer->item < FIRST_CATALOG)
		return;
	catalog = catalog_at(answer->item - FIRST_CATALOG);
	if (!catalog)
		return;
	RT_ASSERT(answer->n_columns ==
		  catalog->n_columns + catalog->n_properties);
	for (i = 0; i < answer->n_rows; i++)
		catalog->row(r, catalog,
			     answer->cells + i * answer->n_columns);
}

/* After a failure: the caller's transaction as it was, ours gone.  What fails
 * here fails because the connection is lost, which is known already. */
static void undo(rt_conn *conn, bool nested)
{
	static const char *const back[] = {
		"ROLLBACK TO SAVEPOINT retort_inspect",
		"RELEASE SAVEPOINT retort_inspect",
	};
	static const char *const end[] = { "ROLLBACK" };
	int rc;

	if (!rt_conn_in_transaction(conn))
		return;
	rc = rt_conn_run(conn, nested ? back : end, nested ? 2 : 1, NULL);
	(void)rc;
}

static int read_catalogs(rt_conn *conn, rt_pg_reader *r, retort_error *err)
{
	bool nested = rt_conn_in_transaction(conn);
	batch items = RT_VEC_INIT;
	rt_answer answer;
	int rc;

	compose(r, nested, &items);
	rc = rt_conn_send(conn, items.v, items.n, err);
	while (rc == 0) {
		rc = rt_conn_receive(conn, -1, &answer, err);
		if (rc <= 0)
			break;
		take_rows(r, &answer);
		rc = 0;
	}
	if (rc) {
		rt_err_prefix(err, "reading the catalog");
		undo(conn, nested);
	}
	rt_vec_free(&items);
	return rc;
}

static int pg_inspect(rt_conn *conn, const rt_inspect_options *options,
		      retort_schema **schema, retort_error *err)
{
	rt_pg_reader r = { .options = options };
	int rc;

	*schema = NULL;
	rc = ask_version(conn, &r, err);
	if (rc)
		goto out;
	r.builder = rt_schema_begin(RETORT_DIALECT_POSTGRESQL, r.version);
	rc = read_catalogs(conn, &r, err);
	if (rc == 0) {
		*schema = rt_schema_end(r.builder);
		r.builder = NULL;
	}
out:
	rt_schema_drop(r.builder);
	rt_map_free(&r.addresses);
	rt_map_free(&r.names);
	rt_map_free(&r.owners);
	rt_vec_free(&r.known);
	rt_vec_free(&r.sequences);
	rt_arena_free(&r.arena);
	return rc;
}

const rt_inspector rt_inspector_postgres = {
	.dialect = RETORT_DIALECT_POSTGRESQL,
	.inspect = pg_inspect,
};
