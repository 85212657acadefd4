/* SPDX-License-Identifier: MIT */
#include "support/screen.h"

#include "support/rt_test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <vterm.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "support/screen_golden.h"

enum { PATIENCE_MS = 12000, FRAMES_MS = 1000, QUIET_MS = 20 };

struct rt_screen {
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	VTermPos cursor;
	bool alternate, cursor_shown;
	int mouse;
	int master;   /* of the pseudo-terminal */
	int reports;  /* the program's pid, then its states */
	pid_t shell;  /* the process between us and it */
	pid_t pid;
	int idle;     /* NULs that have come */
	int changes;  /* of the program's state, that have been seen */
	rt_str modes; /* "?2004h" … in the order they came */
	rt_str text;  /* since the last escape, to find modes and OSC 52 */
	rt_str copied;
};

/* --- the process --------------------------------------------------------- */

static void set_env(const char *const *env)
{
	const char *eq;
	char *name;

	for (; *env; env++) {
		eq = strchr(*env, '=');
		if (!eq) {
			unsetenv(*env);
			continue;
		}
		name = rt_strndup(*env, (size_t)(eq - *env));
		setenv(name, eq + 1, 1);
		free(name);
	}
}

/* In the child: a foreground job of its own, as a shell makes one. */
static _Noreturn void run_program(const char *const *argv)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	setpgid(0, 0);
	signal(SIGTTOU, SIG_IGN);
	tcsetpgrp(STDIN_FILENO, getpid());
	signal(SIGTTOU, SIG_DFL);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* The shell in between: starts the job and reports what becomes of it, so
 * that it can be stopped and continued as on a real terminal. */
static _Noreturn void run_shell(const char *const *argv, int reports)
{
	pid_t pid;
	int status;

	/* nothing of the test's lives on here when it has ended: neither
	 * other terminals, which would never hang up, nor pipes */
	reports = dup2(reports, STDERR_FILENO + 1);
	closefrom(reports + 1);
	pid = fork();
	if (pid == 0)
		run_program(argv);
	if (write(reports, &pid, sizeof(pid)) < 0)
		_exit(1);
	while (waitpid(pid, &status, WUNTRACED) == pid) {
		/* in order behind all that the program has written */
		if (write(reports, &status, sizeof(status)) < 0 ||
		    write(STDOUT_FILENO, "\001", 1) < 0)
			_exit(1);
		if (!WIFSTOPPED(status))
			break;
	}
	/* the terminal stays until it has been looked at */
	for (;;)
		pause();
}

/* --- the terminal -------------------------------------------------------- */

static int on_cursor(VTermPos pos, VTermPos old, int visible, void *self)
{
	rt_screen *s = self;

	(void)old;
	(void)visible;
	s->cursor = pos;
	return 1;
}

static int on_prop(VTermProp prop, VTermValue *value, void *self)
{
	rt_screen *s = self;

	if (prop == VTERM_PROP_ALTSCREEN)
		s->alternate = value->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		s->cursor_shown = value->boolean;
	else if (prop == VTERM_PROP_MOUSE)
		s->mouse = value->number;
	return 1;
}

static const VTermScreenCallbacks callbacks = {
	.movecursor = on_cursor,
	.settermprop = on_prop,
};

/* One sequence is whole in s->text; note the modes and the clipboard. */
static void take_sequence(rt_screen *s)
{
	const char *copy = strstr(s->text.p, "]52;c;");

	if (copy) {
		rt_str_clear(&s->copied);
		rt_str_add(&s->copied, copy + 6);
	} else if (strncmp(s->text.p, "[?", 2) == 0) {
		rt_str_add(&s->modes, s->text.p + 1);
		rt_str_addc(&s->modes, ' ');
	}
}

