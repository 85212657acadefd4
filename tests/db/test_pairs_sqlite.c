/* SPDX-License-Identifier: MIT */
/*
 * Any schema of the corpus becomes any other and is changed back, with rows
 * in its tables.  What both have in common must come through.
 */
#include "support/rt_test.h"

#include "base/alloc.h"
#include "schema/create_sqlite.h"
#include "support/lite_change.h"

enum { PAIRS_OF_EACH = 12, ROWS = 4 };

/* --- rows ----------------------------------------------------------------- */

static const char *text_of(const retort_schema *s, size_t object,
			   rt_property property)
{
	return rt_object_text(&s->v[object], property);
}

/* Something its type takes, and most checks do. */
static void add_value(rt_str *sql, const char *type, size_t row)
{
	if (type && (strstr(type, "TEXT") || strstr(type, "CHAR") ||
		     strstr(type, "CLOB")))
		rt_str_addf(sql, "'text %zu'", row);
	else if (type && strstr(type, "BLOB"))
		rt_str_addf(sql, "x'0%zu'", row);
	else
		rt_str_addf(sql, "%zu", row * 10);
}

static void fill_table(rt_conn *conn, const retort_schema *s, size_t table)
{
	rt_str into = RT_STR_INIT, values = RT_STR_INIT, sql = RT_STR_INIT;
	size_t row, at, i;

	for (row = 1; row <= ROWS; row++) {
		at = 0;
		rt_str_clear(&into);
		rt_str_clear(&values);
		rt_str_clear(&sql);
		while ((i = rt_schema_next(s, table, RETORT_KIND_COLUMN,
					   &at)) != RT_NO_OBJECT) {
			if (text_of(s, i, RT_PROPERTY_GENERATED))
				continue;
			rt_str_add(&into, into.n ? ", " : "");
			rt_str_add(&values, values.n ? ", " : "");
			rt_object_sql(&into, s, i);
			add_value(&values, text_of(s, i, RT_PROPERTY_TYPE),
				  row + i % 2);
		}
		rt_str_add(&sql, "INSERT INTO ");
		rt_object_sql(&sql, s, table);
		rt_str_addf(&sql, " (%s) VALUES (%s)", into.p, values.p);
		(void)!rt_conn_exec(conn, sql.p, NULL);
	}
	/* A counter that is ahead of its rows. */
	rt_str_clear(&sql);
	rt_str_add(&sql, "DELETE FROM ");
	rt_object_sql(&sql, s, table);
	if (text_of(s, table, RT_PROPERTY_AUTOINCREMENT)) {
		rt_str_add(&sql, " WHERE rowid = (SELECT max(rowid) FROM ");
		rt_object_sql(&sql, s, table);
		rt_str_addc(&sql, ')');
		(void)!rt_conn_exec(conn, sql.p, NULL);
	}
	rt_str_free(&into);
	rt_str_free(&values);
	rt_str_free(&sql);
}

static void fill(rt_conn *conn, const retort_schema *s)
{
	size_t at = 0, table;

	while ((table = rt_schema_next(s, RT_NO_OBJECT, RETORT_KIND_TABLE,
				       &at)) != RT_NO_OBJECT)
		fill_table(conn, s, table);
}

/* --- what must come through ----------------------------------------------- */

/* The name of the column that is the rowid; "" = none is. */
static const char *rowid_column(const retort_schema *s, size_t table)
{
	size_t key, column = rt_sqlite_key_column(s, table, &key);

	return rt_sqlite_has_rowid_column(s, table) ? s->v[column].name : "";
}

static bool keeps_rowid(const retort_schema *a, size_t table,
			const retort_schema *b, size_t again)
{
	return !text_of(a, table, RT_PROPERTY_WITHOUT_ROWID) &&
	       !text_of(b, again, RT_PROPERTY_WITHOUT_ROWID) &&
	       !strcmp(rowid_column(a, table), rowid_column(b, again));
}

/* The values of a column stay as they are where its type does. */
static bool is_carried(const retort_schema *a, size_t i,
		       const retort_schema *b, size_t k)
{
	const char *x = text_of(a, i, RT_PROPERTY_TYPE);
	const char *y = text_of(b, k, RT_PROPERTY_TYPE);

	return !text_of(a, i, RT_PROPERTY_GENERATED) &&
	       !text_of(b, k, RT_PROPERTY_GENERATED) &&
	       !strcmp(x ? x : "", y ? y : "");
}

