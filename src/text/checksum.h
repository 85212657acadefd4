/* SPDX-License-Identifier: MIT */
/*
 * The two checksums of a revision file: has it changed at all, and has its
 * SQL changed?  SHA-256 (FIPS 180-4), in lower-case hex.
 */
#ifndef RT_TEXT_CHECKSUM_H
#define RT_TEXT_CHECKSUM_H

#include <retort/common.h>

#include "base/sv.h"

#define RT_CHECKSUM_HEX 65 /* with NUL */

/* Of the bytes, each CRLF counted as LF, a BOM at the start left out. */
void rt_checksum_raw(rt_sv text, char hex[RT_CHECKSUM_HEX]);

/*
 * Of the tokens, comments and white space left out, joined by one NUL each;
 * unquoted words as written (case is not folded).  `-- migrate:` markers are
 * comments to the lexer but count: they decide what runs.
 */
void rt_checksum_tokens(rt_sv text, retort_dialect dialect,
			char hex[RT_CHECKSUM_HEX]);

#endif
