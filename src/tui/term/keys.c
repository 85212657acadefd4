/* SPDX-License-Identifier: MIT */
/* Input of the real terminal: keys, pastes, mouse, focus. */
#include "config.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "tui/term/curses.h"

enum {
	PASTE_MAX = 64 << 10,
	DOUBLE_CLICK_MS = 400,
	/* our codes for define_key(), behind those of curses */
	K_PASTE_BEGIN = 3000,
	K_PASTE_END,
	K_FOCUS_IN,
	K_FOCUS_OUT,
	K_MODIFIED = 4000 /* + key in `modified` * 8 + xterm's modifiers */
};

/* Keys that xterm sends as ESC [ 1 ; modifiers letter, or number ; … ~ */
static const struct modified {
	const char *format;
	uint32_t code;
} modified[] = {
	{ "\033[1;%uA", RT_KEY_UP },    { "\033[1;%uB", RT_KEY_DOWN },
	{ "\033[1;%uC", RT_KEY_RIGHT }, { "\033[1;%uD", RT_KEY_LEFT },
	{ "\033[1;%uH", RT_KEY_HOME },  { "\033[1;%uF", RT_KEY_END },
	{ "\033[5;%u~", RT_KEY_PGUP },  { "\033[6;%u~", RT_KEY_PGDN },
	{ "\033[2;%u~", RT_KEY_INSERT }, { "\033[3;%u~", RT_KEY_DELETE },
	{ "\033[1;%uP", RT_KEY_F1 },    { "\033[1;%uQ", RT_KEY_F2 },
	{ "\033[1;%uR", RT_KEY_F3 },    { "\033[1;%uS", RT_KEY_F4 },
	{ "\033[15;%u~", RT_KEY_F5 },
};

enum { N_MODIFIED = sizeof(modified) / sizeof(modified[0]) };

static const struct curses_key {
	int curses;
	uint32_t code;
	unsigned mods;
} curses_keys[] = {
	{ KEY_UP, RT_KEY_UP, 0 },
	{ KEY_DOWN, RT_KEY_DOWN, 0 },
	{ KEY_LEFT, RT_KEY_LEFT, 0 },
	{ KEY_RIGHT, RT_KEY_RIGHT, 0 },
	{ KEY_HOME, RT_KEY_HOME, 0 },
	{ KEY_END, RT_KEY_END, 0 },
	{ KEY_PPAGE, RT_KEY_PGUP, 0 },
	{ KEY_NPAGE, RT_KEY_PGDN, 0 },
	{ KEY_IC, RT_KEY_INSERT, 0 },
	{ KEY_DC, RT_KEY_DELETE, 0 },
	{ KEY_BACKSPACE, RT_KEY_BACKSPACE, 0 },
	{ KEY_ENTER, RT_KEY_ENTER, 0 },
	{ KEY_BTAB, RT_KEY_TAB, RT_MOD_SHIFT },
	{ KEY_SR, RT_KEY_UP, RT_MOD_SHIFT },
	{ KEY_SF, RT_KEY_DOWN, RT_MOD_SHIFT },
	{ KEY_SLEFT, RT_KEY_LEFT, RT_MOD_SHIFT },
	{ KEY_SRIGHT, RT_KEY_RIGHT, RT_MOD_SHIFT },
};

void rt_curses_keys_init(rt_curses *c)
{
	char sequence[24];
	unsigned i, mods;

	c->lib.define_key("\033[200~", K_PASTE_BEGIN);
	c->lib.define_key("\033[201~", K_PASTE_END);
	c->lib.define_key("\033[I", K_FOCUS_IN);
	c->lib.define_key("\033[O", K_FOCUS_OUT);
	for (i = 0; i < N_MODIFIED; i++) {
		for (mods = 1; mods < 8; mods++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			snprintf(sequence, sizeof(sequence),
				 modified[i].format, mods + 1);
#pragma GCC diagnostic pop
			c->lib.define_key(sequence,
					  K_MODIFIED + (int)(i * 8 + mods));
		}
	}
}

static rt_key modified_key(unsigned n)
{
	rt_key k = { modified[n / 8].code, 0 };

	/* xterm: 1 Shift, 2 Alt, 4 Ctrl; as ours */
	k.mods = n % 8;
	return k;
}

static rt_key key_of_code(wint_t code)
{
	rt_key k = { RT_KEY_NONE, 0 };
	size_t i;

	if (code >= K_MODIFIED && code < K_MODIFIED + N_MODIFIED * 8)
		return modified_key((unsigned)code - K_MODIFIED);
	if (code >= KEY_F(1) && code <= KEY_F(12))
		k.code = RT_KEY_F1 + (uint32_t)(code - KEY_F(1));
	for (i = 0; i < sizeof(curses_keys) / sizeof(curses_keys[0]); i++) {
		if ((wint_t)curses_keys[i].curses != code)
			continue;
		k.code = curses_keys[i].code;
		k.mods = curses_keys[i].mods;
	}
	return k;
}

