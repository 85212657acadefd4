/* SPDX-License-Identifier: MIT */
/* The panes beside the graph, in every look. */
#include "support/rt_test.h"

#include "base/str.h"
#include "db/conn.h"
#include "tui/fixture.h"
#include "tui/looks.h"

/* The journal names whoever ran the test, where. */
static void name_them_all(const fixture *f)
{
	char *url = rt_strf("sqlite:///%s/shop.db", f->dir);
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn;

	rt_assert_ok(rt_conn_open(&conn, url, NULL, &err), &err);
	rt_assert_ok(rt_conn_exec(conn, "UPDATE retort_journal SET who = "
				  "'ana', host = 'lab'", &err), &err);
	rt_conn_close(conn);
	free(url);
}

static void every_pane(void **state)
{
	rt_screen *s;
	fixture f;
	size_t i;

	(void)state;
	fixture_make(&f, "d001");
	name_them_all(&f);
	for (i = 0; i < n_looks; i++) {
		s = fixture_open(&f, looks[i].env, looks[i].rows,
				 looks[i].cols);
		rt_screen_keys(s, "G k Enter G k 2");
		look_at(s, "pane-sql", &looks[i]);
		rt_screen_keys(s, "3");
		look_at(s, "pane-diff", &looks[i]);
		rt_screen_keys(s, "4");
		look_at(s, "pane-log", &looks[i]);
		rt_screen_keys(s, "J");
		look_at(s, "pane-journal", &looks[i]);
		rt_screen_keys(s, "h");
		look_at(s, "pane-help", &looks[i]);
		rt_screen_free(s);
	}
	fixture_remove(&f);
}

/* Where there is room for two, a pane that takes another's place takes the
 * keys too. */
static void no_key_is_for_a_hidden_pane(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "d001");
	s = fixture_open(&f, NULL, 24, 80);
	rt_screen_keys(s, "4 d");
	rt_screen_expect(s, "3 DIFF");
	rt_screen_expect(s, "of 6 ");
	rt_screen_keys(s, "j j");
	rt_screen_keys(s, "J");
	rt_screen_expect(s, "LOG  journal of ");
	/* four panes, of which two are left */
	rt_screen_resize(s, 40, 140);
	rt_screen_keys(s, "4 d");
	rt_screen_resize(s, 24, 80);
	rt_screen_expect(s, "3 DIFF");
	rt_screen_expect(s, "of 6 ");
	rt_screen_free(s);
	fixture_remove(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pane),
		cmocka_unit_test(no_key_is_for_a_hidden_pane),
	};

	/* the panes show paths: they must be as long everywhere */
	unsetenv("TMPDIR");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
