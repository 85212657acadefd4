/* SPDX-License-Identifier: MIT */
/* UTF-8, the sanitizer, the clock, time zones. */
#include "support/rt_test.h"

#include "base/clock.h"
#include "base/sanitize.h"
#include "base/utf8.h"
#include "base/zone.h"

static void what_is_not_utf8(void **state)
{
	static const char *const bad[] = {
		"\x80",             /* a continuation alone */
		"\xc3",             /* cut off */
		"\xc0\xaf",         /* a longer form of '/' */
		"\xe0\x80\xaf",
		"\xed\xa0\x80",     /* a surrogate */
		"\xf4\x90\x80\x80", /* behind U+10FFFF */
		"\xf8\x88\x80\x80\x80",
		"\xff",
	};
	uint32_t c;
	size_t i, at;
	rt_str text = RT_STR_INIT;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(rt_utf8_decode(rt_sv_from(bad[i]), &c), 0);
		rt_str_clear(&text);
		rt_str_addf(&text, "ab%s", bad[i]);
		assert_false(rt_utf8_valid(rt_str_sv(&text), &at));
		assert_int_equal(at, 2);
	}
	assert_int_equal(rt_utf8_decode(RT_SV(""), &c), 0);
	assert_true(rt_utf8_valid(RT_SV("a\xc3\xa4\xf0\x9f\x98\x80"), NULL));
	assert_int_equal(rt_utf8_count(RT_SV("a\xc3\xa4\xff!")), 4);
	rt_str_free(&text);
}

static void every_character_survives_encoding(void **state)
{
	rt_str text = RT_STR_INIT;
	uint32_t c, back;

	(void)state;
	for (c = 0; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		rt_str_clear(&text);
		rt_utf8_encode(c, &text);
		if (rt_utf8_decode(rt_str_sv(&text), &back) != text.n ||
		    back != c)
			fail_msg("U+%04x", c);
	}
	rt_str_free(&text);
}

static void nothing_reaches_the_terminal(void **state)
{
	static const struct {
		const char *text, *want;
		unsigned keep;
	} cases[] = {
		{ "plain \xc3\xa4 \\x1b", "plain \xc3\xa4 \\x1b", 0 },
		{ "\x1b[2J", "\\x1b[2J", RT_SANITIZE_TEXT },
		{ "a\nb\tc\r", "a\\nb\\tc\\r", RT_SANITIZE_LINE },
		{ "a\nb\tc\r", "a\nb\\tc\\r", RT_SANITIZE_NEWLINES },
		{ "a\nb\tc\r", "a\\nb\tc\\r", RT_SANITIZE_TABS },
		{ "a\nb\tc\b\x7f", "a\nb\tc\\x08\\x7f", RT_SANITIZE_TEXT },
		{ "\xc2\x9b" "2J", "\\u009b2J", 0 },
		{ "\xe2\x80\xae" "txt", "\\u202etxt", 0 },
		{ "\xe2\x81\xa6\xe2\x81\xa9", "\\u2066\\u2069", 0 },
		{ "\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c", "\\u200e\\u200f\\u061c",
		  0 },
		{ "\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029",
		  RT_SANITIZE_TEXT },
		{ "\xff\xc3(", "\\xff\\xc3(", 0 },
		{ "\xf3\xa0\x81\x81", "\\ue0041", 0 },
		{ "\xe2\x80\x8d", "\xe2\x80\x8d", 0 }, /* joins emoji */
	};
	rt_str out = RT_STR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str_clear(&out);
		rt_sanitize(rt_sv_from(cases[i].text), cases[i].keep, &out);
		assert_string_equal(out.p, cases[i].want);
		if (rt_sanitize_is_plain(rt_sv_from(cases[i].text),
					 cases[i].keep))
			assert_string_equal(cases[i].text, cases[i].want);
	}
	assert_true(rt_sanitize_is_plain(RT_SV(""), 0));
	assert_true(rt_sanitize_is_plain(RT_SV("a ~\n\t"),
					 RT_SANITIZE_TEXT));
	assert_false(rt_sanitize_is_plain(RT_SV("a\n"), RT_SANITIZE_TABS));
	assert_false(rt_sanitize_is_plain(RT_SV("a\x7f"), RT_SANITIZE_TEXT));
	rt_str_clear(&out);
	rt_sanitize((rt_sv){ "a\0b", 3 }, RT_SANITIZE_TEXT, &out);
	assert_string_equal(out.p, "a\\x00b");
	rt_str_free(&out);
}

static long long noon(void *self)
{
	return *(long long *)self;
}

