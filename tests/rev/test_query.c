/* SPDX-License-Identifier: MIT */
/* What show, history and current answer. */
#include "support/rt_test.h"

#include "rev/graphs.h"

#define GRAPH "a b1<a#left b2<b1 c1<a#right c2<c1+b1 d<m e1#net " \
	      "e2<e1+left m<b2,c2"

typedef struct row {
	const char *specs;
	const char *asked;
	const char *current; /* the one version row; NULL: no database */
	int code;
	const char *want;    /* ids, or what the error says */
} row;

typedef int (*query)(const retort_graph *, const char *, const retort_names *,
		     retort_list *, retort_error *);

static void ask(const row *r, query fn)
{
	retort_graph *g = graph_from(r->specs);
	retort_names rows = { &r->current, 1 };
	retort_error err = RETORT_ERROR_INIT;
	retort_list list = RETORT_LIST_INIT;
	char *text;

	if (fn(g, r->asked, r->current ? &rows : NULL, &list, &err) < 0) {
		if (err.code != r->code || !strstr(err.message, r->want))
			fail_msg("'%s': %d %s", r->asked, err.code,
				 err.message);
		retort_error_dispose(&err);
	} else {
		text = list_text(&list);
		if (r->code || strcmp(text, r->want) != 0)
			fail_msg("'%s': %s", r->asked, text);
		free(text);
	}
	retort_list_dispose(&list);
	retort_graph_free(g);
}

static const row shown[] = {
	{ GRAPH, "b1", NULL, 0, "b1" },
	{ GRAPH, "left", NULL, 0, "b1" },
	{ GRAPH, "heads", NULL, 0, "d e2" },
	{ GRAPH, "base", NULL, 0, "" },
	{ GRAPH, "left@base", NULL, 0, "" },
	{ GRAPH, "-1", NULL, 0, "m e1" },
	{ GRAPH, "left@-1", NULL, 0, "m" },
	{ GRAPH, "net@head", NULL, 0, "e2" },
	{ GRAPH, "current", "c2", 0, "c2" },
	{ GRAPH, "current", NULL, RETORT_ENOTFOUND, "no database was asked" },
	{ GRAPH, "current", "gone", RETORT_ENOTFOUND, "no revision file" },
	{ GRAPH, "head", NULL, RETORT_EAMBIGUOUS, "d, e2" },
	{ GRAPH, "a+1", NULL, RETORT_ENOTFOUND, "'a+1'" },
	{ GRAPH, "net@-2", NULL, RETORT_ENOTFOUND, "below the base" },
	{ GRAPH, "heads@d", NULL, RETORT_ENOTFOUND, "no such branch" },
	{ "a b<a", "heads@head", NULL, RETORT_ENOTFOUND, "no such branch" },
	{ "a b<a", "base@heads", NULL, RETORT_ENOTFOUND, "no such branch" },
	{ "", "head", NULL, 0, "" },
	{ "", "heads", NULL, 0, "" },
	{ "", "x@heads", NULL, 0, "" },
	/* Prefixes: of names with more than three characters. */
	{ "abcd1 abc", "abcd", NULL, 0, "abcd1" },
	{ "abcd1 xyz", "xy", NULL, RETORT_ENOTFOUND, "'xy'" },
	{ "abcd1 abcd2 abcd3<abcd2", "abc", NULL, RETORT_EAMBIGUOUS,
	  "multiple revisions start with 'abc': 'abcd1', 'abcd2', 'abcd3'" },
	{ "abcd1 abcd2#side", "side@abc", NULL, 0, "abcd2" },
	{ "abcd1#abcde", "abcd", NULL, RETORT_EAMBIGUOUS, "'abcde'" },
	{ "abcd1#trunk", "tru", NULL, 0, "abcd1" },
	{ "\xc3\xa4\xc3\xb6\xc3\xbc", "\xc3\xa4", NULL, RETORT_ENOTFOUND,
	  "called so" },
	{ "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f", "\xc3\xa4", NULL, 0,
	  "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f" },
	{ "abcd1", "ABCD1", NULL, RETORT_ENOTFOUND, "'ABCD1'" },
};

static void identifiers_resolve(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(shown) / sizeof(*shown); i++)
		ask(&shown[i], retort_graph_resolve);
}

