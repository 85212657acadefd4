/* SPDX-License-Identifier: MIT */
/* Writing from the console: the merge wizard, new revisions, the editor, a
 * stamp, and undo. */
#include "support/rt_test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/proc.h"
#include "tui/fixture.h"

static int make_at(void **state, const char *target)
{
	fixture *f = calloc(1, sizeof(*f));

	fixture_make(f, target);
	*state = f;
	return 0;
}

static int make(void **state)
{
	return make_at(state, "e001");
}

static int make_below(void **state)
{
	return make_at(state, "d001");
}

static int clean(void **state)
{
	fixture_remove(*state);
	free(*state);
	return 0;
}

static void no_line(void *self, rt_sv line)
{
	(void)self;
	(void)line;
}

/* The program from outside; its exit status. */
static int run(const fixture *f, const char *a, const char *b)
{
	const char *argv[] = { getenv("RETORT"), a, b, NULL };
	rt_proc proc = { .argv = argv, .cwd = f->dir, .line = no_line };
	retort_error err = RETORT_ERROR_INIT;
	int status = -1;

	rt_assert_ok(rt_proc_run(&proc, &status, &err), &err);
	return status;
}

static size_t files(const fixture *f)
{
	char *path = rt_fs_join(f->dir, "migrations");
	retort_error err = RETORT_ERROR_INIT;
	rt_fs_list list = RT_FS_LIST_INIT;
	size_t n;

	rt_assert_ok(rt_fs_read_dir(path, &list, &err), &err);
	n = list.n;
	rt_fs_list_free(&list);
	free(path);
	return n;
}

static bool file_has(const fixture *f, const char *name, const char *text)
{
	char *path = rt_fs_join(f->dir, name);
	retort_error err = RETORT_ERROR_INIT;
	rt_str s = RT_STR_INIT;
	bool has;

	rt_assert_ok(rt_fs_read(path, RT_FS_LIMIT, &s, &err), &err);
	has = strstr(s.p, text) != NULL;
	rt_str_free(&s);
	free(path);
	return has;
}

/* From two heads to one that is applied. */
static void two_heads_become_one(void **state)
{
	const fixture *f = *state;
	size_t before = files(f);
	rt_screen *s = fixture_open(f, NULL, 24, 80);

	rt_screen_keys(s, "M");
	rt_screen_golden(s, "wizard-heads-80x24");
	rt_screen_keys(s, "n");
	rt_screen_golden(s, "wizard-conflicts-80x24");
	rt_screen_keys(s, "n");
	rt_screen_golden(s, "wizard-method-80x24");
	rt_screen_keys(s, "m C-u j o i n Enter");
	assert_true(rt_screen_has(s, "(m changes it): join"));
	rt_screen_keys(s, "n");
	assert_true(rt_screen_has(s, "new: join"));
	assert_true(rt_screen_has(s, "-- down_revision: e001, f002"));
	assert_int_equal(files(f), before);
	rt_screen_keys(s, "W");
	assert_int_equal(files(f), before + 1);
	assert_true(rt_screen_has(s, "u undoes that"));
	assert_true(rt_screen_has(s, "1 head "));
	assert_true(rt_screen_has(s, "join"));
	assert_int_equal(run(f, "upgrade", "head"), 0);
	rt_screen_keys(s, "R");
	assert_false(rt_screen_has(s, "pending"));
	/* what is applied is not undone under the database */
	rt_screen_keys(s, "u y");
	assert_true(rt_screen_has(s, "is applied in this database"));
	assert_int_equal(files(f), before + 1);
	rt_screen_keys(s, "M");
	assert_true(rt_screen_has(s, "nothing to merge"));
	rt_screen_free(s);
}

static void a_written_merge_can_be_undone(void **state)
{
	const fixture *f = *state;
	size_t before = files(f);
	rt_screen *s = fixture_open(f, fixture_ascii, 40, 140);

	rt_screen_keys(s, "u");
	assert_true(rt_screen_has(s, "no file was written"));
	rt_screen_keys(s, "M n n n W");
	assert_int_equal(files(f), before + 1);
	rt_screen_keys(s, "u");
	assert_true(rt_screen_has(s, "UNDO THE LAST WRITE"));
	rt_screen_keys(s, "Enter n");
	assert_int_equal(files(f), before + 1);
	rt_screen_keys(s, "u y");
	assert_int_equal(files(f), before);
	assert_true(rt_screen_has(s, "2 heads (!)"));
	rt_screen_free(s);
}