/* Follow escape sequences as far as the above needs them. */
static void watch_byte(rt_screen *s, char c)
{
	bool csi = s->text.n > 1 && s->text.p[0] == '[' && c >= '@';

	s->idle += c == '\0';
	s->changes += c == '\001';
	if (c == '\033') {
		rt_str_clear(&s->text);
		return;
	}
	if (c == '\a' || csi) {
		if (csi)
			rt_str_addc(&s->text, c);
		take_sequence(s);
		rt_str_clear(&s->text);
	} else if (s->text.n < (1 << 17)) {
		rt_str_addc(&s->text, c);
	}
}

/* Take what the program has written; false when nothing came in time. */
static bool take_output(rt_screen *s, int ms)
{
	struct pollfd p = { s->master, POLLIN, 0 };
	char bytes[8192];
	ssize_t i, n;

	if (poll(&p, 1, ms) <= 0)
		return false;
	n = read(s->master, bytes, sizeof(bytes));
	for (i = 0; i < n; i++)
		watch_byte(s, bytes[i]);
	if (n > 0)
		vterm_input_write(s->vt, bytes, (size_t)n);
	return n > 0;
}

/* All of it, for whoever reads why a test failed. */
static void show(rt_screen *s)
{
	char *line;
	int row;

	for (row = 0; row < s->rows; row++) {
		line = rt_screen_row(s, row);
		fprintf(stderr, "# |%s\n", line);
		free(line);
	}
}

void rt_screen_wait(rt_screen *s)
{
	while (!s->idle)
		if (!take_output(s, PATIENCE_MS)) {
			show(s);
			fail_msg("the program neither wrote nor waited");
		}
	s->idle = 0;
}

/* Before something is sent: what has come unasked is not its answer. */
static void settle(rt_screen *s)
{
	while (take_output(s, 0))
		;
	s->idle = 0;
}

static void open_vterm(rt_screen *s)
{
	s->vt = vterm_new(s->rows, s->cols);
	vterm_set_utf8(s->vt, 1);
	s->screen = vterm_obtain_screen(s->vt);
	vterm_screen_set_callbacks(s->screen, &callbacks, s);
	vterm_screen_enable_altscreen(s->screen, 1);
	vterm_screen_reset(s->screen, 1);
}

rt_screen *rt_screen_start(const char *const *argv, const char *const *env,
			   const char *dir, int rows, int cols)
{
	struct winsize size = { (unsigned short)rows, (unsigned short)cols, 0,
				0 };
	rt_screen *s = rt_calloc(1, sizeof(*s));
	int reports[2];

	s->rows = rows;
	s->cols = cols;
	s->cursor_shown = true;
	s->modes = s->text = s->copied = (rt_str)RT_STR_INIT;
	open_vterm(s);
	assert_return_code(pipe(reports), errno);
	s->shell = forkpty(&s->master, NULL, NULL, &size);
	if (s->shell == 0) {
		close(reports[0]);
		if (chdir(dir))
			_exit(126);
		setenv("TERM", "xterm-256color", 1);
		setenv("RETORT_IDLE_FD", "1", 1);
		set_env(env);
		run_shell(argv, reports[1]);
	}
	assert_true(s->shell > 0);
	close(reports[1]);
	s->reports = reports[0];
	assert_int_equal(read(s->reports, &s->pid, sizeof(s->pid)),
			 sizeof(s->pid));
	rt_screen_wait(s);
	return s;
}

void rt_screen_free(rt_screen *s)
{
	kill(s->pid, SIGKILL);
	kill(s->shell, SIGKILL);
	waitpid(s->shell, NULL, 0);
	close(s->master);
	close(s->reports);
	vterm_free(s->vt);
	rt_str_free(&s->modes);
	rt_str_free(&s->text);
	rt_str_free(&s->copied);
	free(s);
}

/* --- what a user does ---------------------------------------------------- */

void rt_screen_send_only(rt_screen *s, const char *bytes)
{
	size_t n = strlen(bytes);

	settle(s);
	assert_int_equal(write(s->master, bytes, n), n);
}

void rt_screen_send(rt_screen *s, const char *bytes)
{
	rt_screen_send_only(s, bytes);
	rt_screen_wait(s);
}

