/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "text/source.h"

#include "base/err.h"
#include "base/utf8.h"

size_t rt_source_bom(rt_sv text)
{
	return rt_sv_starts(text, "\xef\xbb\xbf") ? 3 : 0;
}

int rt_source_check(const char *path, rt_sv text, size_t from, bool whole,
		    retort_error *err)
{
	rt_sv rest = rt_sv_sub(text, from, text.n);
	size_t nul = rt_sv_find(rest, '\0'), bad = rest.n;
	int rc = 0;

	/* A character that the end cuts is at most three bytes of four. */
	if (rt_utf8_valid(rest, &bad) || (!whole && rest.n - bad < 4))
		bad = rest.n;
	if (nul < rest.n && nul < bad)
		rc = rt_err_set(err, RETORT_EPARSE,
				"a NUL byte: this is no text file");
	else if (bad < rest.n)
		rc = rt_err_set(err, RETORT_EPARSE,
				"the byte 0x%02x is not UTF-8",
				(unsigned)(unsigned char)rest.p[bad]);
	if (rc) {
		rt_source_at(err, path, text, from + (nul < bad ? nul : bad));
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "save the file as UTF-8 text");
	}
	return rc;
}

void rt_source_at(retort_error *err, const char *path, rt_sv text,
		  size_t offset)
{
	size_t bom = rt_source_bom(text);

	rt_err_at_offset(err, path, rt_sv_sub(text, bom, text.n),
			 offset > bom ? offset - bom : 0);
}
