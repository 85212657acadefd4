/* SPDX-License-Identifier: MIT */
/* Cells: clipping, wide and combining characters, what must not pass. */
#include "support/rt_test.h"

#include <locale.h>

#include "tui/term_mem.h"

static rt_style plain = { 0, 0 };

/* Row 0 of a one-row grid after `text` was put at `col`. */
static char *drawn(int cols, int col, bool ascii, const char *text)
{
	rt_term_mem t;
	rt_cells c = RT_CELLS_INIT;
	char *row;

	rt_term_mem_init(&t, 1, cols);
	c.ascii = ascii;
	rt_cells_resize(&c, 1, cols);
	rt_area_puts(rt_cells_area(&c), 0, col, plain, text);
	t.base.ops->put(&t.base, &c, 0, 0);
	row = rt_term_mem_row(&t, 0);
	rt_term_mem_free(&t);
	rt_cells_free(&c);
	return row;
}

static void check(int cols, int col, bool ascii, const char *text,
		  const char *want)
{
	char *row = drawn(cols, col, ascii, text);

	assert_string_equal(row, want);
	free(row);
}

static void text_is_clipped_on_both_sides(void **state)
{
	(void)state;
	check(5, 0, false, "abcdefgh", "abcde");
	check(5, -3, false, "abcdefgh", "defgh");
	check(5, 3, false, "abcdefgh", "   ab");
	check(5, 9, false, "abc", "");
	check(5, -9, false, "abc", "");
}

static void wide_characters_are_never_halved(void **state)
{
	(void)state;
	check(6, 0, false, "a\u6f22\u5b57b", "a\u6f22\u5b57b");
	check(4, 0, false, "a\u6f22\u5b57b", "a\u6f22"); /* half: a space */
	check(4, -2, false, "a\u6f22b", " b");
	check(3, -1, false, "\u6f22bc", " bc");
	assert_int_equal(rt_cluster_columns(RT_SV("a\xe6\xbc\xa2"), false), 3);
}

static void writing_over_a_half_clears_the_other(void **state)
{
	rt_cells c = RT_CELLS_INIT;
	rt_area a;

	(void)state;
	rt_cells_resize(&c, 1, 6);
	a = rt_cells_area(&c);
	rt_area_puts(a, 0, 0, plain, "\u6f22\u5b57");
	rt_area_puts(a, 0, 1, plain, "x");
	assert_int_equal(rt_cells_at(&c, 0, 0)->glyph.text[0], ' ');
	assert_int_equal(rt_cells_at(&c, 0, 1)->glyph.text[0], 'x');
	rt_area_puts(a, 0, 2, plain, "y");
	assert_int_equal(rt_cells_at(&c, 0, 3)->glyph.width, 1);
	assert_int_equal(rt_cells_at(&c, 0, 3)->glyph.text[0], ' ');
	rt_cells_free(&c);
}

static void marks_sit_on_their_base(void **state)
{
	rt_sv text = RT_SV("e\xcc\x81\xe2\x80\x8dz"); /* e, acute, joiner, z */
	rt_cluster k;

	(void)state;
	assert_true(rt_cluster_next(&text, false, &k));
	assert_int_equal(k.n, 3);
	assert_int_equal(k.width, 1);
	assert_true(rt_cluster_next(&text, false, &k));
	assert_int_equal(k.text[0], 'z');
	assert_false(rt_cluster_next(&text, false, &k));
}

/* More marks than a cell holds are left out, not put elsewhere. */
static void many_marks_are_cut(void **state)
{
	rt_str s = RT_STR_INIT;
	rt_cluster k;
	rt_sv text;
	int i;

	(void)state;
	rt_str_add(&s, "a");
	for (i = 0; i < 100; i++)
		rt_str_add(&s, "\xcc\x81");
	rt_str_add(&s, "b");
	text = rt_str_sv(&s);
	assert_true(rt_cluster_next(&text, false, &k));
	assert_int_equal(k.n, 1 + 2 * (RT_CLUSTER_CHARS - 1));
	assert_true(rt_cluster_next(&text, false, &k));
	assert_int_equal(k.text[0], 'b');
	rt_str_free(&s);
}