static void add_rows(rt_str *out, rt_conn *conn, const retort_schema *a,
		     size_t table, const retort_schema *b, size_t again)
{
	rt_str sql = RT_STR_INIT, order = RT_STR_INIT;
	size_t at = 0, i, k, n = 1;
	char *text;

	rt_str_add(&sql, keeps_rowid(a, table, b, again) ?
				 "SELECT _rowid_" : "SELECT 'row'");
	while ((i = rt_schema_next(a, table, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT) {
		k = rt_schema_child(b, again, RETORT_KIND_COLUMN,
				    a->v[i].name);
		if (k == RT_NO_OBJECT || !is_carried(a, i, b, k))
			continue;
		rt_str_add(&sql, ", quote(");
		rt_object_sql(&sql, a, i);
		rt_str_addc(&sql, ')');
		rt_str_addf(&order, ", %zu", ++n);
	}
	rt_str_add(&sql, " FROM ");
	rt_object_sql(&sql, a, table);
	rt_str_addf(&sql, " ORDER BY 1%s", order.p);
	text = db_text(conn, sql.p);
	rt_str_addf(out, "%s:\n%s\n", a->v[table].name, text);
	free(text);
	rt_str_free(&sql);
	rt_str_free(&order);
}

static void add_counter(rt_str *out, rt_conn *conn, const char *table)
{
	char *sql = rt_strf("SELECT seq FROM sqlite_sequence WHERE name = "
			    "'%s'", table);
	char *text = db_text(conn, sql);

	rt_str_addf(out, "%s counts to %s\n", table, text);
	free(text);
	free(sql);
}

/* The rows and counters that the schemas have in common; caller frees. */
static char *common_rows(rt_conn *conn, const retort_schema *a,
			 const retort_schema *b)
{
	rt_str out = RT_STR_INIT;
	size_t at = 0, table, again;

	while ((table = rt_schema_next(a, RT_NO_OBJECT, RETORT_KIND_TABLE,
				       &at)) != RT_NO_OBJECT) {
		again = rt_schema_find(b, a->v[table].key);
		if (again == RT_NO_OBJECT)
			continue;
		add_rows(&out, conn, a, table, b, again);
		if (text_of(a, table, RT_PROPERTY_AUTOINCREMENT) &&
		    text_of(b, again, RT_PROPERTY_AUTOINCREMENT))
			add_counter(&out, conn, a->v[table].name);
	}
	return rt_str_take(&out);
}

/* --- the pairs ------------------------------------------------------------ */

/* Whether anything is dropped that holds rows or values. */
static bool loses(const retort_schema *a, const retort_schema *b)
{
	size_t i, k;

	for (i = 0; i < a->n; i++) {
		retort_kind kind = a->v[i].kind;

		if (kind != RETORT_KIND_TABLE &&
		    kind != RETORT_KIND_VIRTUAL_TABLE &&
		    kind != RETORT_KIND_COLUMN)
			continue;
		if (text_of(a, i, RT_PROPERTY_GENERATED))
			continue;
		k = rt_schema_find(b, a->v[i].key);
		if (k == RT_NO_OBJECT ||
		    text_of(b, k, RT_PROPERTY_GENERATED))
			return true;
	}
	return false;
}

static void expect_marks(const lite_change *c, const char *what)
{
	bool marked = false;
	size_t i;

	for (i = 0; i < c->up.list.n; i++)
		if (c->up.list.v[i].lossy) {
			marked = true;
			assert_non_null(c->up.list.v[i].note);
		}
	if (loses(c->before, c->after) && !marked)
		fail_msg("%s loses without a word:\n%s", what,
			 lite_change_sql(c));
}

/* SQLite's words for rows that do not fit. */
static bool is_about_rows(const char *message)
{
	static const char *const words[] = { "constraint failed",
					     "cannot store", "mismatch",
					     "to nothing in table" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(message, words[i]))
			return true;
	return false;
}

/* One direction; false where the rows forbid it, and nothing has changed. */
static bool go(lite_change *c, const char *what)
{
	char *rows = common_rows(c->conn, c->before, c->after), *now;
	retort_error err = RETORT_ERROR_INIT;
	bool done = lite_change_try(c, &err) == 0;

	if (!done && !is_about_rows(err.message))
		fail_msg("%s: %s\n%s", what, err.message, lite_change_sql(c));
	expect_marks(c, what);
	lite_change_expect(c, done ? c->after : c->before);
	now = common_rows(c->conn, c->before, c->after);
	if (strcmp(rows, now))
		fail_msg("%s:\n%s\nbecame\n%s\n%s", what, rows, now,
			 lite_change_sql(c));
	free(rows);
	free(now);
	retort_error_dispose(&err);
	return done;
}

static bool there_and_back(const lite_corpus *corpus, size_t from, size_t to)
{
	char *what = rt_strf("%s to %s", corpus->names[from],
			     corpus->names[to]);
	lite_change c;
	char *wanted;
	bool done;

	lite_change_begin(&c, corpus->texts[from], corpus->texts[to]);
	fill(c.conn, c.before);
	done = go(&c, what);
	if (done) {
		wanted = lite_dump(c.before);
		lite_change_again(&c, wanted);
		free(wanted);
		(void)go(&c, what);
	}
	lite_change_end(&c);
	free(what);
	return done;
}

static void any_two_lead_to_each_other(void **state)
{
	size_t i, k, done = 0, n = 0;
	lite_corpus corpus;

	(void)state;
	lite_corpus_read(&corpus);
	for (i = 0; i < corpus.n; i++)
		for (k = 0; k < PAIRS_OF_EACH; k++) {
			size_t to = (i * 7 + k * 29 + 1) % corpus.n;

			n++;
			done += there_and_back(&corpus, i, to);
		}
	lite_corpus_free(&corpus);
	print_message("# %zu of %zu pairs; rows forbid the others\n", done, n);
	assert_true(done > n / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_two_lead_to_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
