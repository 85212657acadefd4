/* SPDX-License-Identifier: MIT */
/* Stepping on a SQLite database, as its user sees it. */
#include "support/rt_test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "tui/fixture.h"

#define TO_G001 ": g o t o Space g 0 0 1 Enter "
#define TO_F002 ": g o t o Space f 0 0 2 Enter "

/* A statement that takes for ever, unless it is interrupted. */
#define FOR_EVER                                                              \
	"CREATE TABLE slow AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "   \
	"SELECT i + 1 FROM n) SELECT count(*) FROM n;\n"

/* A project at `target`, with a revision g001 above all. */
static rt_screen *open_with(fixture *f, const char *target,
			    const char *options, const char *up)
{
	fixture_make(f, target);
	fixture_settings(f, "sqlite:///shop.db", "journal = on\n");
	fixture_add(f, "g001", "f002", options, up, "SELECT 1;");
	return fixture_open(f, NULL, 24, 80);
}

static void finish(fixture *f, rt_screen *s)
{
	rt_screen_free(s);
	fixture_remove(f);
}

static void up_and_down(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "f001");
	s = fixture_open(&f, NULL, 24, 80);
	rt_screen_keys(s, "g d U");
	/* e001 and f002 are both next: which? */
	assert_true(rt_screen_has(s, "Upgrade which?"));
	rt_screen_keys(s, "Esc " TO_F002 "U");
	assert_true(rt_screen_has(s, "y upgrade   n leave"));
	rt_screen_keys(s, "Enter Space Tab n");
	assert_false(rt_screen_has(s, "upgrade shop.db?"));
	assert_true(rt_screen_has(s, "nothing was run"));
	rt_screen_keys(s, "U y");
	assert_true(rt_screen_has(s, "upgrade done; the database is at"));
	rt_screen_keys(s, TO_F002 "D");
	/* a column goes: its name must be typed */
	assert_true(rt_screen_has(s, "type shop.db, then Enter"));
	rt_screen_keys(s, "s h o p Enter");
	assert_true(rt_screen_has(s, "downgrade shop.db?"));
	rt_screen_keys(s, ". d b Enter");
	assert_true(rt_screen_has(s, "downgrade done"));
	rt_screen_keys(s, "4 G");
	assert_true(rt_screen_has(s, "the database is at f001"));
	finish(&f, s);
}

static void a_longer_plan(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, NULL);
	s = fixture_open(&f, NULL, 40, 140);
	rt_screen_keys(s, ": u p g r a d e Space b 0 0 2 Enter");
	assert_true(rt_screen_has(s, "which goes from <base> to b002"));
	assert_true(rt_screen_has(s, "a003 has no way back"));
	rt_screen_keys(s, "y");
	assert_true(rt_screen_has(s, "the database is at b002"));
	rt_screen_keys(s, ": d o w n g r a d e Space b 0 0 2 Enter");
	assert_true(rt_screen_has(s, "nothing to do"));
	/* a003 cannot be gone back through: refused before anything runs */
	rt_screen_keys(s, ": d o w n g r a d e Space b a s e Enter");
	assert_true(rt_screen_has(s, "a003"));
	assert_false(rt_screen_has(s, "downgrade shop.db?"));
	finish(&f, s);
}

static void reasons_why_not(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "d001");
	s = fixture_open(&f, NULL, 24, 80);
	rt_screen_keys(s, "g d g p Enter D");
	assert_true(rt_screen_has(s, "other applied revisions stand on"));
	rt_screen_keys(s, ": s t e p - r e t r y Enter");
	assert_true(rt_screen_has(s, "there is nothing to try again"));
	rt_screen_keys(s, ": u p g r a d e Space n o n e Enter");
	assert_true(rt_screen_has(s, "none"));
	assert_false(rt_screen_has(s, "upgrade shop.db?"));
	finish(&f, s);
}

