/* SPDX-License-Identifier: MIT */
/*
 * Keys, mouse, pastes and sizes by chance, on the real program, in a project
 * and a database made for it.
 *
 * Whatever comes, the program lives, or has ended because it was told to,
 * with status 0 and the terminal given back; the cursor stays on the screen
 * and no cell holds a control character.
 *
 *     RETORT_FUZZ_KEYS   how many, 3000 unless told; `make fuzz-console`
 *     RETORT_FUZZ_SEED   for the same ones again
 *
 * A burst of keys is sent at once, as auto-repeat and pasting do it.
 */
#include "support/rt_test.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/alloc.h"
#include "base/fs.h"
#include "base/str.h"
#include "tui/fixture.h"
#include "tui/keys/action.h"

enum { KEYS = 3000, BURST = 24, KEPT = 4 };

typedef struct fuzz {
	uint64_t state; /* of the generator */
	fixture f;
	rt_screen *screen;
	int rows, cols;
	rt_str burst;
	rt_str before[KEPT]; /* the bursts before, the last one first */
	rt_str seen;         /* the screen before the burst */
	size_t sessions, stops;
} fuzz;

static unsigned roll(fuzz *z, unsigned sides)
{
	uint64_t x = z->state += 0x9e3779b97f4a7c15u;

	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return (unsigned)((x ^ (x >> 31)) % sides);
}

/* --- what is typed ------------------------------------------------------- */

/* No mouse report without its end: curses waits for that. */
static void add_sequence(fuzz *z, rt_str *s)
{
	static const char *const keys[] = {
		"\033OA", "\033OB", "\033OC", "\033OD", "\033OH", "\033OF",
		"\033[5~", "\033[6~", "\033[3~", "\033[Z", "\033OP",
		"\033[15~", "\033[1;5A", "\033[I", "\033[O", "\033",
		"gg", "gd", "gh", "gb", "gp", "gc", "zh", "zl", "\r", "\t",
		" ", "\003", "\007", "y\r", "\033\033", "\033[99~",
	};

	rt_str_add(s, keys[roll(z, sizeof(keys) / sizeof(*keys))]);
}

static void add_mouse(fuzz *z, rt_str *s)
{
	static const int buttons[] = { 0, 0, 1, 2, 3, 32, 35, 64, 65 };

	rt_str_addf(s, "\033[<%d;%u;%u%c", buttons[roll(z, 9)],
		    roll(z, (unsigned)z->cols + 20),
		    roll(z, (unsigned)z->rows + 20), roll(z, 4) ? 'M' : 'm');
}

/* A paste that ends, whatever is in it. */
static void add_paste(fuzz *z, rt_str *s)
{
	unsigned i, n = roll(z, 40);

	rt_str_add(s, "\033[200~");
	for (i = 0; i < n; i++)
		rt_str_addc(s, (char)(roll(z, 3) ? 32 + roll(z, 95)
						 : roll(z, 256)));
	rt_str_add(s, " \033[201~");
}

/* An action by its name, sometimes with something behind it. */
static void add_command(fuzz *z, rt_str *s)
{
	static const char *const words[] = { "", " head", " a0", " -", " x y",
					     " \xe6\xbc\xa2", " dark" };
	const rt_action_info *info = rt_action_info_of(
		(rt_action)(1 + roll(z, RT_ACTION_COUNT - 1)));

	rt_str_addf(s, ":%s%s%s", info->name, words[roll(z, 7)],
		    roll(z, 4) ? "\r" : "\t");
}

static void add_text(fuzz *z, rt_str *s)
{
	static const char *const texts[] = {
		"\xc3\xa9", "\xe6\xbc\xa2", "e\xcc\x81", "\xff", "\xc2\x9b",
		"\xe2\x80\xae", "/a", "?e", "&in", "&\r", "/\r", "n", "N",
	};

	rt_str_add(s, texts[roll(z, sizeof(texts) / sizeof(*texts))]);
}

