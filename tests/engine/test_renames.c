/* SPDX-License-Identifier: MIT */
/* Renames: read from a schema file, dropped when done, guessed. */
#include "support/rt_test.h"

#include "engine/create/renames.h"

#define LITE RETORT_DIALECT_SQLITE
#define PG   RETORT_DIALECT_POSTGRESQL

/* "table: from -> to" a line; the table is empty for tables. */
static void expect(const rt_renames *renames, const char *want)
{
	rt_str got = RT_STR_INIT;
	size_t i;

	for (i = 0; i < renames->n; i++)
		rt_str_addf(&got, "%s%s: %s -> %s", i ? "\n" : "",
			    renames->v[i].table, renames->v[i].from,
			    renames->v[i].to);
	assert_string_equal(got.n ? got.p : "", want);
	rt_str_free(&got);
}

static void files_say_what_is_renamed(void **state)
{
	static const struct {
		retort_dialect dialect;
		const char *sql, *want;
	} cases[] = {
		{ PG, "-- retort:renamed from=old\nCREATE TABLE new (a int);",
		  ": old -> new" },
		{ PG, "CREATE TABLE t (\n a int, -- retort:renamed from=b\n"
		  " c int\n);", "t: b -> a" },
		{ PG, "CREATE TABLE t (\n a int,\n-- retort:renamed from=b\n"
		  " c int\n);", "t: b -> c" },
		{ PG, "CREATE TABLE T (\n A int -- retort:renamed from=B\n);",
		  "t: b -> a" },
		{ LITE, "CREATE TABLE T (\n A int -- retort:renamed from=B\n);",
		  "T: B -> A" },
		{ PG, "CREATE TABLE \"T\" (\n \"A\" int "
		  "/* retort:renamed from=\"B\"\"b\" */\n);", "T: B\"b -> A" },
		{ LITE, "CREATE TABLE [t] (\n `a` int -- retort:renamed "
		  "from=[b]\n);", "t: b -> a" },
		{ PG, "-- retort:renamed from=old\nCREATE UNLOGGED TABLE IF "
		  "NOT EXISTS audit.new (a int);", ": old -> new" },
		{ PG, "CREATE TABLE t (\n a text DEFAULT "
		  "'-- retort:renamed from=z'\n);", "" },
		{ PG, "CREATE TABLE t (\n a int CHECK (\n"
		  "  a > 0 -- retort:renamed from=z\n )\n);", "" },
		{ LITE, "-- retort:renamed from=\"a b\"\nCREATE TABLE \"c d\" "
		  "(\n \"e f\" int -- retort:renamed from=[g h] once\n);",
		  ": a b -> c d\nc d: g h -> e f" },
		{ LITE, "-- retort:renamed from=\"a b\nCREATE TABLE t (a);",
		  "" },
		{ PG, "CREATE TABLE t (\n a int -- retort:renamed from=\n);",
		  "" },
		{ PG, "", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_arena arena = RT_ARENA_INIT;
		rt_renames renames = RT_VEC_INIT;

		rt_renames_read(rt_sv_from(cases[i].sql), cases[i].dialect,
				&arena, &renames);
		expect(&renames, cases[i].want);
		rt_vec_free(&renames);
		rt_arena_free(&arena);
	}
}

/* Tables of columns of one letter and their types: "t ai bt; u ci". */
static retort_schema *schema_of(const char *text)
{
	rt_schema_builder *b = rt_schema_begin(PG, 150000);
	rt_sv rest = rt_sv_from(text), table, word;

	while (rt_sv_split(&rest, ';', &table)) {
		size_t t = RT_NO_OBJECT, ordinal = 0, c;

		table = rt_sv_trim(table);
		while (rt_sv_split(&table, ' ', &word)) {
			if (t == RT_NO_OBJECT) {
				t = rt_schema_add(b, RETORT_KIND_TABLE,
						  RT_SV("public"), word,
						  RT_NO_OBJECT, 0);
				continue;
			}
			c = rt_schema_add(b, RETORT_KIND_COLUMN,
					  RT_SV("public"),
					  rt_sv_sub(word, 0, 1), t, ++ordinal);
			rt_schema_set(b, c, RT_PROPERTY_TYPE,
				      rt_sv_sub(word, 1, word.n));
		}
	}
	return rt_schema_end(b);
}

static void what_is_done_is_not_done_again(void **state)
{
	static const struct {
		const char *before, *after, *want;
	} cases[] = {
		{ "t ai", "t bi", "t: a -> b" },
		{ "t bi", "t bi", "" },       /* done */
		{ "t ci", "t bi", "" },       /* from nothing */
		{ "t ai bi", "t bi", "" },    /* the name is taken */
		{ "t ai", "t ai bi", "t: a -> b" }, /* something new has the
						       old name */
		{ "old ai", "t bi", ": old -> t\nt: a -> b" },
		{ "old bi", "t bi", ": old -> t" },
		{ "u ai", "t bi", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		retort_schema *before = schema_of(cases[i].before);
		retort_schema *after = schema_of(cases[i].after);
		const retort_rename column = { RETORT_KIND_COLUMN, "t", "a",
					       "b" };
		const retort_rename table = { RETORT_KIND_TABLE, "", "old",
					      "t" };
		rt_renames renames = RT_VEC_INIT;

		rt_vec_push(&renames, column);
		rt_vec_push(&renames, table);
		rt_renames_keep(&renames, before, after);
		expect(&renames, cases[i].want);
		rt_vec_free(&renames);
		retort_schema_free(before);
		retort_schema_free(after);
	}
}

static void only_what_is_alike_is_suggested(void **state)
{
	static const struct {
		const char *before, *after, *want;
	} cases[] = {
		{ "t ai", "t bi", "t: a -> b" },
		{ "t ai", "t bt", "" },          /* another type */
		{ "t ai", "t bi ci", "" },       /* which of them? */
		{ "t ai bi", "t ci", "" },
		{ "t ai bt", "t ci dt", "t: a -> c\nt: b -> d" },
		{ "t ai", "u ai", ": t -> u" },
		{ "t ai", "u bi", "" },
		{ "t ai; u ai", "v ai", "" },
		{ "t ai; u bi", "t bi; u ai", "t: a -> b\nu: b -> a" },
		{ "t ai", "t ai", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		retort_schema *before = schema_of(cases[i].before);
		retort_schema *after = schema_of(cases[i].after);
		retort_error err = RETORT_ERROR_INIT;
		rt_renames renames = RT_VEC_INIT;
		rt_arena arena = RT_ARENA_INIT;
		retort_diff *diff;

		rt_assert_ok(retort_diff_make(&diff, before, after, &err),
			     &err);
		rt_renames_suggest(diff, &arena, &renames);
		expect(&renames, cases[i].want);
		rt_vec_free(&renames);
		rt_arena_free(&arena);
		retort_diff_free(diff);
		retort_schema_free(before);
		retort_schema_free(after);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_say_what_is_renamed),
		cmocka_unit_test(what_is_done_is_not_done_again),
		cmocka_unit_test(only_what_is_alike_is_suggested),
	};

	return cmocka_run_group_tests_name("engine/renames", tests, NULL,
					   NULL);
}