/* Stepping back from a merge leaves both its parents as rows. */
static void down_from_several_heads(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "d001");
	s = fixture_open(&f, NULL, 24, 80);
	rt_screen_keys(s, "g d D y");
	assert_true(rt_screen_has(s, "the database is at"));
	assert_true(rt_screen_has(s, "downgrade done"));
	rt_screen_keys(s, "gg D");
	assert_true(rt_screen_has(s, "Downgrade which?"));
	assert_true(rt_screen_has(s, "b002  invoice due date"));
	assert_true(rt_screen_has(s, "c001  search terms"));
	rt_screen_keys(s, "Enter");
	assert_true(rt_screen_has(s, "type shop.db, then Enter"));
	rt_screen_keys(s, "s h o p . d b Enter");
	assert_true(rt_screen_has(s, "downgrade done"));
	finish(&f, s);
}

static const char bad[] = "CREATE TABLE x (id integer);\n"
			  "CREATE INDEX x_y\n\tON x (idd);\n"
			  "CREATE TABLE z (id integer);\n";

static void a_failing_statement(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	s = open_with(&f, "f002", "", bad);
	rt_screen_keys(s, TO_G001 "U y");
	assert_true(rt_screen_has(s, "FAILED, rolled back"));
	assert_true(rt_screen_has(s, "no such column: idd"));
	rt_screen_keys(s, "y");
	assert_true(rt_screen_has(s, "copied the report"));
	fixture_add(&f, "g001", "f002", "", "CREATE TABLE x (id integer);",
		    "DROP TABLE x;");
	rt_screen_wait(s);
	rt_screen_keys(s, "r y");
	assert_true(rt_screen_has(s, "the database is at g001"));
	finish(&f, s);
}

/* $EDITOR gets the file and the line; what it wrote is planned anew. */
static void edit_and_retry(void **state)
{
	char *editor, *variable;
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "f002");
	fixture_add(&f, "g001", "f002", "", bad, "SELECT 1;");
	fixture_write(&f, "ed.sh",
		      "#!/bin/sh\nsed 's/idd/id/' \"$1\" >\"$1.new\" && "
		      "mv \"$1.new\" \"$1\"\n");
	editor = rt_fs_join(f.dir, "ed.sh");
	variable = rt_strf("VISUAL=sh %s", editor);
	{
		const char *env[] = { "LC_ALL=C.UTF-8", variable, NULL };

		s = fixture_open(&f, env, 24, 80);
	}
	rt_screen_keys(s, TO_G001 "U y e");
	assert_true(rt_screen_has(s, "upgrade shop.db?"));
	rt_screen_keys(s, "y");
	assert_true(rt_screen_has(s, "done; the database is at"));
	finish(&f, s);
	free(variable);
	free(editor);
}

static void failed_in_every_look(void **state)
{
	static const struct {
		const char *const *env;
		int rows, cols;
	} looks[] = {
		{ NULL, 24, 80 },
		{ NULL, 40, 140 },
		{ fixture_no_colour, 24, 80 },
		{ fixture_ascii, 24, 80 },
		{ NULL, 10, 40 },
	};
	rt_screen *s;
	fixture f;
	size_t i;

	(void)state;
	fixture_make(&f, "f002");
	fixture_add(&f, "g001", "f002", "", bad, "SELECT 1;");
	fixture_settings(&f, "sqlite:///shop.db", "journal = off\n");
	for (i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		s = fixture_open(&f, looks[i].env, looks[i].rows,
				 looks[i].cols);
		rt_screen_keys(s, TO_G001 "U y");
		assert_true(rt_screen_has(s, "no such column"));
		rt_screen_free(s);
	}
	fixture_remove(&f);
}

/* Outside a transaction what has run stays: going on, or stamping it. */
static void partly_applied(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	s = open_with(&f, "f002", " transaction:false", bad);
	rt_screen_keys(s, TO_G001 "U");
	assert_true(rt_screen_has(s, "NO TRANSACTION"));
	rt_screen_keys(s, "s h o p . d b Enter");
	assert_true(rt_screen_has(s, "FAILED, PARTLY APPLIED"));
	assert_true(rt_screen_has(s, "1 of 3 statements"));
	rt_screen_keys(s, "r");
	assert_true(rt_screen_has(s, "part of it stands"));
	/* a no leads back */
	rt_screen_keys(s, "c");
	assert_true(rt_screen_has(s, "goes on behind the last good"));
	rt_screen_keys(s, "Esc");
	assert_true(rt_screen_has(s, "FAILED, PARTLY APPLIED"));
	/* going on fails at the same statement */
	rt_screen_keys(s, "c s h o p . d b Enter");
	assert_true(rt_screen_has(s, "FAILED, PARTLY APPLIED"));
	/* left and come back to: the journal knows, and the row tells */
	rt_screen_keys(s, "q " TO_G001 "C-l");
	assert_true(rt_screen_has(s, "\u203a! "));
	assert_true(rt_screen_has(s, "partly applied"));
	rt_screen_keys(s, "& p a r t l y Enter");
	assert_true(rt_screen_has(s, "g001"));
	rt_screen_keys(s, "Esc U s h o p . d b Enter");
	assert_true(rt_screen_has(s, "stopped half way"));
	rt_screen_keys(s, "S");
	assert_true(rt_screen_has(s, "only says that it is done"));
	rt_screen_keys(s, "s h o p . d b Enter");
	assert_true(rt_screen_has(s, "the database is at g001"));
	rt_screen_keys(s, "q " TO_G001 "C-l");
	assert_true(rt_screen_has(s, "\u203a= "));
	finish(&f, s);
}