/* The database stands on e001: the other branch may move, this one not. */
/* The SQL of both sides, and what git knows of the file that will change. */
static void both_sides_are_compared(void **state)
{
	const fixture *f = *state;
	rt_screen *s;

	fixture_write(f, "migrations/g001_x.sql",
		      "-- revision: g001\n-- down_revision: d001\n"
		      "-- message: phones\n\n-- migrate:up\n"
		      "ALTER TABLE account ADD COLUMN\n\tphone text; -- home\n");
	fixture_write(f, "migrations/h001_x.sql",
		      "-- revision: h001\n-- down_revision: d001\n"
		      "-- message: mails\n\n-- migrate:up\n"
		      "ALTER TABLE account ADD COLUMN mail text "
		      "DEFAULT 'none';\n");
	s = fixture_open(f, NULL, 24, 120);
	/* of the four heads, the two last ones */
	rt_screen_keys(s, "M Space j Space n Enter");
	assert_true(rt_screen_has(s, "table account"));
	rt_screen_golden(s, "wizard-compare-120x24");
	rt_screen_resize(s, 24, 80);
	rt_screen_golden(s, "wizard-compare-80x24");
	rt_screen_keys(s, "p n n j j j Space n");
	assert_true(rt_screen_has(s, "git: in no repository"));
	rt_screen_free(s);
}

static void a_branch_is_re_parented(void **state)
{
	const fixture *f = *state;
	rt_screen *s = fixture_open(f, NULL, 24, 80);

	rt_screen_keys(s, "M n n");
	assert_true(rt_screen_has(s, "( ) put f001 to f002 onto e001"));
	assert_true(rt_screen_has(s, "refused: e001 is applied"));
	rt_screen_keys(s, "j j j Space");
	assert_true(rt_screen_has(s, "(*) put f001 to f002"));
	rt_screen_keys(s, "j j j Space");
	assert_true(rt_screen_has(s, "e001 is applied in this database"));
	rt_screen_keys(s, "n");
	rt_screen_golden(s, "wizard-reparent-80x24");
	rt_screen_keys(s, "W");
	assert_true(file_has(f, "migrations/f001_x.sql",
			     "-- down_revision: e001\n"));
	assert_true(rt_screen_has(s, "1 head "));
	rt_screen_keys(s, "u y");
	assert_true(file_has(f, "migrations/f001_x.sql",
			     "-- down_revision: d001\n"));
	assert_true(rt_screen_has(s, "2 heads"));
	rt_screen_free(s);
}

static void esc_keeps_the_answers(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, "M Space n");
	assert_true(rt_screen_has(s, "choose two heads"));
	rt_screen_keys(s, "Space n n j j j Space Esc Esc Esc");
	assert_true(rt_screen_has(s, "GRAPH"));
	rt_screen_keys(s, "M n n j j j Space Esc Esc n n");
	assert_true(rt_screen_has(s, "(*) put"));
	rt_screen_keys(s, "h q p p");
	assert_true(rt_screen_has(s, "1 of 4"));
	rt_screen_keys(s, "n / s i n c e Enter Esc W q");
	assert_true(rt_screen_has(s, "GRAPH"));
	rt_screen_free(s);
}

static void a_new_revision_asks_for_its_message(void **state)
{
	const fixture *f = *state;
	size_t before = files(f);
	rt_screen *s = fixture_open(f, NULL, 24, 80);

	rt_screen_keys(s, "gg C Esc C Enter");
	assert_int_equal(files(f), before);
	rt_screen_keys(s, "C m o r e Enter");
	assert_int_equal(files(f), before + 1);
	assert_true(rt_screen_has(s, "more"));
	assert_true(rt_screen_has(s, "wrote migrations/"));
	rt_screen_keys(s, "u y gd C");
	assert_int_equal(files(f), before);
	rt_screen_free(s);
}

/* On what is no head it begins a branch, and says so. */
static void a_branch_is_asked_for(void **state)
{
	const fixture *f = *state;
	size_t before = files(f);
	rt_screen *s = fixture_open(f, NULL, 24, 80);

	rt_screen_keys(s, "gd C");
	assert_true(rt_screen_has(s, "begins a new branch"));
	rt_screen_keys(s, "Enter n");
	assert_int_equal(files(f), before);
	rt_screen_keys(s, ": r e v i s i o n Space x Enter");
	assert_int_equal(files(f), before);
	rt_screen_keys(s, "C y s i d e Enter");
	assert_int_equal(files(f), before + 1);
	assert_true(rt_screen_has(s, "3 heads"));
	rt_screen_free(s);
}

