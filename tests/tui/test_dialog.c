/* SPDX-License-Identifier: MIT */
/* Questions that cannot be answered by accident; lines being typed. */
#include "support/rt_test.h"

#include <locale.h>

#include "base/alloc.h"
#include "tui/term_mem.h"
#include "tui/widget/dialog.h"

static rt_keymap keys;

/* Keys one after the other, until one of them answers. */
static rt_answer type(rt_dialog *d, const char *text)
{
	rt_answer answer = RT_ANSWER_OPEN;
	rt_term_mem t;
	rt_event ev;

	rt_term_mem_init(&t, 1, 1);
	rt_term_mem_type(&t, text);
	while (answer == RT_ANSWER_OPEN && t.base.ops->next(&t.base, &ev))
		answer = rt_dialog_key(d, &keys, ev.key);
	rt_term_mem_free(&t);
	return answer;
}

static void open_armed(rt_dialog *d, rt_dialog_kind kind)
{
	rt_dialog_open(d, kind, "UPGRADE", "line one\nline two\n");
	rt_dialog_set_yes(d, "shop");
	d->armed = true;
}

static void enter_never_confirms(void **state)
{
	rt_dialog d;

	(void)state;
	open_armed(&d, RT_DIALOG_CONFIRM);
	assert_int_equal(type(&d, "Enter Enter Space Tab Enter"),
			 RT_ANSWER_OPEN);
	assert_int_equal(type(&d, "Y"), RT_ANSWER_OPEN);
	assert_int_equal(type(&d, "y"), RT_ANSWER_YES);
	assert_int_equal(type(&d, "n"), RT_ANSWER_NO);
	assert_int_equal(type(&d, "C-c"), RT_ANSWER_NO);
	rt_dialog_close(&d);
}

static void a_question_waits_until_it_is_armed(void **state)
{
	rt_dialog d;

	(void)state;
	rt_dialog_open(&d, RT_DIALOG_CONFIRM, "UPGRADE", "");
	assert_int_equal(type(&d, "y y y n"), RT_ANSWER_OPEN);
	d.armed = true;
	assert_int_equal(type(&d, "y"), RT_ANSWER_YES);
	rt_dialog_close(&d);
}

static void the_whole_name_must_be_typed(void **state)
{
	rt_dialog d;

	(void)state;
	open_armed(&d, RT_DIALOG_TYPED);
	assert_int_equal(type(&d, "Enter y Enter"), RT_ANSWER_OPEN);
	assert_int_equal(type(&d, "C-u s h o Enter"), RT_ANSWER_OPEN);
	assert_int_equal(type(&d, "p p Enter"), RT_ANSWER_OPEN);
	assert_int_equal(type(&d, "Backspace Enter"), RT_ANSWER_YES);
	assert_int_equal(type(&d, "C-u Backspace"), RT_ANSWER_OPEN);
	assert_int_equal(type(&d, "Esc"), RT_ANSWER_NO);
	rt_dialog_close(&d);
}

static void a_choice_is_taken(void **state)
{
	rt_dialog d;

	(void)state;
	rt_dialog_open(&d, RT_DIALOG_CHOOSE, "WHICH", "");
	rt_dialog_add_choice(&d, "one");
	rt_dialog_add_choice(&d, "two");
	assert_int_equal(type(&d, "j j j Enter"), RT_ANSWER_YES);
	assert_int_equal(d.choice, 1);
	assert_int_equal(type(&d, "k k Enter"), RT_ANSWER_YES);
	assert_int_equal(d.choice, 0);
	assert_int_equal(type(&d, "y"), RT_ANSWER_OPEN);
	rt_dialog_close(&d);
}

/* A dialog that is larger than the screen, down to one cell. */
static void dialogs_fit_on_any_screen(void **state)
{
	rt_cells c = RT_CELLS_INIT;
	int kind, rows, cols, row, col, i;
	rt_dialog d;

	(void)state;
	for (kind = RT_DIALOG_MESSAGE; kind <= RT_DIALOG_CHOOSE; kind++) {
		open_armed(&d, (rt_dialog_kind)kind);
		for (i = 0; i < 9; i++)
			rt_dialog_add_choice(&d, "a rather long choice");
		for (rows = 1; rows < 16; rows++) {
			for (cols = 1; cols < 60; cols += 3) {
				rt_cells_resize(&c, rows, cols);
				rt_dialog_draw(&d, rt_cells_area(&c),
					       &rt_glyphs_utf8, &row, &col);
			}
		}
		rt_dialog_close(&d);
	}
	rt_cells_free(&c);
}