static const row ranges[] = {
	{ GRAPH, NULL, NULL, 0, "d m b2 e2 e1 c2 c1 b1 a" },
	{ GRAPH, "", NULL, 0, "d m b2 e2 e1 c2 c1 b1 a" },
	{ GRAPH, ":", NULL, 0, "d m b2 e2 e1 c2 c1 b1 a" },
	{ GRAPH, "left:", NULL, 0, "d m b2 b1" },
	{ GRAPH, "left@base:", NULL, 0, "d m b2 c2 c1 b1 a" },
	{ GRAPH, "net@base:", NULL, 0, "e2 e1 b1 a" },
	{ GRAPH, "b1:m", NULL, 0, "m b2 b1" },
	{ GRAPH, "b1:+2", NULL, 0, "m b2 b1" },
	{ GRAPH, "b1:+9", NULL, 0, "d m b2 b1" },
	{ GRAPH, "heads:", NULL, 0, "d e2" },
	{ GRAPH, ":current", "b2", 0, "b2 b1 a" },
	{ GRAPH, "current:left@head", "b2", 0, "d m b2" },
	{ GRAPH, "e1@base:", NULL, 0, "e2 e1 b1 a" },
	{ GRAPH, "m:b1", NULL, RETORT_ETARGET, "requested range m:b1 does not "
	  "refer to ancestor/descendant" },
	/* What lies between runs through a dependency only. */
	{ GRAPH, "b1:e2", NULL, RETORT_ETARGET, "requested range b1:e2" },
	{ GRAPH, "b1", NULL, RETORT_EUSAGE, "history range requires" },
	{ GRAPH, "a:b1:m", NULL, RETORT_EUSAGE, "history range requires" },
	{ GRAPH, "current:", NULL, RETORT_ENOTFOUND, "no database" },
	{ GRAPH, "a:head", NULL, RETORT_EAMBIGUOUS, "argument 'head'" },
	{ "a b<a c<b", "-1:", NULL, 0, "c b" },
	{ "a b<a c<b", "-9:c", NULL, 0, "c b a" },
	{ "a b<a c<b", "-9:", NULL, RETORT_ETARGET, "below the base" },
	{ "a b<a c<b x", "-2:", NULL, RETORT_ETARGET, "below the base" },
	{ "a b<a c<b x#net", "net@-2:heads", NULL, 0, "x" },
	{ "", NULL, NULL, 0, "" },
};

static void ranges_are_listed(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		ask(&ranges[i], retort_graph_history);
}

static void current_is_what_rows_imply(void **state)
{
	retort_graph *g = graph_from(GRAPH);
	const char *v[] = { "gone", "e2", "lost" };
	retort_names rows = { v + 1, 1 };
	retort_error err = RETORT_ERROR_INIT;
	retort_list list = RETORT_LIST_INIT;
	bool applied[9];
	char *text;

	(void)state;
	/* b1 is no row, but e2 needs it. */
	rt_assert_ok(retort_graph_current(g, &rows, &list, &err), &err);
	text = list_text(&list);
	assert_string_equal(text, "b1 e2");
	free(text);
	retort_list_dispose(&list);
	rt_assert_ok(retort_graph_applied(g, &rows, applied, &err), &err);
	assert_true(applied[0] && applied[1] && applied[6] && applied[7]);
	assert_false(applied[2] || applied[3] || applied[4] || applied[5]);
	/* Rows without a file: all are named, the rest is answered. */
	rows = (retort_names){ v, 3 };
	rt_assert_rc(retort_graph_applied(g, &rows, applied, &err),
		     RETORT_ENOTFOUND, &err);
	assert_non_null(strstr(err.message, "'gone', 'lost'"));
	assert_string_equal(retort_error_get(&err, RETORT_ERROR_REVISION),
			    "gone");
	assert_true(applied[1] && applied[7]);
	retort_error_dispose(&err);
	assert_int_equal(retort_graph_current(g, &rows, &list, NULL),
			 RETORT_ENOTFOUND);
	retort_graph_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identifiers_resolve),
		cmocka_unit_test(ranges_are_listed),
		cmocka_unit_test(current_is_what_rows_imply),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