static void add_key(fuzz *z, rt_str *s)
{
	switch (roll(z, 16)) {
	case 0:
	case 1:
	case 2:
		add_sequence(z, s);
		break;
	case 3:
		add_mouse(z, s);
		break;
	case 4:
		if (!roll(z, 3))
			add_paste(z, s);
		break;
	case 5:
		if (!roll(z, 3))
			add_command(z, s);
		break;
	case 6:
		add_text(z, s);
		break;
	case 7:
		rt_str_addc(s, (char)(1 + roll(z, 31)));
		break;
	default:
		rt_str_addc(s, (char)(33 + roll(z, 94)));
	}
}

/* Q and q end the session: now and then is enough. */
static void without_ends(fuzz *z)
{
	size_t i;

	for (i = 0; i < z->burst.n; i++)
		if ((z->burst.p[i] == 'Q' || z->burst.p[i] == 'q') &&
		    roll(z, 20))
			z->burst.p[i] = 'j';
}

/* --- the program --------------------------------------------------------- */

static void start(fuzz *z)
{
	const char *env[] = { "LC_ALL=C.UTF-8", "NO_COLOR", "COLORFGBG",
			      "TMUX", "EDITOR=true", "VISUAL=true", NULL,
			      NULL, NULL };
	char *asan, *ubsan;

	fixture_make(&z->f, roll(z, 2) ? "d001" : NULL);
	asan = rt_strf("ASAN_OPTIONS=log_path=%s/fault", z->f.dir);
	ubsan = rt_strf("UBSAN_OPTIONS=print_stacktrace=1:log_path=%s/fault",
			z->f.dir);
	env[6] = asan;
	env[7] = ubsan;
	if (!roll(z, 4))
		env[0] = "LC_ALL=C";
	if (!roll(z, 4))
		env[1] = "NO_COLOR=1";
	z->rows = 24;
	z->cols = 80;
	z->screen = fixture_open(&z->f, env, z->rows, z->cols);
	z->sessions++;
	free(asan);
	free(ubsan);
}

static void print_burst(const char *what, const rt_str *s)
{
	size_t i;

	fprintf(stderr, "%s: ", what);
	for (i = 0; i < s->n; i++)
		fprintf(stderr, s->p[i] > 32 && s->p[i] < 127 ? "%c" : "\\x%02x",
			(unsigned char)s->p[i]);
	fputc('\n', stderr);
}

/* What a sanitizer wrote, of the program or of a child. */
static void print_faults(const fuzz *z)
{
	DIR *dir = opendir(z->f.dir);
	retort_error err = RETORT_ERROR_INIT;
	const struct dirent *e;
	rt_str text = RT_STR_INIT;
	char *path;

	while (dir && (e = readdir(dir)) != NULL) {
		if (strncmp(e->d_name, "fault", 5) != 0)
			continue;
		path = rt_fs_join(z->f.dir, e->d_name);
		if (rt_fs_read(path, 1 << 20, &text, &err) == 0)
			fprintf(stderr, "%s\n", text.p);
		free(path);
	}
	if (dir)
		closedir(dir);
	rt_str_free(&text);
	retort_error_dispose(&err);
}

static bool has_faults(const fuzz *z)
{
	DIR *dir = opendir(z->f.dir);
	const struct dirent *e;
	bool found = false;

	while (dir && (e = readdir(dir)) != NULL)
		found |= strncmp(e->d_name, "fault", 5) == 0;
	if (dir)
		closedir(dir);
	return found;
}

static void keep_screen(fuzz *z)
{
	char *row;
	int i;

	rt_str_clear(&z->seen);
	for (i = 0; i < z->rows; i++) {
		row = rt_screen_row(z->screen, i);
		rt_str_addf(&z->seen, "|%s\n", row);
		free(row);
	}
}

static void fail_with(fuzz *z, const char *why)
{
	int i;

	for (i = KEPT; i-- > 0;)
		print_burst("before", &z->before[i]);
	print_burst("burst", &z->burst);
	fprintf(stderr, "the screen before the last burst, and now:\n%s",
		z->seen.p);
	keep_screen(z);
	fprintf(stderr, "%s", z->seen.p);
	print_faults(z);
	fail_msg("%s (%dx%d)", why, z->cols, z->rows);
}

