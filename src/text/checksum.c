/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "text/checksum.h"

#include <sys/types.h>

#include <sha2.h>

#include "text/marker.h"
#include "text/source.h"
#include "text/sqlscan.h"

/* Add bytes, each CRLF as LF. */
static void add(SHA2_CTX *sha, rt_sv text)
{
	while (text.n) {
		size_t cr = rt_sv_find(text, '\r'), n = cr;

		if (cr < text.n &&
		    !rt_sv_starts(rt_sv_sub(text, cr, 2), "\r\n"))
			n++;
		SHA256Update(sha, (const uint8_t *)text.p, n);
		text = rt_sv_sub(text, cr + 1, text.n);
	}
}

static void finish(SHA2_CTX *sha, char hex[RT_CHECKSUM_HEX])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t sum[SHA256_DIGEST_LENGTH];
	size_t i;

	SHA256Final(sum, sha);
	for (i = 0; i < sizeof(sum); i++) {
		hex[2 * i] = digits[sum[i] >> 4];
		hex[2 * i + 1] = digits[sum[i] & 15];
	}
	hex[2 * i] = '\0';
}

void rt_checksum_raw(rt_sv text, char hex[RT_CHECKSUM_HEX])
{
	SHA2_CTX sha;

	SHA256Init(&sha);
	add(&sha, rt_sv_sub(text, rt_source_bom(text), text.n));
	finish(&sha, hex);
}

/* A marker counts by its words, however they are spaced. */
static void add_marker(SHA2_CTX *sha, rt_marker marker, rt_sv rest)
{
	rt_sv word;

	add(sha, marker == RT_MARKER_UP ? RT_SV("-- migrate:up")
					: RT_SV("-- migrate:down"));
	while (rt_sv_split(&rest, ' ', &word)) {
		word = rt_sv_trim(word);
		if (word.n == 0)
			continue;
		add(sha, RT_SV(" "));
		add(sha, word);
	}
	SHA256Update(sha, (const uint8_t *)"", 1);
}

void rt_checksum_tokens(rt_sv text, retort_dialect dialect,
			char hex[RT_CHECKSUM_HEX])
{
	SHA2_CTX sha;
	rt_sql_scan scan;
	retort_token t;
	rt_sv rest;

	SHA256Init(&sha);
	rt_sql_scan_begin(&scan, text, 0, dialect);
	while (rt_sql_scan_next(&scan, &t)) {
		rt_marker marker = rt_marker_token(text, &t, &rest);

		if (marker == RT_MARKER_UP || marker == RT_MARKER_DOWN) {
			add_marker(&sha, marker, rest);
			/* A statement does not go on behind a marker. */
			rt_sql_scan_begin(&scan, text, scan.at, dialect);
		} else if (t.kind != RETORT_TOKEN_SPACE &&
			   t.kind != RETORT_TOKEN_COMMENT) {
			add(&sha, rt_sv_sub(text, t.offset, t.length));
			SHA256Update(&sha, (const uint8_t *)"", 1);
		}
	}
	finish(&sha, hex);
}
