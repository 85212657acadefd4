/* SPDX-License-Identifier: MIT */
/*
 * Keys and their names.
 *
 *   a  ?  ä        the character itself
 *   Up  PgDn  F5   by name (see RT_KEY_NAMES)
 *   C-d  M-x  S-Tab  with Ctrl, Alt (Meta), Shift; C-M-x both
 *   gg  zh  g<Up>  a sequence; a name inside one stands in <>
 *   <              written <lt>, Space as Space
 *
 * What a terminal cannot tell apart is one key: C-i is Tab, C-m is Enter,
 * C-[ is Esc; Shift of a character is the other character.
 */
#ifndef RT_TUI_KEYS_KEYS_H
#define RT_TUI_KEYS_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { RT_MOD_SHIFT = 1, RT_MOD_ALT = 2, RT_MOD_CTRL = 4 };

/* X(NAME, "name as shown") */
#define RT_KEY_NAMES(X)                                                       \
	X(UP, "Up") X(DOWN, "Down") X(LEFT, "Left") X(RIGHT, "Right")         \
	X(HOME, "Home") X(END, "End") X(PGUP, "PgUp") X(PGDN, "PgDn")         \
	X(INSERT, "Ins") X(DELETE, "Del") X(BACKSPACE, "Backspace")           \
	X(TAB, "Tab") X(ENTER, "Enter") X(ESC, "Esc")                         \
	X(F1, "F1") X(F2, "F2") X(F3, "F3") X(F4, "F4") X(F5, "F5")           \
	X(F6, "F6") X(F7, "F7") X(F8, "F8") X(F9, "F9") X(F10, "F10")         \
	X(F11, "F11") X(F12, "F12")

enum {
	RT_KEY_NONE = 0,
	RT_KEY_FIRST_ = 0x110000, /* behind the last character */
#define RT_KEY_ENUM_(name, text) RT_KEY_##name,
	RT_KEY_NAMES(RT_KEY_ENUM_)
#undef RT_KEY_ENUM_
	RT_KEY_END_
};

typedef struct rt_key {
	uint32_t code; /* a character, or RT_KEY_… */
	unsigned mods;
} rt_key;

enum { RT_KEYSEQ_MAX = 4 };

typedef struct rt_keyseq {
	rt_key keys[RT_KEYSEQ_MAX];
	unsigned n;
} rt_keyseq;

/* The key that a byte or character stands for (control bytes, DEL). */
rt_key rt_key_from_char(uint32_t ch);

/* Read a key or a sequence; false if `text` is none, or too long. */
bool rt_keyseq_parse(rt_sv text, rt_keyseq *out);

/* True where `seq` begins with `start`. */
bool rt_keyseq_starts(const rt_keyseq *seq, const rt_keyseq *start);

/* Append as rt_keyseq_parse reads it. */
void rt_keyseq_format(const rt_keyseq *seq, rt_str *out);
void rt_key_format(rt_key key, rt_str *out);

#endif
