/* SPDX-License-Identifier: MIT */
/* Output of the real terminal, and taking and giving it back. */
#include "config.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/utf8.h"
#include "tui/term/curses.h"
#include "tui/term/signal.h"

enum { ESC_DELAY_MS = 25, COPY_MAX = 72 << 10 };

/* Bracketed paste and focus reports. */
static const char modes_on[] = "\033[?2004h\033[?1004h";
static const char modes_off[] = "\033[?2004l\033[?1004l\033[?1000l\033[?1006l";

/* Write bytes to the terminal, past curses. */
static void send_raw(rt_sv bytes)
{
	ssize_t n;

	while (bytes.n) {
		n = write(STDOUT_FILENO, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		bytes = rt_sv_sub(bytes, (size_t)n, bytes.n);
	}
}

static rt_curses *curses(rt_term *t)
{
	return (rt_curses *)t;
}

/* A capability that takes no parameters, or "". */
static const char *capability(const rt_curses *c, const char *name)
{
	const char *text = c->lib.tigetstr(name);

	return text && text != (const char *)-1 ? text : "";
}

/* All that undoes what we switch on, for a handler to write. */
static void arm_reset(rt_curses *c)
{
	static const char *const names[] = { "sgr0", "op", "rmkx", "cnorm",
					     "rmcup" };
	rt_str s = RT_STR_INIT;
	size_t i;

	if (c->extended)
		rt_str_add(&s, modes_off);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		rt_str_add(&s, capability(c, names[i]));
	rt_str_add(&s, "\r\n");
	rt_signal_set_reset(rt_str_sv(&s));
	rt_str_free(&s);
}

static void curses_enter(rt_term *t)
{
	rt_curses *c = curses(t);

	c->lib.reset_prog_mode();
	arm_reset(c);
	if (c->extended)
		send_raw(rt_sv_from(modes_on));
	c->lib.clearok(*c->lib.curscr, TRUE);
	c->lib.refresh();
}

static void curses_leave(rt_term *t)
{
	rt_curses *c = curses(t);

	if (c->extended)
		send_raw(rt_sv_from(modes_off));
	c->lib.endwin();
	rt_signal_set_reset((rt_sv){ NULL, 0 });
}

static void curses_size(rt_term *t, int *rows, int *cols)
{
	const rt_curses *c = curses(t);
	struct winsize ws;

	*rows = *c->lib.LINES;
	*cols = *c->lib.COLS;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row &&
	    ws.ws_col) {
		*rows = ws.ws_row;
		*cols = ws.ws_col;
	}
	if (*rows != *c->lib.LINES || *cols != *c->lib.COLS)
		c->lib.resizeterm(*rows, *cols);
}

static attr_t attributes(unsigned flags)
{
	attr_t a = A_NORMAL;

	if (flags & RT_BOLD)
		a |= A_BOLD;
	if (flags & RT_DIM)
		a |= A_DIM;
	if (flags & RT_REVERSE)
		a |= A_REVERSE;
	if (flags & RT_UNDERLINE)
		a |= A_UNDERLINE;
	return a;
}

static void put_cell(const rt_curses *c, int row, int col, const rt_cell *cell)
{
	wchar_t text[RT_CLUSTER_CHARS + 1];
	rt_sv rest = { cell->glyph.text, cell->glyph.n };
	unsigned face = cell->style.face, flags;
	cchar_t cc;
	uint32_t ch;
	size_t n, len = 0;

	while (len < RT_CLUSTER_CHARS && (n = rt_utf8_decode(rest, &ch)) > 0) {
		text[len++] = (wchar_t)ch;
		rest = rt_sv_sub(rest, n, rest.n);
	}
	text[len] = L'\0';
	flags = cell->style.flags | rt_theme_flags(c->theme, face);
	c->lib.setcchar(&cc, text, attributes(flags),
		 c->base.colours ? (short)(face + 1) : 0, NULL);
	c->lib.mvadd_wch(row, col, &cc);
}

static void curses_put(rt_term *t, const rt_cells *frame, int cursor_row,
		       int cursor_col)
{
	rt_curses *c = curses(t);
	int row, col;

	if (frame->rows != c->shown.rows || frame->cols != c->shown.cols) {
		rt_cells_resize(&c->shown, frame->rows, frame->cols);
		c->lib.erase();
	}
	for (row = 0; row < frame->rows && row < *c->lib.LINES; row++) {
		for (col = 0; col < frame->cols && col < *c->lib.COLS; col++) {
			const rt_cell *now = rt_cells_at(frame, row, col);

			if (now->glyph.n &&
			    !rt_cell_equal(now, rt_cells_at(&c->shown, row,
							    col)))
				put_cell(c, row, col, now);
		}
	}
	memcpy(c->shown.v, frame->v,
	       (size_t)frame->rows * (size_t)frame->cols * sizeof(*frame->v));
	c->lib.curs_set(cursor_row >= 0);
	if (cursor_row >= 0)
		c->lib.move(cursor_row, cursor_col);
	c->lib.refresh();
}

static void curses_redraw(rt_term *t)
{
	const rt_curses *c = curses(t);

	c->lib.clearok(*c->lib.curscr, TRUE);
}

static void curses_bell(rt_term *t)
{
	const rt_curses *c = curses(t);

	c->lib.beep();
}

static void add_base64(rt_str *s, rt_sv in)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t i, k;

	for (i = 0; i < in.n; i += 3) {
		size_t left = in.n - i < 3 ? in.n - i : 3;
		uint32_t bits = 0;

		for (k = 0; k < 3; k++)
			bits = bits << 8 |
			       (k < left ? (unsigned char)in.p[i + k] : 0);
		for (k = 0; k < 4; k++)
			rt_str_addc(s, k <= left
					       ? digits[bits >> (18 - 6 * k) &
							63]
					       : '=');
	}
}