/* Or all of it once more, when the file has been mended so that it can. */
static void begun_again(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	s = open_with(&f, "f002", " transaction:false",
		      "CREATE TABLE IF NOT EXISTS parcel (id integer);\n"
		      "INSERT INTO nowhere VALUES (1);");
	rt_screen_keys(s, TO_G001 "U s h o p . d b Enter");
	rt_screen_expect(s, "FAILED, PARTLY APPLIED");
	rt_screen_keys(s, "a");
	rt_screen_expect(s, "begins with the first statement again");
	rt_screen_keys(s, "Esc");
	rt_screen_expect(s, "FAILED, PARTLY APPLIED");
	fixture_add(&f, "g001", "f002", " transaction:false",
		    "CREATE TABLE IF NOT EXISTS parcel (id integer);\n"
		    "INSERT INTO parcel VALUES (1);", "DROP TABLE parcel;");
	rt_screen_wait(s);
	rt_screen_keys(s, "a s h o p . d b Enter");
	rt_screen_expect(s, "it is planned again");
	rt_screen_expect(s, "begins with the first statement again");
	rt_screen_keys(s, "s h o p . d b Enter");
	rt_screen_expect(s, "the database is at g001");
	/* and once it is done there is nothing to begin again */
	rt_screen_keys(s, "a");
	rt_screen_expect(s, "only a step that stands in part");
	finish(&f, s);
}

/* What has changed while the question was open is not run unseen. */
static void expect_planned_again(rt_screen *s)
{
	rt_screen_expect(s, "it is planned again");
	rt_screen_expect(s, "upgrade shop.db?");
	rt_screen_expect(s, "y upgrade   n leave");
}

static void a_changed_file_is_planned_again(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	s = open_with(&f, "f002", "", "CREATE TABLE one (id integer);");
	rt_screen_keys(s, TO_G001 "U");
	rt_screen_expect(s, "TABLE one");
	fixture_add(&f, "g001", "f002", "", "CREATE TABLE two (id integer);",
		    "SELECT 1;");
	rt_screen_wait(s);
	rt_screen_keys(s, "y");
	expect_planned_again(s);
	rt_screen_expect(s, "TABLE two");
	rt_screen_expect(s, "2 pending");
	rt_screen_keys(s, "n");
	rt_screen_keys(s, "U y");
	rt_screen_expect(s, "the database is at g001");
	finish(&f, s);
}

/* The same with version rows: somebody else has upgraded. */
static void changed_rows_are_planned_again(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	s = open_with(&f, "f001", "", "CREATE TABLE one (id integer);");
	rt_screen_keys(s, TO_G001 "U");
	rt_screen_expect(s, "which goes from f001 to f002");
	fixture_upgrade(&f, "e001");
	rt_screen_keys(s, "y");
	expect_planned_again(s);
	rt_screen_expect(s, "which goes from e001, f001 to e001, f002");
	rt_screen_keys(s, "y");
	rt_screen_expect(s, "the database is at e001, f002");
	finish(&f, s);
}

/* What is typed before a question can be seen does not answer it. */
static void typed_ahead(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	s = open_with(&f, "f002", "", "CREATE TABLE one (id integer);");
	rt_screen_send(s, ":goto g001\r");
	rt_screen_send(s, "Uyyyyyy");
	rt_screen_expect(s, "y upgrade   n leave");
	rt_screen_keys(s, "n");
	rt_screen_expect(s, "nothing was run");
	finish(&f, s);
}