static void nothing_that_a_terminal_obeys_gets_into_a_cell(void **state)
{
	static const char *const bad[] = {
		"\033[2J", "\x9b" "31m", "\xc2\x9b" "31m", "a\rb", "a\nb",
		"\xe2\x80\xae" "abc", "\xef\xbb\xbf", "\x7f", "\xff\xfe",
		"\xf3\xa0\x81\x81",
	};
	rt_cells c = RT_CELLS_INIT;
	size_t i, k;
	int col;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		rt_cells_resize(&c, 1, 40);
		rt_area_puts(rt_cells_area(&c), 0, 0, plain, bad[i]);
		for (col = 0; col < 40; col++) {
			const rt_cluster *g = &rt_cells_at(&c, 0, col)->glyph;

			for (k = 0; k < g->n; k++)
				assert_true((unsigned char)g->text[k] >= 0x20 &&
					    g->text[k] != 0x7f);
			assert_true(g->n < 2 || memcmp(g->text, "\xc2\x9b", 2));
			assert_true(g->n < 3 ||
				    memcmp(g->text, "\xe2\x80\xae", 3));
		}
	}
	rt_cells_free(&c);
}

/* Whatever the bytes, a cluster moves on and stays inside its buffer. */
static void any_bytes_become_clusters(void **state)
{
	unsigned char bytes[64];
	unsigned seed = 12345;
	int round, i;

	(void)state;
	for (round = 0; round < 20000; round++) {
		rt_sv text = { (const char *)bytes, sizeof(bytes) };
		rt_cluster k;

		for (i = 0; i < (int)sizeof(bytes); i++) {
			seed = seed * 1103515245u + 12345u;
			bytes[i] = (unsigned char)(seed >> 16 |
						   (round & 1 ? 0x80 : 0));
		}
		while (rt_cluster_next(&text, round & 2, &k)) {
			assert_in_range(k.width, 1, 2);
			assert_in_range(k.n, 1, RT_CLUSTER_BYTES);
		}
	}
}

static void ascii_shows_a_question_mark(void **state)
{
	(void)state;
	check(9, 0, true, "caf\xc3\xa9 \xe2\x82\xac", "caf? ?");
}

static void long_text_ends_in_an_ellipsis(void **state)
{
	rt_cells c = RT_CELLS_INIT;
	rt_term_mem t;
	char *row;

	(void)state;
	rt_term_mem_init(&t, 3, 10);
	rt_cells_resize(&c, 3, 10);
	rt_area_fit(rt_cells_area(&c), 0, 0, 5, plain, RT_SV("abcdef"));
	rt_area_fit(rt_cells_area(&c), 1, 0, 5, plain, RT_SV("abcde"));
	/* a wide one does not fit before the dots */
	rt_area_fit(rt_cells_area(&c), 2, 0, 4, plain,
		    rt_sv_from("ab\u6f22\u5b57"));
	t.base.ops->put(&t.base, &c, 0, 0);
	row = rt_term_mem_row(&t, 0);
	assert_string_equal(row, "abcd\u2026");
	free(row);
	row = rt_term_mem_row(&t, 1);
	assert_string_equal(row, "abcde");
	free(row);
	row = rt_term_mem_row(&t, 2);
	assert_string_equal(row, "ab\u2026");
	free(row);
	rt_cells_free(&c);
	rt_term_mem_free(&t);
}

static void areas_stay_inside_each_other(void **state)
{
	rt_cells c = RT_CELLS_INIT;
	rt_area a, b;

	(void)state;
	rt_cells_resize(&c, 4, 10);
	a = rt_area_sub(rt_cells_area(&c), 1, 2, 2, 5);
	b = rt_area_sub(a, 1, 3, 99, 99);
	assert_int_equal(b.rows, 1);
	assert_int_equal(b.cols, 2);
	b = rt_area_sub(a, -1, -1, 1, 1);
	assert_int_equal(b.row, 1);
	b = rt_area_sub(a, 5, 9, 3, 3);
	assert_int_equal(b.rows, 0);
	assert_int_equal(b.cols, 0);
	rt_area_clear(b, plain);
	rt_area_rule(a, 0, 0, 99, plain, "-");
	assert_int_equal(rt_cells_at(&c, 1, 6)->glyph.text[0], '-');
	assert_int_equal(rt_cells_at(&c, 1, 7)->glyph.text[0], ' ');
	rt_area_restyle(a, 0, -5, 99, (rt_style){ 3, RT_BOLD });
	assert_int_equal(rt_cells_at(&c, 1, 1)->style.face, 0);
	assert_int_equal(rt_cells_at(&c, 1, 2)->style.face, 3);
	rt_cells_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_clipped_on_both_sides),
		cmocka_unit_test(wide_characters_are_never_halved),
		cmocka_unit_test(writing_over_a_half_clears_the_other),
		cmocka_unit_test(marks_sit_on_their_base),
		cmocka_unit_test(many_marks_are_cut),
		cmocka_unit_test(
			nothing_that_a_terminal_obeys_gets_into_a_cell),
		cmocka_unit_test(any_bytes_become_clusters),
		cmocka_unit_test(ascii_shows_a_question_mark),
		cmocka_unit_test(long_text_ends_in_an_ellipsis),
		cmocka_unit_test(areas_stay_inside_each_other),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
