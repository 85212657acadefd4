/* SPDX-License-Identifier: MIT */
/*
 * Sources: PEP 263, "Defining Python Source Code Encodings"; "Encoding
 * declarations" in the reference of the language.
 */
#include "config.h"

#include "python/source.h"

#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "text/source.h"

/* A cookie's name is longer than any that is known: it is cut. */
enum { LONGEST_NAME = 31 };

enum { ASCII = RT_PY_LATIN1 + 1 };

/* Names in lower case, with `-` for `_`. */
static const struct known {
	const char *name;
	int encoding;
} known[] = {
	{ "ascii", ASCII },          { "cp819", RT_PY_LATIN1 },
	{ "iso-8859-1", RT_PY_LATIN1 }, { "iso-latin-1", RT_PY_LATIN1 },
	{ "iso8859-1", RT_PY_LATIN1 }, { "l1", RT_PY_LATIN1 },
	{ "latin-1", RT_PY_LATIN1 }, { "latin1", RT_PY_LATIN1 },
	{ "us-ascii", ASCII },       { "utf-8", RT_PY_UTF8 },
	{ "utf8", RT_PY_UTF8 },
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f';
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/* The next line of any line end; false at the end. */
static bool take_line(rt_sv *rest, rt_sv *line)
{
	size_t n = 0;

	if (rest->n == 0)
		return false;
	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	*line = rt_sv_sub(*rest, 0, n);
	if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
		n++;
	*rest = rt_sv_sub(*rest, n + 1, rest->n);
	return true;
}

/* What `coding[:=]\s*([-\w.]+)` finds in a comment line; empty if nothing. */
static rt_sv cookie_of(rt_sv line)
{
	static const char word[] = "coding";
	size_t at, end;

	for (at = 0; at + sizeof(word) <= line.n; at++) {
		if (memcmp(line.p + at, word, sizeof(word) - 1) != 0)
			continue;
		end = at + sizeof(word) - 1;
		if (line.p[end] != ':' && line.p[end] != '=')
			continue;
		end++;
		while (end < line.n && (line.p[end] == ' ' ||
					line.p[end] == '\t'))
			end++;
		at = end;
		while (end < line.n && is_name(line.p[end]))
			end++;
		if (end > at)
			return rt_sv_sub(line, at, end - at);
	}
	return (rt_sv){ NULL, 0 };
}

/* The cookie in the first two lines, of which the first may say nothing but
 * a comment. */
static rt_sv find_cookie(rt_sv rest)
{
	rt_sv line, found = { NULL, 0 };
	size_t at;
	int i;

	for (i = 0; i < 2 && take_line(&rest, &line); i++) {
		for (at = 0; at < line.n && is_blank(line.p[at]); at++)
			;
		if (at < line.n && line.p[at] != '#')
			break;
		found = cookie_of(rt_sv_sub(line, at, line.n));
		if (found.n)
			break;
	}
	return found;
}

/* `utf-8-anything` is UTF-8 to Python, and likewise Latin-1. */
static bool names(rt_sv name, const char *it)
{
	size_t n = strlen(it);

	return rt_sv_is(name, it) ||
	       (strchr(it, '-') && name.n > n && rt_sv_starts(name, it) &&
		name.p[n] == '-');
}

static int encoding_named(rt_sv cookie)
{
	char name[LONGEST_NAME];
	rt_sv view = { name, 0 };
	size_t i;

	for (i = 0; i < cookie.n && i < sizeof(name); i++) {
		char c = cookie.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		name[view.n++] = c == '_' ? '-' : c;
	}
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (names(view, known[i].name))
			return known[i].encoding;
	return -1;
}

static int check_ascii(const char *path, rt_sv text, size_t from,
		       retort_error *err)
{
	size_t at;

	for (at = from; at < text.n; at++)
		if ((unsigned char)text.p[at] >= 0x80)
			break;
	if (at == text.n)
		return 0;
	rt_err_set(err, RETORT_EPARSE,
		   "the byte 0x%02x is not ASCII, as the file's coding says",
		   (unsigned)(unsigned char)text.p[at]);
	rt_source_at(err, path, text, at);
	return RETORT_EPARSE;
}

static int check_nul(const char *path, rt_sv text, retort_error *err)
{
	size_t nul = rt_sv_find(text, '\0');

	if (nul == text.n)
		return 0;
	rt_err_set(err, RETORT_EPARSE, "a NUL byte: this is no text file");
	rt_source_at(err, path, text, nul);
	return RETORT_EPARSE;
}

int rt_py_source_open(const char *path, rt_sv text, rt_py_source *out,
		      retort_error *err)
{
	size_t bom = rt_source_bom(text);
	rt_sv cookie = find_cookie(rt_sv_sub(text, bom, text.n));
	int encoding = cookie.n ? encoding_named(cookie) : RT_PY_UTF8, rc;

	if (encoding < 0 || (bom && encoding != RT_PY_UTF8)) {
		rc = rt_err_set(err, encoding < 0 ? RETORT_EUNSUPPORTED :
				RETORT_EPARSE, encoding < 0 ?
				"retort does not know the coding %.*s" :
				"the coding %.*s contradicts the byte order "
				"mark, which is of UTF-8",
				(int)(cookie.n < 64 ? cookie.n : 64),
				cookie.p);
		rt_source_at(err, path, text, (size_t)(cookie.p - text.p));
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "save the file as UTF-8 text");
		return rc;
	}
	*out = (rt_py_source){ text, bom, encoding == RT_PY_LATIN1 ?
			       RT_PY_LATIN1 : RT_PY_UTF8, 0 };
	rc = check_nul(path, text, err);
	if (rc == 0 && encoding == ASCII)
		rc = check_ascii(path, text, bom, err);
	else if (rc == 0 && encoding == RT_PY_UTF8)
		rc = rt_source_check(path, text, bom, true, err);
	return rc;
}

void rt_py_source_decode(rt_py_encoding encoding, rt_sv piece, rt_str *out)
{
	size_t i;

	if (encoding == RT_PY_UTF8) {
		rt_str_addsv(out, piece);
		return;
	}
	for (i = 0; i < piece.n; i++)
		rt_utf8_encode((unsigned char)piece.p[i], out);
}

/* Text that is UTF-8, in Latin-1; false, and *at, where that has no such
 * character.  The first `limit` characters are what the encoding has. */
static bool narrow(rt_sv utf8, uint32_t limit, rt_str *out, size_t *at)
{
	size_t n;
	uint32_t c;

	for (*at = 0; *at < utf8.n; *at += n) {
		n = rt_utf8_decode(rt_sv_sub(utf8, *at, utf8.n), &c);
		if (!n || c >= limit)
			return false;
		rt_str_addc(out, (char)c);
	}
	return true;
}

int rt_py_source_encode(rt_sv utf8, const char *encoding, rt_str *out,
			retort_error *err)
{
	int to = encoding_named(rt_sv_from(encoding));
	size_t at, n;
	uint32_t c;

	if (to == RT_PY_UTF8) {
		rt_str_addsv(out, utf8);
		return 0;
	}
	if (narrow(utf8, to == RT_PY_LATIN1 ? 0x100 : 0x80, out, &at))
		return 0;
	n = rt_utf8_decode(rt_sv_sub(utf8, at, utf8.n), &c);
	if (to < 0)
		return rt_err_set(err, RETORT_ECONFIG,
				  "only utf-8, latin-1 and ascii can be "
				  "written, not the encoding '%s'", encoding);
	return rt_err_set(err, RETORT_EUSAGE,
			  "the encoding %s has no '%.*s'", encoding,
			  (int)(n ? n : 1), utf8.p + at);
}
