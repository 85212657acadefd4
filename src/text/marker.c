/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "text/marker.h"

#include "base/err.h"
#include "text/source.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static rt_sv skip_blanks(rt_sv s)
{
	while (s.n && is_blank(s.p[0]))
		s = rt_sv_sub(s, 1, s.n);
	return s;
}

static rt_sv first_word(rt_sv s)
{
	size_t n = 0;

	while (n < s.n && !is_blank(s.p[n]))
		n++;
	return rt_sv_sub(s, 0, n);
}

rt_marker rt_marker_read(rt_sv line, rt_sv *rest)
{
	rt_sv name, after, word;
	bool exact;

	line = rt_sv_trim(line);
	if (!rt_sv_starts(line, "--"))
		return RT_MARKER_NONE;
	line = skip_blanks(rt_sv_sub(line, 2, line.n));
	if (line.n < 7 || (line.p[0] | 0x20) != 'm')
		return RT_MARKER_NONE; /* as nearly every comment */
	name = rt_sv_sub(line, 0, 7);
	if (!rt_sv_is_nocase(name, "migrate"))
		return RT_MARKER_NONE;
	after = skip_blanks(rt_sv_sub(line, 7, line.n));
	if (!rt_sv_starts(after, ":"))
		return RT_MARKER_NONE;
	*rest = skip_blanks(rt_sv_sub(after, 1, after.n));
	word = first_word(*rest);
	exact = rt_sv_is(name, "migrate") && rest->p == line.p + 8;
	if (exact && (rt_sv_is(word, "up") || rt_sv_is(word, "down"))) {
		*rest = skip_blanks(rt_sv_sub(*rest, word.n, rest->n));
		return word.n == 2 ? RT_MARKER_UP : RT_MARKER_DOWN;
	}
	/* Prose may begin so too: "migrate: the old rows". */
	if (exact || rt_sv_is_nocase(word, "up") ||
	    rt_sv_is_nocase(word, "down"))
		return RT_MARKER_BAD;
	return RT_MARKER_NONE;
}

rt_marker rt_marker_token(rt_sv text, const retort_token *token, rt_sv *rest)
{
	size_t at = token->offset, bom = rt_source_bom(text);
	rt_sv comment = rt_sv_sub(text, at, token->length);
	rt_marker marker;

	if (token->kind != RETORT_TOKEN_COMMENT)
		return RT_MARKER_NONE;
	marker = rt_marker_read(comment, rest);
	if (marker == RT_MARKER_NONE)
		return marker;
	while (at > bom && is_blank(text.p[at - 1]))
		at--;
	if (at == bom || text.p[at - 1] == '\n' || text.p[at - 1] == '\r')
		return marker;
	*rest = (rt_sv){ text.p + token->offset, 0 };
	return RT_MARKER_BAD;
}

int rt_marker_error(rt_sv rest, retort_error *err)
{
	rt_sv word = first_word(rest);

	rt_err_field(err, RETORT_ERROR_NEXT,
		     "write '-- migrate:up' or '-- migrate:down', alone on "
		     "its line, options behind it");
	if (rest.n == 0)
		return rt_err_set(err, RETORT_EPARSE,
				  "a section marker must begin its line");
	if (rt_sv_is_nocase(word, "up") || rt_sv_is_nocase(word, "down"))
		return rt_err_set(err, RETORT_EPARSE,
				  "the section marker is misspelt");
	return rt_err_set(err, RETORT_EPARSE,
			  "there is no section 'migrate:%.*s'",
			  (int)(word.n < 40 ? word.n : 40), word.p);
}