static void a_stamp_wants_its_id_typed(void **state)
{
	const fixture *f = *state;
	rt_screen *s = fixture_open(f, NULL, 24, 80);

	rt_screen_keys(s, "gg S");
	assert_true(rt_screen_has(s, "version rows now: d001"));
	rt_screen_keys(s, "y Enter Enter Esc");
	rt_screen_keys(s, "gd S");
	assert_true(rt_screen_has(s, "already"));
	rt_screen_keys(s, ": g o t o Space f 0 0 2 Enter S f 0 0 2 Enter");
	assert_true(rt_screen_has(s, "stamped f002"));
	rt_screen_keys(s, "gg gd");
	assert_true(rt_screen_has(s, "up f002"));
	rt_screen_free(s);
}

static void the_editor_gets_the_terminal(void **state)
{
	const fixture *f = *state;
	char *script = rt_fs_join(f->dir, "ed it.sh");
	char *env = rt_strf("EDITOR=sh '%s' --", script);
	const char *const with_editor[] = { "LC_ALL=C.UTF-8", "VISUAL",
					    "NO_COLOR", "TMUX", "COLORFGBG",
					    env, NULL };
	rt_screen *s;

	fixture_write(f, "ed it.sh",
		      "test -t 0 && test -t 1 && "
		      "echo '-- edited' >> \"$2\"\n");
	s = fixture_open(f, with_editor, 24, 80);
	rt_screen_keys(s, "gd e");
	assert_true(file_has(f, "migrations/d001_x.sql", "-- edited"));
	assert_true(rt_screen_has(s, "was read again"));
	fixture_write(f, "ed it.sh", "exit 3\n");
	rt_screen_keys(s, "e");
	assert_true(rt_screen_has(s, "ended with status 3"));
	rt_screen_free(s);
	free(script);
	free(env);
}

/* ^Z stops editor and console as one job, ^C is the editor's alone: where it
 * was opened on a revision, and where on a step that failed. */
static void stop_in_the_editor(rt_screen *s, const char *shown)
{
	const char *why;
	int status;

	rt_screen_send_only(s, "e");
	rt_screen_until(s, shown);
	rt_screen_send_only(s, "\032");
	status = rt_screen_status(s);
	assert_true(WIFSTOPPED(status));
	assert_int_equal(WSTOPSIG(status), SIGTSTP);
	if (!rt_screen_is_restored(s, &why))
		fail_msg("%s", why);
	kill(-rt_screen_pid(s), SIGCONT);
	rt_screen_send_only(s, "\r");
	rt_screen_until(s, "GRAPH");
	rt_screen_wait(s);
}

static void keys_of_the_terminal_in_the_editor(void **state)
{
	const fixture *f = *state;
	char *script = rt_fs_join(f->dir, "ed.sh");
	char *env = rt_strf("EDITOR=sh %s", script);
	const char *const with_editor[] = { "LC_ALL=C.UTF-8", "VISUAL",
					    "NO_COLOR", "TMUX", "COLORFGBG",
					    env, NULL };
	rt_screen *s;

	fixture_write(f, "ed.sh", "echo >>times\n"
				   "echo EDITING $(wc -l <times)\n"
				   "read line\n");
	fixture_add(f, "g001", "e001", "", "CREATE TABL x (id integer);",
		    "SELECT 1;");
	s = fixture_open(f, with_editor, 24, 120);
	rt_screen_send(s, ":goto g001\r");
	stop_in_the_editor(s, "EDITING 1");
	rt_screen_expect(s, "was read again");
	rt_screen_send_only(s, "e");
	rt_screen_until(s, "EDITING 2");
	rt_screen_send_only(s, "\003");
	rt_screen_until(s, "GRAPH");
	rt_screen_wait(s);
	rt_screen_keys(s, "U y");
	rt_screen_expect(s, "FAILED, rolled back");
	stop_in_the_editor(s, "EDITING 3");
	/* what was edited is planned anew */
	rt_screen_expect(s, "y upgrade   n leave");
	rt_screen_free(s);
	free(script);
	free(env);
}

int main(void)
{
#define T(name, setup) cmocka_unit_test_setup_teardown(name, setup, clean)
	const struct CMUnitTest tests[] = {
		T(two_heads_become_one, make),
		T(a_written_merge_can_be_undone, make),
		T(both_sides_are_compared, make),
		T(a_branch_is_re_parented, make),
		T(esc_keeps_the_answers, make),
		T(a_new_revision_asks_for_its_message, make_below),
		T(a_branch_is_asked_for, make_below),
		T(a_stamp_wants_its_id_typed, make_below),
		T(the_editor_gets_the_terminal, make_below),
		T(keys_of_the_terminal_in_the_editor, make),
	};
#undef T

	return cmocka_run_group_tests(tests, NULL, NULL);
}