static void stop(fuzz *z)
{
	if (has_faults(z))
		fail_with(z, "a sanitizer has found something");
	rt_screen_free(z->screen);
	fixture_remove(&z->f);
}

static bool tells_to_end(const rt_str *burst)
{
	return memchr(burst->p, 'Q', burst->n) ||
	       memchr(burst->p, 'q', burst->n) ||
	       memmem(burst->p, burst->n, ":close", strlen(":close"));
}

/* Enter on a row of the help does what the row says. */
static bool runs_help(const fuzz *z)
{
	const rt_str *s = &z->burst;

	return memchr(s->p, '\r', s->n) &&
	       (strstr(z->seen.p, " HELP ") || memchr(s->p, 'h', s->n) ||
		memmem(s->p, s->n, "\033OP", 3));
}

/* It has ended: was it told to?  A burst before may have done it: a word of
 * the program's that it has nothing left to do, of files that it read again,
 * may cross with a burst on its way. */
static void take_end(fuzz *z, int status)
{
	bool told = tells_to_end(&z->burst) || runs_help(z);
	int i;

	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_with(z, "the program died");
	for (i = 0; i < KEPT; i++)
		told = told || tells_to_end(&z->before[i]);
	if (!told)
		fail_with(z, "the program ended without being told to");
	stop(z);
	start(z);
}

/* What came of a burst; what has stopped goes on with the rest of it. */
static void take(fuzz *z, rt_screen_came came)
{
	const char *why;
	int status = 0;

	while (came == RT_SCREEN_CHANGED) {
		status = rt_screen_status(z->screen);
		if (!rt_screen_is_restored(z->screen, &why))
			fail_with(z, why);
		if (!WIFSTOPPED(status)) {
			take_end(z, status);
			return;
		}
		z->stops++;
		came = rt_screen_continue(z->screen);
	}
	if (came == RT_SCREEN_NOTHING)
		fail_with(z, "the program neither wrote nor waited");
	if (!rt_screen_is_clean(z->screen, &why))
		fail_with(z, why);
}

static void resize(fuzz *z)
{
	z->rows = 1 + (int)roll(z, roll(z, 3) ? 50 : 120);
	z->cols = 1 + (int)roll(z, roll(z, 3) ? 150 : 300);
	rt_screen_resize_only(z->screen, z->rows, z->cols);
}

/* The burst becomes the last one before, and is empty. */
static void begin_burst(fuzz *z)
{
	rt_str oldest = z->before[KEPT - 1];

	memmove(z->before + 1, z->before, (KEPT - 1) * sizeof(*z->before));
	z->before[0] = z->burst;
	z->burst = oldest;
	rt_str_clear(&z->burst);
}

static size_t one_burst(fuzz *z)
{
	unsigned i, n = 1 + roll(z, roll(z, 3) ? 4 : BURST);

	begin_burst(z);
	for (i = 0; i < n; i++)
		add_key(z, &z->burst);
	/* one that always brings a frame */
	rt_str_addc(&z->burst, roll(z, 2) ? '\014' : 'k');
	without_ends(z);
	for (i = roll(z, 8) ? 0 : 1 + roll(z, 4); i > 0; i--)
		resize(z);
	keep_screen(z);
	take(z, rt_screen_try(z->screen, rt_str_sv(&z->burst)));
	return n + 1;
}

static uint64_t number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static void any_keys(void **state)
{
	uint64_t keys = number("RETORT_FUZZ_KEYS", KEYS), sent = 0;
	fuzz z = { .burst = RT_STR_INIT, .seen = RT_STR_INIT };
	int i;

	(void)state;
	for (i = 0; i < KEPT; i++)
		z.before[i] = (rt_str)RT_STR_INIT;
	z.state = number("RETORT_FUZZ_SEED", 1);
	start(&z);
	while (sent < keys)
		sent += one_burst(&z);
	stop(&z);
	print_message("# %llu keys, %zu sessions, %zu stops\n",
		      (unsigned long long)sent, z.sessions, z.stops);
	rt_str_free(&z.burst);
	rt_str_free(&z.seen);
	for (i = 0; i < KEPT; i++)
		rt_str_free(&z.before[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