/* Cursor keys as a terminal sends them in application mode. */
static const char *key_bytes(const char *name, char *buffer)
{
	static const char *const keys[][2] = {
		{ "Enter", "\r" },	{ "Esc", "\033" },
		{ "Tab", "\t" },	{ "S-Tab", "\033[Z" },
		{ "Space", " " },	{ "Backspace", "\177" },
		{ "Up", "\033OA" },	{ "Down", "\033OB" },
		{ "Right", "\033OC" },	{ "Left", "\033OD" },
		{ "Home", "\033OH" },	{ "End", "\033OF" },
		{ "PgUp", "\033[5~" },	{ "PgDn", "\033[6~" },
		{ "Del", "\033[3~" },	{ "F1", "\033OP" },
		{ "F5", "\033[15~" },
	};
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(keys[i][0], name) == 0)
			return keys[i][1];
	if (strncmp(name, "C-", 2) == 0 && name[2]) {
		buffer[0] = (char)(name[2] & 0x1f);
		buffer[1] = '\0';
		return buffer;
	}
	return name;
}

void rt_screen_keys(rt_screen *s, const char *keys)
{
	rt_sv rest = rt_sv_from(keys), word;
	char buffer[2];
	char *name;

	while (rt_sv_split(&rest, ' ', &word)) {
		name = rt_strndup(word.p, word.n);
		rt_screen_send(s, key_bytes(name, buffer));
		free(name);
	}
}

void rt_screen_resize_only(rt_screen *s, int rows, int cols)
{
	struct winsize size = { (unsigned short)rows, (unsigned short)cols, 0,
				0 };

	settle(s);
	s->rows = rows;
	s->cols = cols;
	vterm_set_size(s->vt, rows, cols);
	assert_return_code(ioctl(s->master, TIOCSWINSZ, &size), errno);
}

void rt_screen_resize(rt_screen *s, int rows, int cols)
{
	rt_screen_resize_only(s, rows, cols);
	rt_screen_wait(s);
}

static rt_screen_came wait_for_any(rt_screen *s)
{
	while (!s->idle && !s->changes)
		if (!take_output(s, PATIENCE_MS))
			return RT_SCREEN_NOTHING;
	return s->changes ? RT_SCREEN_CHANGED : RT_SCREEN_IDLE;
}

rt_screen_came rt_screen_try(rt_screen *s, rt_sv bytes)
{
	settle(s);
	assert_int_equal(write(s->master, bytes.p, bytes.n), bytes.n);
	return wait_for_any(s);
}

rt_screen_came rt_screen_continue(rt_screen *s)
{
	settle(s);
	kill(-s->pid, SIGCONT);
	return wait_for_any(s);
}

/* --- what a user sees ---------------------------------------------------- */

char *rt_screen_row(rt_screen *s, int row)
{
	return rt_golden_row(s->screen, row, s->cols);
}

bool rt_screen_has(rt_screen *s, const char *text)
{
	bool found = false;
	char *line;
	int row;

	for (row = 0; row < s->rows && !found; row++) {
		line = rt_screen_row(s, row);
		found = strstr(line, text) != NULL;
		free(line);
	}
	return found;
}

void rt_screen_until(rt_screen *s, const char *text)
{
	double end = rt_clock_ticks() + PATIENCE_MS;

	while (!rt_screen_has(s, text)) {
		if (take_output(s, PATIENCE_MS) && rt_clock_ticks() < end)
			continue;
		show(s);
		fail_msg("'%s' did not come", text);
	}
}

void rt_screen_expect(rt_screen *s, const char *text)
{
	if (rt_screen_has(s, text))
		return;
	show(s);
	fail_msg("'%s' is not on the screen", text);
}

/* What is written at once, to its end. */
static bool take_frame(rt_screen *s, int ms)
{
	bool came = take_output(s, ms);

	while (take_output(s, QUIET_MS))
		;
	return came;
}