static rt_prompt_result feed(rt_prompt *p, const char *text)
{
	rt_prompt_result r = RT_PROMPT_TYPING;
	rt_term_mem t;
	rt_event ev;

	rt_term_mem_init(&t, 1, 1);
	rt_term_mem_type(&t, text);
	while (t.base.ops->next(&t.base, &ev))
		r = rt_prompt_key(p, &keys, ev.key);
	rt_term_mem_free(&t);
	return r;
}

static void a_line_is_edited_by_characters(void **state)
{
	rt_prompt p;

	(void)state;
	rt_prompt_open(&p, ":", NULL, NULL, NULL);
	feed(&p, "a \u00e4 \u6f22 b");
	assert_string_equal(p.line.p, "a\u00e4\u6f22b");
	feed(&p, "Left Left Backspace");
	assert_string_equal(p.line.p, "a\u6f22b");
	feed(&p, "Del Home x");
	assert_string_equal(p.line.p, "xab");
	feed(&p, "End Space w o r d C-w");
	assert_string_equal(p.line.p, "xab ");
	rt_prompt_paste(&p, RT_SV("\n two\nlines\x1b \n"));
	assert_string_equal(p.line.p, "xab two lines");
	assert_int_equal(feed(&p, "C-u Backspace"), RT_PROMPT_LEFT);
	assert_int_equal(feed(&p, "F5"), RT_PROMPT_UNKNOWN);
	rt_prompt_close(&p);
}

static void the_history_keeps_the_new_line(void **state)
{
	rt_history h = RT_VEC_INIT;
	rt_prompt p;

	(void)state;
	rt_prompt_open(&p, ":", &h, NULL, NULL);
	assert_int_equal(feed(&p, "o n e Enter"), RT_PROMPT_ACCEPTED);
	rt_prompt_close(&p);
	rt_prompt_open(&p, ":", &h, NULL, NULL);
	feed(&p, "t w o Enter");
	rt_prompt_close(&p);
	rt_prompt_open(&p, ":", &h, NULL, NULL);
	feed(&p, "n e w Up Up Up");
	assert_string_equal(p.line.p, "one");
	feed(&p, "Down Down Down");
	assert_string_equal(p.line.p, "new");
	rt_prompt_close(&p);
	rt_history_free(&h);
}

static void complete(void *self, rt_sv line, size_t *word, rt_candidates *out)
{
	(void)self;
	*word = 0;
	if (line.n && line.p[0] == 's') {
		rt_vec_push(out, rt_strdup("search"));
		rt_vec_push(out, rt_strdup("search-back"));
	}
	if (line.n && line.p[0] == 'q')
		rt_vec_push(out, rt_strdup("quit"));
}

static void tab_completes_then_goes_round(void **state)
{
	rt_prompt p;

	(void)state;
	rt_prompt_open(&p, ":", NULL, complete, NULL);
	feed(&p, "s Tab");
	assert_string_equal(p.line.p, "search");
	feed(&p, "Tab");
	assert_string_equal(p.line.p, "search-back");
	feed(&p, "Tab");
	assert_string_equal(p.line.p, "search");
	/* from a whole word that begins others straight to them */
	feed(&p, "C-u s e a r c h Tab");
	assert_string_equal(p.line.p, "search-back");
	feed(&p, "Tab");
	assert_string_equal(p.line.p, "search");
	feed(&p, "C-u q Tab");
	assert_string_equal(p.line.p, "quit ");
	assert_int_equal(feed(&p, "C-u z Tab"), RT_PROMPT_UNKNOWN);
	rt_prompt_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(enter_never_confirms),
		cmocka_unit_test(a_question_waits_until_it_is_armed),
		cmocka_unit_test(the_whole_name_must_be_typed),
		cmocka_unit_test(a_choice_is_taken),
		cmocka_unit_test(dialogs_fit_on_any_screen),
		cmocka_unit_test(a_line_is_edited_by_characters),
		cmocka_unit_test(the_history_keeps_the_new_line),
		cmocka_unit_test(tab_completes_then_goes_round),
	};
	int failed;

	setlocale(LC_CTYPE, "C.UTF-8");
	rt_keymap_init(&keys);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	rt_keymap_free(&keys);
	return failed;
}
