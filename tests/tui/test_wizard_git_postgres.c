/* SPDX-License-Identifier: MIT */
/*
 * The merge wizard between git branches of a PostgreSQL project: the proof is
 * run on the server, and what comes out of it is stepped through there.
 */
#include "support/rt_test.h"

#include "support/db.h"
#include "support/pg.h"
#include "tui/fork.h"

#define TO_REBASE "/ r e b a s e : Enter Space"

static void up(rt_screen *s, const char *at)
{
	char *said = rt_strf("the database is at %s", at);

	rt_screen_send(s, ":goto h002\r");
	rt_screen_keys(s, "U");
	rt_screen_expect(s, "upgrade postgres?");
	rt_screen_keys(s, "y");
	rt_screen_expect(s, said);
	free(said);
}

static void a_conflicting_pair_is_rebased(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *s;
	fixture f;

	(void)state;
	fork_make(&f, pg_url());
	fork_git(&f, "merge -q -m merged main");
	s = fixture_open(&f, NULL, 40, 100);
	rt_screen_keys(s, "M n");
	rt_screen_expect(s, "! heads: the merge has 2 heads");
	rt_screen_expect(s, "renames column archive.year, main uses column");
	rt_screen_expect(s, "m001 fails: column \"year\" does not");
	rt_screen_keys(s, "n");
	rt_screen_keys(s, TO_REBASE);
	rt_screen_expect(s, "(*) rebase: put h001 onto m001");
	rt_screen_keys(s, "n");
	rt_screen_expect(s, "W runs the new order in a scratch database");
	rt_screen_keys(s, "W");
	rt_screen_expect(s, "rebased onto m001 of main; u undoes that");
	up(s, "m001");
	up(s, "h001");
	up(s, "h002");
	db_expect(conn,
		  "SELECT version_num, pg_get_indexdef('archive_year'::"
		  "regclass) LIKE '%(since)' FROM alembic_version",
		  "h002|t");
	/* the scratch databases are gone */
	db_expect(conn,
		  "SELECT count(*) FROM pg_database WHERE datname LIKE "
		  "'retort_scratch%'",
		  "0");
	rt_screen_free(s);
	rt_conn_close(conn);
	fixture_remove(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_conflicting_pair_is_rebased,
				       pg_reset),
	};

	fork_environment();
	if (!pg_start())
		return 0;
	return pg_stop(cmocka_run_group_tests_name("wizard, PostgreSQL", tests,
						   NULL, NULL));
}
