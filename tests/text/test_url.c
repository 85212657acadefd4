/* SPDX-License-Identifier: MIT */
/* URLs: no password gets out, whatever the URL looks like. */
#include "support/rt_test.h"

#include "text/url.h"

static void passwords_are_hidden(void **state)
{
	static const struct {
		const char *url, *want;
	} cases[] = {
		{ "", "" },
		{ "postgresql://u:p@h:5432/d", "postgresql://u:***@h:5432/d" },
		{ "postgresql://u@h/d", "postgresql://u@h/d" },
		{ "postgresql://u:@h/d", "postgresql://u:***@h/d" },
		{ "postgresql://:p@h/d", "postgresql://:***@h/d" },
		{ "postgresql://h:5432/d?options=a@b",
		  "postgresql://h:5432/d?options=a@b" },
		{ "postgresql:///d?user=a@b&password=p@q&host=/tmp",
		  "postgresql:///d?user=a@b&password=***&host=/tmp" },
		{ "postgresql://h/d?pass%77ord=p", "postgresql://h/d?"
						   "pass%77ord=***" },
		{ "postgresql://h/d?PASSWORD=p&sslpassword=q#x",
		  "postgresql://h/d?PASSWORD=***&sslpassword=***" },
		{ "postgresql://h/d?passfile=/x", "postgresql://h/d?"
						  "passfile=/x" },
		/* bytes that should have been percent-encoded */
		{ "postgresql://u:p@ss@h/d", "postgresql://u:***@h/d" },
		{ "postgresql://u:p/w@h/d", "postgresql://u:***@h/d" },
		{ "postgresql://u:p@/w@h/d", "postgresql://u:***@h/d" },
		{ "postgresql://u:p?w@h/d", "postgresql://u:***@h/d" },
		{ "postgresql://u:a@b?c@h/d", "postgresql://u:***@h/d" },
		{ "postgresql://u:p w@h/d", "postgresql://u:***@h/d" },
		{ "postgresql://u:12/34@h/d", "postgresql://u:***@h/d" },
		{ "postgresql://u:12/?4@h/d", "postgresql://u:***@h/d" },
		{ "postgresql://a password=p @h", "postgresql://a password=*** "
						  "@h" },
		{ "password=a://b c", "password=*** c" },
		{ "postgresql://u:p:q@h", "postgresql://u:***@h" },
		{ "postgresql+asyncpg://u:p@h1,h2:5/d",
		  "postgresql+asyncpg://u:***@h1,h2:5/d" },
		{ "sqlite:///a@b:c.db", "sqlite:///a@b:c.db" },
		{ "mysql://u:p@h", "mysql://u:***@h" },
		/* no URLs */
		{ "host=h password=p user=u", "host=h password=*** user=u" },
		{ "password = 'p \\' q' user=u", "password = *** user=u" },
		{ "password='never closed", "password=***" },
		{ "password=", "password=" },
		{ "cannot open postgresql://u:p@h/d: refused",
		  "cannot open postgresql://u:***@h/d: refused" },
		{ "\"postgresql://u:p@h\" and \"x://a:b@c\"",
		  "\"postgresql://u:***@h\" and \"x://a:***@c\"" },
		{ "nothing at all: a@b", "nothing at all: a@b" },
	};
	rt_str out = RT_STR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str_clear(&out);
		rt_url_redact(rt_sv_from(cases[i].url), &out);
		assert_string_equal(out.p, cases[i].want);
	}
	rt_str_free(&out);
}

static void drivers_leave_the_scheme(void **state)
{
	static const struct {
		const char *url, *scheme, *plain;
	} cases[] = {
		{ "postgresql+psycopg2://u@h/d?a=b+c", "postgresql",
		  "postgresql://u@h/d?a=b+c" },
		{ "postgres://h", "postgresql", "postgresql://h" },
		{ "PostgreSQL://h", "postgresql", "postgresql://h" },
		{ "sqlite+aiosqlite:///./dev.db", "sqlite",
		  "sqlite:///./dev.db" },
		{ "mysql+pymysql://h", "mysql", "mysql://h" },
		{ "/a/path", "", "/a/path" },
		{ "://", "", "://" },
		{ "a b://c", "", "a b://c" },
		{ "", "", "" },
	};
	rt_str out = RT_STR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(rt_sv_is(rt_url_scheme(rt_sv_from(cases[i].url)),
				     cases[i].scheme));
		rt_str_clear(&out);
		rt_url_normalize(rt_sv_from(cases[i].url), &out);
		assert_string_equal(out.p, cases[i].plain);
	}
	rt_str_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passwords_are_hidden),
		cmocka_unit_test(drivers_leave_the_scheme),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