/* Frames come one after the other; a new file gets one after a while. */
void rt_screen_becomes(rt_screen *s, const char *name)
{
	const char *update = getenv("RETORT_UPDATE_GOLDEN");
	int patience = update && *update ? FRAMES_MS : PATIENCE_MS;
	double end = rt_clock_ticks() + patience;
	rt_str got = RT_STR_INIT;

	do {
		rt_str_clear(&got);
		rt_golden_dump(s->screen, s->rows, s->cols, s->cursor, &got);
	} while (!rt_golden_is(name, &got) && rt_clock_ticks() < end &&
		 take_frame(s, patience));
	rt_golden_compare(name, &got);
	rt_str_free(&got);
}

void rt_screen_golden(rt_screen *s, const char *name)
{
	rt_str got = RT_STR_INIT;

	rt_golden_dump(s->screen, s->rows, s->cols, s->cursor, &got);
	rt_golden_compare(name, &got);
	rt_str_free(&got);
}

/* Control and bidi characters; vterm marks the right half of a wide cell
 * with the largest number. */
static bool is_harmful(uint32_t ch)
{
	return ch < 0x20 || (ch >= 0x7f && ch < 0xa0) ||
	       (ch >= 0x202a && ch <= 0x202e) ||
	       (ch >= 0x2066 && ch <= 0x2069);
}

bool rt_screen_is_clean(rt_screen *s, const char **why)
{
	VTermScreenCell cell;
	VTermPos pos;
	int i;

	*why = NULL;
	if (s->cursor.row < 0 || s->cursor.row >= s->rows ||
	    s->cursor.col < 0 || s->cursor.col >= s->cols)
		*why = "the cursor is outside";
	for (pos.row = 0; pos.row < s->rows; pos.row++) {
		for (pos.col = 0; pos.col < s->cols; pos.col++) {
			vterm_screen_get_cell(s->screen, pos, &cell);
			for (i = 0; i < VTERM_MAX_CHARS_PER_CELL &&
				    cell.chars[i]; i++)
				if (is_harmful(cell.chars[i]))
					*why = "a cell has a control "
					       "character";
		}
	}
	return *why == NULL;
}

const char *rt_screen_copied(const rt_screen *s)
{
	return s->copied.p;
}

pid_t rt_screen_pid(const rt_screen *s)
{
	return s->pid;
}

/* All that it wrote before has then been shown. */
int rt_screen_status(rt_screen *s)
{
	int status = 0;

	while (!s->changes)
		if (!take_output(s, PATIENCE_MS)) {
			show(s);
			fail_msg("the program did not end");
		}
	s->changes--;
	assert_int_equal(read(s->reports, &status, sizeof(status)),
			 sizeof(status));
	return status;
}

static bool mode_is_on(const rt_screen *s, const char *mode)
{
	rt_str on = RT_STR_INIT, off = RT_STR_INIT;
	const char *p, *last_on = NULL, *last_off = NULL;

	rt_str_addf(&on, "?%sh ", mode);
	rt_str_addf(&off, "?%sl ", mode);
	for (p = s->modes.p; (p = strstr(p, on.p)) != NULL; p++)
		last_on = p;
	for (p = s->modes.p; (p = strstr(p, off.p)) != NULL; p++)
		last_off = p;
	rt_str_free(&on);
	rt_str_free(&off);
	return last_on && (!last_off || last_off < last_on);
}

bool rt_screen_is_restored(rt_screen *s, const char **why)
{
	struct termios t;

	*why = NULL;
	if (s->alternate)
		*why = "the alternate screen is on";
	if (!s->cursor_shown)
		*why = "the cursor is hidden";
	if (s->mouse)
		*why = "the mouse is on";
	if (mode_is_on(s, "2004"))
		*why = "bracketed paste is on";
	if (mode_is_on(s, "1004"))
		*why = "focus reports are on";
	if (tcgetattr(s->master, &t) == 0 &&
	    (t.c_lflag & (ICANON | ECHO | ISIG)) != (ICANON | ECHO | ISIG))
		*why = "the line is in raw mode";
	return *why == NULL;
}