static bool mouse_event(rt_curses *c, rt_event *ev)
{
	double now = rt_clock_ticks();
	MEVENT m;

	if (c->lib.getmouse(&m) != OK)
		return false;
	ev->kind = RT_EVENT_MOUSE;
	ev->row = m.y;
	ev->col = m.x;
	if (m.bstate & BUTTON4_PRESSED) {
		ev->mouse = RT_MOUSE_WHEEL_UP;
	} else if (m.bstate & BUTTON5_PRESSED) {
		ev->mouse = RT_MOUSE_WHEEL_DOWN;
	} else if (m.bstate & BUTTON1_PRESSED) {
		bool twice = now - c->click_time < DOUBLE_CLICK_MS &&
			     m.y == c->click_row && m.x == c->click_col;

		ev->mouse = twice ? RT_MOUSE_DOUBLE : RT_MOUSE_PRESS;
		c->click_time = twice ? 0 : now;
		c->click_row = m.y;
		c->click_col = m.x;
	} else {
		return false;
	}
	return true;
}

/* Bytes of the character that begins with this one. */
static size_t length_of(int byte)
{
	if (byte < 0xc0 || byte > 0xf7)
		return 1;
	return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/* As get_wch(), which drops what follows a byte that begins no character:
 * here that byte is U+FFFD, and all others count. */
static int next_wide(rt_curses *c, wint_t *ch)
{
	uint32_t decoded = 0xfffd;
	int byte;

	for (;;) {
		byte = c->lib.getch();
		if (byte == ERR)
			return ERR;
		if (byte > 0xff && !c->n_begun) {
			*ch = (wint_t)byte;
			return KEY_CODE_YES;
		}
		if (c->n_begun && (byte > 0xff || (byte & 0xc0) != 0x80)) {
			c->lib.ungetch(byte);
			break;
		}
		c->begun[c->n_begun++] = (char)byte;
		if (c->n_begun == length_of((unsigned char)c->begun[0]))
			break;
	}
	if (!rt_utf8_decode((rt_sv){ c->begun, c->n_begun }, &decoded))
		decoded = 0xfffd;
	c->n_begun = 0;
	*ch = decoded;
	return OK;
}

/* Text between the paste marks; true when its end has come. */
static bool take_paste(rt_curses *c, int rc, wint_t ch, rt_event *ev)
{
	if (rc == KEY_CODE_YES && ch == K_PASTE_END) {
		c->pasting = false;
		ev->kind = RT_EVENT_PASTE;
		ev->text = rt_str_sv(&c->paste);
		return true;
	}
	if (rc == OK && c->paste.n < PASTE_MAX)
		rt_utf8_encode(ch == '\r' ? '\n' : (uint32_t)ch, &c->paste);
	return false;
}

/* An Esc with something right behind it is Alt. */
static bool escape_event(rt_curses *c, rt_event *ev)
{
	wint_t ch;
	int rc = next_wide(c, &ch);

	ev->key = (rt_key){ RT_KEY_ESC, 0 };
	if (rc == ERR)
		return true;
	ev->key = rc == OK ? rt_key_from_char(ch) : key_of_code(ch);
	ev->key.mods |= RT_MOD_ALT;
	return ev->key.code != RT_KEY_NONE;
}

static bool code_event(rt_curses *c, wint_t code, rt_event *ev)
{
	if (code == KEY_MOUSE)
		return mouse_event(c, ev);
	if (code == K_FOCUS_IN) {
		ev->kind = RT_EVENT_FOCUS;
		return true;
	}
	if (code == K_PASTE_BEGIN) {
		c->pasting = true;
		rt_str_clear(&c->paste);
		return false;
	}
	ev->key = key_of_code(code);
	return ev->key.code != RT_KEY_NONE;
}

bool rt_curses_next(rt_term *t, rt_event *ev)
{
	rt_curses *c = (rt_curses *)t;
	wint_t ch;
	bool got;
	int rc;

	while ((rc = next_wide(c, &ch)) != ERR) {
		*ev = (rt_event){ .kind = RT_EVENT_KEY };
		if (c->pasting) {
			got = take_paste(c, rc, ch, ev);
		} else if (rc == KEY_CODE_YES) {
			got = code_event(c, ch, ev);
		} else if (ch == 0x1b) {
			got = escape_event(c, ev);
		} else {
			ev->key = rt_key_from_char(ch);
			got = true;
		}
		if (got)
			return true;
	}
	return false;
}