static void times_are_written_in_iso(void **state)
{
	static const struct {
		long long time;
		const char *want;
	} cases[] = {
		{ 0, "1970-01-01T00:00:00Z" },
		{ -1, "1969-12-31T23:59:59Z" },
		{ 1758048588, "2025-09-16T18:49:48Z" },
		{ 951782400, "2000-02-29T00:00:00Z" },
		{ 4107542400, "2100-03-01T00:00:00Z" },
		{ -62167219200, "0000-01-01T00:00:00Z" },
	};
	long long then = 1758048588;
	const rt_clock clock = { noon, &then };
	rt_str out = RT_STR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str_clear(&out);
		rt_clock_format(cases[i].time, &out);
		assert_string_equal(out.p, cases[i].want);
	}
	rt_str_clear(&out);
	rt_clock_format_at(then, 7200, &out);
	assert_string_equal(out.p, "2025-09-16T20:49:48+02:00");
	rt_str_clear(&out);
	rt_clock_format_at(then, -34200, &out);
	assert_string_equal(out.p, "2025-09-16T09:19:48-09:30");
	rt_str_free(&out);
	assert_true(rt_clock_now(&clock) == then);
	assert_true(rt_clock_now(NULL) > then - 86400 * 365 * 10LL);
	assert_true(rt_clock_ticks() <= rt_clock_ticks());
}

static void rules_of_time_zones(void **state)
{
	static const char berlin[] = "CET-1CEST,M3.5.0,M10.5.0/3";
	static const struct {
		const char *rule;
		long long time;
		long want;
	} cases[] = {
		{ "UTC0", 0, 0 },
		{ "<+0545>-5:45", 0, 20700 },
		/* 2040-03-25, 2040-10-28, 01:00 UTC; one second before */
		{ berlin, 2216250000 - 1, 3600 },
		{ berlin, 2216250000, 7200 },
		{ berlin, 2234998800 - 1, 7200 },
		{ berlin, 2234998800, 3600 },
		/* the southern summer goes over the year's end */
		{ "AEST-10AEDT,M10.1.0,M4.1.0/3", 2208988800, 39600 },
		{ "AEST-10AEDT,M10.1.0,M4.1.0/3", 2224627200, 36000 },
		/* a day of the year, with and without February 29th */
		{ "XXX0YYY,J60,J300", 2214172800 + 7200, 3600 },
		{ "XXX0YYY,59,300", 2214086400 + 7200, 3600 },
		{ "IST-2IDT,M3.4.4/26,M10.5.0", 2234998800, 7200 },
	};
	static const char *const bad[] = {
		"", "A", "CET", "CET-1CEST", "CET-1CEST,M3.5.0",
		"CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
		"CET-1CEST,M3.5.0,M10.5.0x", "<+03", "CET-1CEST,M3.5.7,J1",
	};
	long offset;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(rt_zone_rule(rt_sv_from(cases[i].rule),
					 cases[i].time, &offset));
		if (offset != cases[i].want)
			fail_msg("%s at %lld: %ld, want %ld", cases[i].rule,
				 cases[i].time, offset, cases[i].want);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(rt_zone_rule(rt_sv_from(bad[i]), 0, &offset));
}

/* One transition at 1000: from +0100 to +0200; then a rule. */
static void zone_files_are_read(void **state)
{
	static const char v2[] =
		"TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" /* 20 bytes */
		"\0\0\0\0" "\0\0\0\0" "\0\0\0\0" "\0\0\0\0" "\0\0\0\1"
		"\0\0\0\4"
		"\0\0\0\0\0\0" "UTC"               /* and a NUL: 4 chars */
		"\0"
		"TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\0\0\0\0" "\0\0\0\0" "\0\0\0\0" "\0\0\0\2" "\0\0\0\2"
		"\0\0\0\4"
		"\0\0\0\0\0\0\x03\xe8" "\0\0\0\0\0\0\x07\xd0"
		"\1\0"
		"\0\0\x0e\x10\0\0" "\0\0\x1c\x20\0\0" "ABC\0"
		"\nXYZ-3\n";
	const rt_sv file = { v2, sizeof(v2) - 1 };
	long offset;
	size_t n;

	(void)state;
	assert_true(rt_zone_read(file, 999, &offset));
	assert_int_equal(offset, 3600);
	assert_true(rt_zone_read(file, 1000, &offset));
	assert_int_equal(offset, 7200);
	assert_true(rt_zone_read(file, 2000, &offset));
	assert_int_equal(offset, 3 * 3600);
	/* Cut anywhere, it is refused or read, never overrun. */
	for (n = 0; n < file.n; n++) {
		char *copy = malloc(n ? n : 1);

		memcpy(copy, v2, n);
		(void)rt_zone_read((rt_sv){ copy, n }, 1000, &offset);
		free(copy);
	}
	assert_false(rt_zone_read(RT_SV("TZif"), 0, &offset));
}

static void zones_have_names(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	long offset = 1;

	(void)state;
	rt_assert_ok(rt_zone_offset("utc", 0, &offset, &err), &err);
	assert_int_equal(offset, 0);
	rt_assert_rc(rt_zone_offset("../../etc/passwd", 0, &offset, &err),
		     RETORT_ECONFIG, &err);
	retort_error_dispose(&err);
	rt_assert_rc(rt_zone_offset("Middle/Earth", 0, &offset, &err),
		     RETORT_ECONFIG, &err);
	assert_non_null(retort_error_get(&err, RETORT_ERROR_NEXT));
	retort_error_dispose(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_utf8),
		cmocka_unit_test(every_character_survives_encoding),
		cmocka_unit_test(nothing_reaches_the_terminal),
		cmocka_unit_test(times_are_written_in_iso),
		cmocka_unit_test(rules_of_time_zones),
		cmocka_unit_test(zone_files_are_read),
		cmocka_unit_test(zones_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
