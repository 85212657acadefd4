/* SPDX-License-Identifier: MIT */
/* What a byte may be in Python. */
#ifndef RT_PYTHON_CHARS_H
#define RT_PYTHON_CHARS_H

#include <stdbool.h>
#include <stddef.h>

static inline bool rt_py_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes that are no ASCII count as letters. */
static inline bool rt_py_is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static inline bool rt_py_is_name(char c)
{
	return rt_py_is_name_start(c) || rt_py_is_digit(c);
}

/* The value of a hexadecimal digit, or -1. */
static inline int rt_py_hex(char c)
{
	if (rt_py_is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Length of the line end at `at`: LF, CRLF or CR; 0 if there is none. */
static inline size_t rt_py_line_end(const char *p, size_t n, size_t at)
{
	if (at >= n)
		return 0;
	if (p[at] == '\n')
		return 1;
	if (p[at] != '\r')
		return 0;
	return at + 1 < n && p[at + 1] == '\n' ? 2 : 1;
}

#endif