static void cancelled(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	s = open_with(&f, "f002", "", FOR_EVER);
	rt_screen_keys(s, TO_G001 "U");
	rt_screen_send_only(s, "y");
	rt_screen_until(s, "running   Ctrl-C cancels");
	rt_screen_send_only(s, "U");
	rt_screen_until(s, "a step is running; Ctrl-C cancels it");
	rt_screen_send_only(s, "Q");
	rt_screen_until(s, "cancel it, then leave");
	rt_screen_send_only(s, "\r"); /* stay */
	rt_screen_send_only(s, "\003");
	rt_screen_until(s, "cancelled, rolled back");
	finish(&f, s);
}

/* ^Z is remembered until the run is over. */
static void stopped_while_it_runs(void **state)
{
	const char *why;
	rt_screen *s;
	fixture f;
	int status;

	(void)state;
	s = open_with(&f, "f002", "", FOR_EVER);
	rt_screen_keys(s, TO_G001 "U");
	rt_screen_send_only(s, "y");
	rt_screen_until(s, "running   Ctrl-C cancels");
	rt_screen_send_only(s, "\032");
	rt_screen_until(s, "the shell comes when it is over");
	rt_screen_send_only(s, "\003");
	status = rt_screen_status(s);
	assert_true(WIFSTOPPED(status));
	assert_int_equal(WSTOPSIG(status), SIGTSTP);
	if (!rt_screen_is_restored(s, &why))
		fail_msg("%s", why);
	if (rt_screen_continue(s) != RT_SCREEN_IDLE)
		fail_msg("status %x", (unsigned)rt_screen_status(s));
	rt_screen_expect(s, "cancelled, rolled back");
	rt_screen_expect(s, "rows read f002");
	finish(&f, s);
}

static void a_signal_waits_for_the_answer(void **state)
{
	const char *why;
	rt_screen *s;
	fixture f;
	int status;

	(void)state;
	s = open_with(&f, "f002", "", FOR_EVER);
	rt_screen_keys(s, TO_G001 "U");
	rt_screen_send_only(s, "y");
	rt_screen_until(s, "running   Ctrl-C cancels");
	kill(rt_screen_pid(s), SIGTERM);
	status = rt_screen_status(s);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
	if (!rt_screen_is_restored(s, &why))
		fail_msg("%s", why);
	rt_screen_free(s);
	s = fixture_open(&f, NULL, 24, 80);
	assert_true(rt_screen_has(s, "1 pending") ||
		    rt_screen_has(s, "2 pending"));
	finish(&f, s);
}

static void protected_by_its_name(void **state)
{
	static const char *const env[] = { "LC_ALL=C.UTF-8",
					   "RETORT_ENV=production", NULL };
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "f001");
	fixture_settings(&f, "sqlite:///shop.db",
			 "[retort:production]\nprotected = true\n");
	s = fixture_open(&f, env, 24, 80);
	rt_screen_keys(s, "gg U");
	assert_true(rt_screen_has(s, "this database is protected"));
	assert_true(rt_screen_has(s, "type production, then Enter"));
	rt_screen_keys(s, "y");
	assert_true(rt_screen_has(s, "upgrade production?"));
	rt_screen_keys(s, "C-u p r o d u c t i o n Enter");
	assert_true(rt_screen_has(s, "done; the database is at"));
	finish(&f, s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(up_and_down),
		cmocka_unit_test(a_longer_plan),
		cmocka_unit_test(reasons_why_not),
		cmocka_unit_test(down_from_several_heads),
		cmocka_unit_test(a_failing_statement),
		cmocka_unit_test(edit_and_retry),
		cmocka_unit_test(failed_in_every_look),
		cmocka_unit_test(partly_applied),
		cmocka_unit_test(begun_again),
		cmocka_unit_test(a_changed_file_is_planned_again),
		cmocka_unit_test(changed_rows_are_planned_again),
		cmocka_unit_test(typed_ahead),
		cmocka_unit_test(cancelled),
		cmocka_unit_test(stopped_while_it_runs),
		cmocka_unit_test(a_signal_waits_for_the_answer),
		cmocka_unit_test(protected_by_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
