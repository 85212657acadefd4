/* SPDX-License-Identifier: MIT */
/* Lists: scrolling, searching, filtering, and panes beside each other. */
#include "support/rt_test.h"

#include <stdio.h>

#include "tui/panes.h"
#include "tui/widget/find.h"
#include "tui/widget/list.h"

static void row_text(void *self, size_t row, rt_str *out)
{
	(void)self;
	rt_str_addf(out, "row %zu%s", row, row % 10 == 7 ? " Seven" : "");
}

static void make(rt_list *l, size_t rows, int height)
{
	rt_list_init(l, (rt_list_source){ row_text, NULL });
	rt_list_set_height(l, height);
	rt_list_set_rows(l, rows);
}

static void check(const rt_list *l, size_t cursor, size_t top)
{
	assert_int_equal(l->cursor, cursor);
	assert_int_equal(l->top, top);
}

static void moves_stay_in_the_list(void **state)
{
	rt_list l;

	(void)state;
	make(&l, 100, 10);
	rt_list_action(&l, RT_ACTION_UP);
	check(&l, 0, 0);
	rt_list_action(&l, RT_ACTION_LAST);
	check(&l, 99, 90);
	rt_list_action(&l, RT_ACTION_DOWN);
	check(&l, 99, 90);
	rt_list_action(&l, RT_ACTION_FIRST);
	check(&l, 0, 0);
	rt_list_action(&l, RT_ACTION_PAGE_DOWN);
	check(&l, 9, 9);
	rt_list_action(&l, RT_ACTION_HALF_DOWN);
	check(&l, 14, 14);
	rt_list_action(&l, RT_ACTION_SCREEN_BOTTOM);
	check(&l, 23, 14);
	rt_list_action(&l, RT_ACTION_SCREEN_TOP);
	check(&l, 14, 14);
	rt_list_action(&l, RT_ACTION_PAGE_UP);
	check(&l, 5, 5);
	rt_list_action(&l, RT_ACTION_PAGE_UP);
	check(&l, 0, 0);
	assert_false(rt_list_action(&l, RT_ACTION_QUIT));
	rt_list_free(&l);
}

static void half_pages_reach_both_ends(void **state)
{
	rt_list l;
	int i;

	(void)state;
	make(&l, 23, 10);
	for (i = 0; i < 10; i++)
		rt_list_action(&l, RT_ACTION_HALF_DOWN);
	check(&l, 22, 13);
	for (i = 0; i < 10; i++)
		rt_list_action(&l, RT_ACTION_HALF_UP);
	check(&l, 0, 0);
	rt_list_free(&l);
}

static void shrinking_keeps_it_sound(void **state)
{
	rt_list l;

	(void)state;
	make(&l, 100, 10);
	rt_list_action(&l, RT_ACTION_LAST);
	rt_list_set_rows(&l, 5);
	check(&l, 4, 0);
	rt_list_set_rows(&l, 0);
	check(&l, 0, 0);
	assert_int_equal(rt_list_selected(&l), SIZE_MAX);
	rt_list_action(&l, RT_ACTION_DOWN);
	rt_list_action(&l, RT_ACTION_PAGE_UP);
	rt_list_action(&l, RT_ACTION_FIND_NEXT);
	check(&l, 0, 0);
	rt_list_set_rows(&l, 50);
	rt_list_select(&l, 40);
	rt_list_set_height(&l, 0);
	check(&l, 40, 40);
	rt_list_free(&l);
}

