/* SPDX-License-Identifier: MIT */
/*
 * What text a dialect wants: quoting and the statements that retort itself
 * writes.  Pure; needs no connection, so offline scripts use it too.
 */
#ifndef RT_SCHEMA_DIALECT_H
#define RT_SCHEMA_DIALECT_H

#include <retort/common.h>

#include "base/str.h"

/*
 * A string literal.  PostgreSQL gets E'…' where the text has a backslash, so
 * that it means the same whatever standard_conforming_strings says.
 */
void rt_dialect_literal(rt_str *out, retort_dialect dialect, rt_sv text);

/* Between quotes, those inside doubled. */
void rt_dialect_quoted(rt_str *out, rt_sv text, char quote);

/* An identifier, quoted only where it must be (reserved word, upper case,
 * odd character). */
void rt_dialect_identifier(rt_str *out, retort_dialect dialect, rt_sv name);

#endif