/* tmux takes the sequence itself, or hands a wrapped one on, or neither,
 * as it is configured: it gets both. */
static bool curses_copy(rt_term *t, rt_sv text)
{
	rt_str s = RT_STR_INIT;
	const char *tmux = getenv("TMUX");

	(void)t;
	if (text.n > COPY_MAX)
		return false;
	rt_str_add(&s, "\033]52;c;");
	add_base64(&s, text);
	rt_str_add(&s, "\007");
	if (tmux && *tmux) {
		rt_str_add(&s, "\033Ptmux;\033\033]52;c;");
		add_base64(&s, text);
		rt_str_add(&s, "\007\033\\");
	}
	send_raw(rt_str_sv(&s));
	rt_str_free(&s);
	return true;
}

static void curses_theme(rt_term *t, const rt_theme *theme)
{
	rt_curses *c = curses(t);
	int face;

	c->theme = theme;
	for (face = 0; c->base.colours && face < RT_FACE_COUNT; face++)
		c->lib.init_extended_pair(
			face + 1,
			(int)rt_theme_colour(theme, (unsigned)face,
					     c->base.colours),
			-1);
	/* flags may differ, so every cell is drawn anew */
	memset(c->shown.v, 0,
	       (size_t)c->shown.rows * (size_t)c->shown.cols *
		       sizeof(*c->shown.v));
}

static void curses_mouse(rt_term *t, bool on)
{
	const mmask_t buttons = BUTTON1_PRESSED | BUTTON4_PRESSED |
				BUTTON5_PRESSED;
	rt_curses *c = curses(t);

	c->mouse = on;
	c->lib.mouseinterval(0);
	c->lib.mousemask(on ? buttons : 0, NULL);
}

static void curses_close(rt_term *t)
{
	rt_curses *c = curses(t);

	curses_leave(t);
	rt_signal_close();
	c->lib.delscreen(c->screen);
	rt_cells_free(&c->shown);
	rt_str_free(&c->paste);
	free(c);
}

static const rt_term_ops curses_ops = {
	.size = curses_size,
	.put = curses_put,
	.next = rt_curses_next,
	.redraw = curses_redraw,
	.bell = curses_bell,
	.copy = curses_copy,
	.leave = curses_leave,
	.enter = curses_enter,
	.theme = curses_theme,
	.mouse = curses_mouse,
	.close = curses_close,
};

static int count_colours(const rt_curses *c, bool wanted)
{
	int n;

	if (!wanted || !c->lib.has_colors())
		return 0;
	c->lib.start_color();
	c->lib.use_default_colors();
	n = *c->lib.COLORS;
	if (n > 256 && c->lib.tigetflag("RGB") > 0)
		return 1 << 24;
	return n >= 256 ? 256 : n >= 8 ? 16 : 0;
}

static void set_modes(rt_curses *c, bool colour)
{
	c->lib.set_escdelay(ESC_DELAY_MS);
	c->lib.raw();
	c->lib.noecho();
	c->lib.nonl();
	c->lib.keypad(*c->lib.stdscr, TRUE);
	c->lib.nodelay(*c->lib.stdscr, TRUE);
	c->lib.leaveok(*c->lib.stdscr, FALSE);
	c->extended = c->lib.tigetflag("XT") > 0;
	c->base.colours = count_colours(c, colour);
	c->base.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	rt_curses_keys_init(c);
	curses_mouse(&c->base, c->extended);
	arm_reset(c);
	if (c->extended)
		send_raw(rt_sv_from(modes_on));
}

static int open_screen(rt_curses *c, retort_error *err)
{
	const char *name = getenv("TERM");

	c->lib.use_tioctl(TRUE);
	c->screen = c->lib.newterm(NULL, stdout, stdin);
	if (c->screen && *capability(c, "cup"))
		return 0;
	if (c->screen) {
		c->lib.endwin();
		c->lib.delscreen(c->screen);
	}
	rt_err_set(err, RETORT_EUNSUPPORTED,
		   "the terminal type '%s' cannot show a console",
		   name ? name : "");
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "set TERM to what your terminal is, such as xterm");
	return RETORT_EUNSUPPORTED;
}

int rt_term_open(rt_term **t, bool colour, retort_error *err)
{
	rt_curses *c;
	int rc;

	*t = NULL;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "'retort status' prints the same to a pipe");
		return rt_err_set(err, RETORT_EUSAGE,
				  "the console needs a terminal as standard "
				  "input and output");
	}
	setlocale(LC_CTYPE, "");
	c = rt_calloc(1, sizeof(*c));
	c->base.ops = &curses_ops;
	c->base.fd = STDIN_FILENO;
	c->paste = (rt_str)RT_STR_INIT;
	rc = rt_curses_load(&c->lib, err);
	if (rc) {
		free(c);
		return rc;
	}
	tcgetattr(STDIN_FILENO, &c->saved);
	/* before curses, which leaves handlers alone that it finds */
	c->base.signals = rt_signal_open(&c->saved);
	rc = open_screen(c, err);
	if (rc) {
		rt_signal_close();
		free(c);
		return rc;
	}
	set_modes(c, colour);
	rt_cells_resize(&c->shown, *c->lib.LINES, *c->lib.COLS);
	curses_theme(&c->base, rt_theme_default(NULL));
	*t = &c->base;
	return 0;
}

void rt_term_close(rt_term *t)
{
	if (t)
		t->ops->close(t);
}
