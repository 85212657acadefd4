/* SPDX-License-Identifier: MIT */
/*
 * Hiding is generous: where a broken URL could be read in two ways, both
 * readings' passwords are hidden.  Showing one character too few costs
 * nothing, one too many cannot be taken back.
 */
#include "config.h"

#include "text/url.h"

#include <string.h>

static bool is_scheme_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' ||
	       c == '_';
}

/* Where the scheme of a URL ends (at its "://"); 0 if it has none. */
static size_t scheme_end(rt_sv url)
{
	size_t n = 0;

	while (n < url.n && is_scheme_char(url.p[n]))
		n++;
	return rt_sv_starts(rt_sv_sub(url, n, 3), "://") ? n : 0;
}

static const struct alias {
	const char *name;
	rt_sv scheme;
} aliases[] = {
	{ "postgres", { "postgresql", 10 } },
	{ "postgresql", { "postgresql", 10 } },
	{ "sqlite", { "sqlite", 6 } },
	{ "sqlite3", { "sqlite", 6 } },
};

rt_sv rt_url_scheme(rt_sv url)
{
	rt_sv scheme = rt_sv_sub(url, 0, scheme_end(url));
	size_t i;

	scheme = rt_sv_sub(scheme, 0, rt_sv_find(scheme, '+'));
	for (i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (rt_sv_is_nocase(scheme, aliases[i].name))
			return aliases[i].scheme;
	return scheme;
}

void rt_url_normalize(rt_sv url, rt_str *out)
{
	rt_str_addsv(out, rt_url_scheme(url));
	rt_str_addsv(out, rt_sv_sub(url, scheme_end(url), url.n));
}

/* Whether text like "5432/db" begins with a port number. */
static bool is_port(rt_sv s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n > 0 && (n == s.n || s.p[n] == '/' || s.p[n] == '?' ||
			 s.p[n] == ',');
}

static size_t last_at(rt_sv s)
{
	const char *at = s.n ? memrchr(s.p, '@', s.n) : NULL;

	return at ? (size_t)(at - s.p) : s.n;
}

/*
 * The '@' that ends the user part of what follows "://", or rest.n.  A
 * password may hold '@', '/' and '?' although it should not, so the last
 * '@' that is not in a query counts.
 */
static size_t user_end(rt_sv rest)
{
	size_t query = rt_sv_find(rest, '?'), at, colon;
	rt_sv tail;
	bool is_query;

	if (rest.n == 0 || rest.p[0] == '/')
		return rest.n;
	at = last_at(rt_sv_sub(rest, 0, query));
	tail = rt_sv_sub(rest, query, rest.n);
	/* Without a "key=" before the next '@' it is no query. */
	is_query = rt_sv_find(tail, '=') <= rt_sv_find(tail, '@');
	if (at < query)
		return is_query ? at : query + last_at(tail);
	colon = rt_sv_find(rt_sv_sub(rest, 0, query), ':');
	if (is_query && (colon == query ||
			 is_port(rt_sv_sub(rest, colon + 1, rest.n))))
		return rest.n;
	return last_at(rest);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Whether a key, percent-decoded, holds a secret. */
static bool is_secret_key(rt_sv key)
{
	static const char *const secrets[] = {
		"password", "passwd", "passphrase", "pass", "pwd", "secret",
		"sslpassword", "oauth_client_secret", "scram_client_key",
		"scram_server_key", "token", "api_key", "apikey",
	};
	char plain[32];
	size_t i, n = 0;

	for (i = 0; i < key.n && n < sizeof(plain); i++, n++) {
		plain[n] = key.p[i];
		if (key.p[i] == '%' && i + 2 < key.n &&
		    hex_digit(key.p[i + 1]) >= 0 &&
		    hex_digit(key.p[i + 2]) >= 0) {
			plain[n] = (char)(hex_digit(key.p[i + 1]) * 16 +
					  hex_digit(key.p[i + 2]));
			i += 2;
		}
	}
	for (i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (rt_sv_is_nocase((rt_sv){ plain, n }, secrets[i]))
			return true;
	return false;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_key_char(char c)
{
	return is_scheme_char(c) || c == '%';
}

/* The key that ends before the '=' at `at`; blanks between are allowed. */
static rt_sv key_before(rt_sv text, size_t at)
{
	size_t start, end = at;

	while (end > 0 && is_space(text.p[end - 1]))
		end--;
	for (start = end; start > 0 && is_key_char(text.p[start - 1]);)
		start--;
	return rt_sv_sub(text, start, end - start);
}

/* Where the value that begins at `at` ends: quoted, or up to a blank or '&'. */
static size_t value_end(rt_sv text, size_t at)
{
	char quote = at < text.n ? text.p[at] : '\0';

	if (quote == '\'' || quote == '"') {
		for (at++; at < text.n && text.p[at] != quote; at++)
			if (text.p[at] == '\\' && at + 1 < text.n)
				at++;
		return at < text.n ? at + 1 : at;
	}
	while (at < text.n && !is_space(text.p[at]) && text.p[at] != '&')
		at++;
	return at;
}

/* Copy text, hiding the values of secret keys. */
static void redact_keys(rt_sv text, rt_str *out)
{
	size_t i, from;

	for (i = 0; i < text.n;) {
		rt_str_addc(out, text.p[i]);
		if (text.p[i++] != '=' ||
		    !is_secret_key(key_before(text, i - 1)))
			continue;
		for (from = i; from < text.n && is_space(text.p[from]);)
			from++;
		rt_str_addsv(out, rt_sv_sub(text, i, from - i));
		i = value_end(text, from);
		if (i > from)
			rt_str_add(out, "***");
	}
}

/* What follows "://" of one URL. */
static void redact_user(rt_sv rest, rt_str *out)
{
	size_t at = user_end(rest), colon;

	if (at < rest.n) {
		colon = rt_sv_find(rt_sv_sub(rest, 0, at), ':');
		rt_str_addsv(out, rt_sv_sub(rest, 0, colon));
		if (colon < at)
			rt_str_add(out, ":***");
		rest = rt_sv_sub(rest, at, rest.n);
	}
	rt_str_addsv(out, rest);
}

/* Where a URL inside other text ends. */
static size_t word_end(rt_sv text)
{
	size_t n = 0;

	while (n < text.n && !is_space(text.p[n]) && text.p[n] != '"')
		n++;
	return n;
}

static void redact_users(rt_sv text, rt_str *out)
{
	const char *at;
	size_t n, end;

	while (text.n && (at = memmem(text.p, text.n, "://", 3)) != NULL) {
		n = (size_t)(at - text.p) + 3;
		/* Text that begins with a URL is one, blanks in a password
		 * and all. */
		end = scheme_end(text) ? text.n : 0;
		rt_str_addsv(out, rt_sv_sub(text, 0, n));
		text = rt_sv_sub(text, n, text.n);
		if (!end)
			end = word_end(text);
		redact_user(rt_sv_sub(text, 0, end), out);
		text = rt_sv_sub(text, end, text.n);
	}
	rt_str_addsv(out, text);
}

void rt_url_redact(rt_sv url, rt_str *out)
{
	rt_str keys = RT_STR_INIT;

	redact_keys(url, &keys);
	redact_users(rt_str_sv(&keys), out);
	rt_str_free(&keys);
}
