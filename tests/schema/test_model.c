/* SPDX-License-Identifier: MIT */
/* Schemas built by hand: sorted, found, compared, put in order. */
#include "support/rt_test.h"

#include "base/alloc.h"
#include "schema/create.h"
#include "schema/diff.h"

#define PG RETORT_DIALECT_POSTGRESQL

static size_t add(rt_schema_builder *b, retort_kind kind, const char *name,
		  size_t parent, size_t ordinal)
{
	return rt_schema_add(b, kind, RT_SV("public"), rt_sv_from(name),
			     parent, ordinal);
}

static size_t add_table(rt_schema_builder *b, const char *name)
{
	return add(b, RETORT_KIND_TABLE, name, RT_NO_OBJECT, 0);
}

static size_t add_column(rt_schema_builder *b, size_t table, const char *name,
			 size_t ordinal, const char *type)
{
	size_t c = add(b, RETORT_KIND_COLUMN, name, table, ordinal);

	rt_schema_set(b, c, RT_PROPERTY_TYPE, rt_sv_from(type));
	return c;
}

/* --- building ------------------------------------------------------------- */

static void names_are_sorted_whatever_comes_first(void **state)
{
	static const char want[] = "t t.z t.a u u.k v v.t ";
	rt_schema_builder *b = rt_schema_begin(PG, 150000);
	size_t view = add(b, RETORT_KIND_VIEW, "v", RT_NO_OBJECT, 0);
	size_t u = add_table(b, "u"), t;
	rt_str got = RT_STR_INIT;
	retort_schema *s;
	size_t i, at = 0;

	(void)state;
	add_column(b, u, "k", 1, "integer");
	t = add_table(b, "t");
	add_column(b, t, "a", 2, "integer");
	add_column(b, t, "z", 1, "integer");
	add(b, RETORT_KIND_TRIGGER, "t", view, 0);
	s = rt_schema_end(b);
	assert_int_equal(s->n, 7);
	for (i = 0; i < s->n; i++)
		if (s->v[i].parent == RT_NO_OBJECT) {
			size_t kind, part;

			rt_object_name(&got, s, i);
			rt_str_addc(&got, ' ');
			for (kind = 0; kind < RETORT_N_KINDS; kind++) {
				at = 0;
				while ((part = rt_schema_next(
						s, i, (retort_kind)kind,
						&at)) != RT_NO_OBJECT) {
					rt_object_name(&got, s, part);
					rt_str_addc(&got, ' ');
				}
			}
		}
	assert_string_equal(got.p, want);
	rt_str_free(&got);
	retort_schema_free(s);
}

static void the_last_text_counts_and_an_empty_one_is_none(void **state)
{
	rt_schema_builder *b = rt_schema_begin(PG, 150000);
	size_t t = add_table(b, "t");
	retort_schema *s;
	const char *kind;

	(void)state;
	rt_schema_set(b, t, RT_PROPERTY_OPTIONS, RT_SV("fillfactor=70"));
	rt_schema_set(b, t, RT_PROPERTY_COMMENT, RT_SV("one"));
	rt_schema_set(b, t, RT_PROPERTY_COMMENT, RT_SV("two"));
	rt_schema_set(b, t, RT_PROPERTY_OPTIONS, RT_SV(""));
	rt_schema_flag(b, t, RT_PROPERTY_UNLOGGED, false);
	rt_schema_ignore(b, "cast", 2);
	rt_schema_ignore(b, "cast", 1);
	s = rt_schema_end(b);
	assert_string_equal(rt_object_text(&s->v[0], RT_PROPERTY_COMMENT),
			    "two");
	assert_null(rt_object_text(&s->v[0], RT_PROPERTY_OPTIONS));
	assert_null(rt_object_text(&s->v[0], RT_PROPERTY_UNLOGGED));
	assert_int_equal(retort_schema_ignored(s, 0, &kind), 3);
	assert_string_equal(kind, "cast");
	assert_int_equal(retort_schema_ignored(s, 1, &kind), 0);
	retort_schema_free(s);
	rt_schema_drop(rt_schema_begin(PG, 150000));
	rt_schema_drop(NULL);
}

static void unnamed_twins_are_told_apart(void **state)
{
	rt_schema_builder *b = rt_schema_begin(RETORT_DIALECT_SQLITE, 3040001);
	size_t t = add_table(b, "t"), i;
	retort_schema *s;

	(void)state;
	for (i = 0; i < 3; i++)
		rt_schema_set(b, add(b, RETORT_KIND_CHECK, "", t, 0),
			      RT_PROPERTY_DEFINITION, RT_SV("CHECK (a)"));
	s = rt_schema_end(b);
	assert_int_equal(retort_schema_count(s, RETORT_KIND_CHECK), 3);
	for (i = 0; i < s->n; i++)
		assert_int_equal(rt_schema_find(s, s->v[i].key), i);
	assert_int_equal(rt_schema_child(s, 0, RETORT_KIND_CHECK, "b"),
			 RT_NO_OBJECT);
	retort_schema_free(s);
}

/* --- comparing ------------------------------------------------------------ */

