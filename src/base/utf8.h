/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 (RFC 3629): shortest forms only, no surrogates, up to U+10FFFF.
 */
#ifndef RT_BASE_UTF8_H
#define RT_BASE_UTF8_H

#include <stdint.h>

#include "base/str.h"

/*
 * The character that `s` begins with.
 *   out:  its length, 1 to 4, and *character; 0 where the bytes are no
 *         character, or s is empty
 */
size_t rt_utf8_decode(rt_sv s, uint32_t *character);

/* Append a character. */
void rt_utf8_encode(uint32_t character, rt_str *out);

/* True if all of it is UTF-8; else *bad is the offset of the first byte
 * that is not.  NULL allowed. */
bool rt_utf8_valid(rt_sv s, size_t *bad);

/* Characters; a byte that is none counts as one. */
size_t rt_utf8_count(rt_sv s);

#endif