static void a_search_begins_where_the_cursor_was(void **state)
{
	size_t k, n;
	rt_list l;

	(void)state;
	make(&l, 100, 10);
	rt_list_select(&l, 20);
	assert_true(rt_list_search(&l, RT_SV("s"), false, true));
	check(&l, 27, 18);
	assert_true(rt_list_search(&l, RT_SV("sev"), false, false));
	check(&l, 27, 18);
	assert_false(rt_list_search(&l, RT_SV("sevx"), false, false));
	check(&l, 20, 11);
	assert_true(rt_list_search(&l, RT_SV("Seven"), false, false));
	assert_true(rt_list_action(&l, RT_ACTION_FIND_NEXT));
	check(&l, 37, 28);
	assert_true(rt_list_action(&l, RT_ACTION_FIND_PREVIOUS));
	assert_true(rt_list_action(&l, RT_ACTION_FIND_PREVIOUS));
	assert_int_equal(l.cursor, 17);
	rt_list_search_count(&l, &k, &n);
	assert_int_equal(k, 2);
	assert_int_equal(n, 10);
	rt_list_action(&l, RT_ACTION_FIND_PREVIOUS);
	rt_list_action(&l, RT_ACTION_FIND_PREVIOUS);
	assert_int_equal(l.cursor, 97); /* around the end */
	rt_list_free(&l);
}

static void a_filter_keeps_the_rows_that_match(void **state)
{
	rt_list l;

	(void)state;
	make(&l, 100, 10);
	rt_list_select(&l, 50);
	rt_list_filter(&l, RT_SV("seven"));
	assert_int_equal(l.lines, 10);
	assert_int_equal(rt_list_selected(&l), 47);
	assert_true(rt_list_select_row(&l, 77));
	assert_int_equal(l.cursor, 7);
	assert_false(rt_list_select_row(&l, 78));
	assert_int_equal(rt_list_selected(&l), 77);
	rt_list_filter(&l, RT_SV("nothing like it"));
	assert_int_equal(l.lines, 0);
	assert_false(rt_list_select_row(&l, 0));
	rt_list_filter(&l, RT_SV(""));
	assert_int_equal(l.lines, 100);
	rt_list_free(&l);
}

static void capitals_make_case_count(void **state)
{
	rt_sv text = RT_SV("Alpha alpha");

	(void)state;
	assert_int_equal(rt_find_text(text, 0, RT_SV("alpha")), 0);
	assert_int_equal(rt_find_text(text, 1, RT_SV("alpha")), 6);
	assert_int_equal(rt_find_text(text, 1, RT_SV("Alpha")), text.n);
	assert_int_equal(rt_find_text(text, 0, RT_SV("")), text.n);
	assert_int_equal(rt_find_text(RT_SV("al"), 0, RT_SV("alpha")), 2);
}

/* At every size each pane lies inside, none over another, and the focused
 * one can be seen. */
static void panes_fit_at_every_size(void **state)
{
	static const int rows[] = { 8, 9, 22, 38, 60 };
	rt_panes p;
	size_t r;
	int cols, i, k, focus;

	(void)state;
	for (r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
		for (cols = RT_PANES_MIN_COLS; cols < 200; cols++) {
			for (focus = 0; focus < RT_VIEW_HELP; focus++) {
				rt_view_id other = focus ? (rt_view_id)focus
							 : RT_VIEW_SQL;

				rt_panes_arrange(&p, rows[r], cols,
						 (rt_view_id)focus, other,
						 false);
				assert_true(p.pane[focus].rows >= 2);
				for (i = 0; i < RT_VIEW_COUNT; i++) {
					const rt_pane *a = &p.pane[i];

					assert_true(a->row + a->rows <=
						    rows[r]);
					assert_true(a->col + a->cols <= cols);
				}
				for (i = 0; i < rows[r]; i++) {
					for (k = 0; k < cols; k++) {
						rt_view_id id;

						assert_true(
							k == p.divider ||
							rt_panes_at(&p, i, k,
								    &id));
					}
				}
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moves_stay_in_the_list),
		cmocka_unit_test(half_pages_reach_both_ends),
		cmocka_unit_test(shrinking_keeps_it_sound),
		cmocka_unit_test(a_search_begins_where_the_cursor_was),
		cmocka_unit_test(a_filter_keeps_the_rows_that_match),
		cmocka_unit_test(capitals_make_case_count),
		cmocka_unit_test(panes_fit_at_every_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