/* t (columns, each of one letter, all of a type). */
static retort_schema *table_of(const char *columns, const char *type)
{
	rt_schema_builder *b = rt_schema_begin(PG, 150000);
	size_t t = add_table(b, "t"), i;

	for (i = 0; columns[i]; i++) {
		char name[] = { columns[i], '\0' };

		add_column(b, t, name, i + 1, type);
	}
	return rt_schema_end(b);
}

static void expect_diff(retort_schema *a, retort_schema *b, bool empty,
			const char *want)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str got = RT_STR_INIT;
	retort_diff *diff;
	size_t i;

	rt_assert_ok(retort_diff_make(&diff, a, b, &err), &err);
	for (i = 0; i < retort_diff_count(diff); i++) {
		const retort_diff_entry *e = retort_diff_at(diff, i);

		rt_str_addf(&got, "%s%s %s %s[%s][%s]%s", i ? "\n" : "",
			    retort_diff_word(e->diff), e->name, e->property,
			    e->before, e->after, e->part ? " part" : "");
	}
	assert_string_equal(got.n ? got.p : "", want);
	assert_int_equal(retort_diff_is_empty(diff), empty);
	rt_str_free(&got);
	retort_diff_free(diff);
	retort_schema_free(a);
	retort_schema_free(b);
}

static void differences_have_words(void **state)
{
	(void)state;
	expect_diff(table_of("ab", "text"), table_of("ab", "text"), true, "");
	expect_diff(table_of("", "text"), table_of("b", "text"), false,
		    "added t.b [][]");
	expect_diff(table_of("ab", "text"), table_of("b", "text"), false,
		    "removed t.a [][]");
	expect_diff(table_of("a", "text"), table_of("a", "date"), false,
		    "changed t.a type[text][date]");
	expect_diff(rt_schema_end(rt_schema_begin(PG, 1)),
		    table_of("a", "text"), false,
		    "added t [][]\nadded t.a [][] part");
	/* The order of columns is told, and is nothing to do. */
	expect_diff(table_of("abc", "text"), table_of("cab", "text"), true,
		    "moved t columns[a, b, c][c, a, b]");
	expect_diff(table_of("abc", "text"), table_of("xabc", "text"), false,
		    "added t.x [][]");
}

static void two_dialects_are_not_compared(void **state)
{
	retort_schema *a = table_of("a", "text");
	retort_schema *b = rt_schema_end(
		rt_schema_begin(RETORT_DIALECT_SQLITE, 3040001));
	retort_error err = RETORT_ERROR_INIT;
	retort_diff *diff = NULL;

	(void)state;
	rt_assert_rc(retort_diff_make(&diff, a, b, &err), RETORT_EUSAGE, &err);
	retort_error_dispose(&err);
	retort_diff_free(diff);
	retort_schema_free(a);
	retort_schema_free(b);
}

/* --- the order to create in ----------------------------------------------- */

/* Views "a", "b", …; needs: "ab" = a needs b. */
static void expect_order(size_t n, const char *const *needs, const char *want)
{
	rt_schema_builder *b = rt_schema_begin(PG, 150000);
	size_t i, *order, count;
	rt_str got = RT_STR_INIT;
	retort_schema *s;

	for (i = 0; i < n; i++) {
		char name[] = { (char)('a' + i), '\0' };

		add(b, RETORT_KIND_VIEW, name, RT_NO_OBJECT, 0);
	}
	for (; *needs; needs++)
		rt_schema_need(b, (size_t)((*needs)[0] - 'a'),
			       (size_t)((*needs)[1] - 'a'));
	s = rt_schema_end(b);
	order = rt_create_order(s, &count);
	for (i = 0; i < count; i++)
		rt_str_add(&got, s->v[order[i]].name);
	assert_string_equal(got.p, want);
	rt_str_free(&got);
	free(order);
	retort_schema_free(s);
}

static void what_is_needed_comes_first(void **state)
{
	(void)state;
	expect_order(4, (const char *const[]){ NULL }, "abcd");
	expect_order(4, (const char *const[]){ "ad", NULL }, "bcda");
	expect_order(4, (const char *const[]){ "ab", "bc", "cd", NULL },
		     "dcba");
	expect_order(4, (const char *const[]){ "ab", "ab", "ac", NULL },
		     "bcad");
}

static void a_cycle_is_cut_at_its_first(void **state)
{
	(void)state;
	expect_order(1, (const char *const[]){ "aa", NULL }, "a");
	expect_order(3, (const char *const[]){ "ab", "ba", NULL }, "cab");
	expect_order(4, (const char *const[]){ "bc", "cd", "db", NULL },
		     "abdc");
	/* Two of them, and one that waits for both. */
	expect_order(5, (const char *const[]){ "bc", "cb", "de", "ed", "ab",
					       "ad", NULL }, "bcdae");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_sorted_whatever_comes_first),
		cmocka_unit_test(
			the_last_text_counts_and_an_empty_one_is_none),
		cmocka_unit_test(unnamed_twins_are_told_apart),
		cmocka_unit_test(differences_have_words),
		cmocka_unit_test(two_dialects_are_not_compared),
		cmocka_unit_test(what_is_needed_comes_first),
		cmocka_unit_test(a_cycle_is_cut_at_its_first),
	};

	return cmocka_run_group_tests_name("schema/model", tests, NULL, NULL);
}
