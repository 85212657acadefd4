/* SPDX-License-Identifier: MIT */
/* Identifiers as SQLAlchemy quotes them, and literals. */
#include "config.h"

#include "alembic/am.h"

#include <sys/types.h>
#include <md5.h>

#include "schema/dialect.h"

enum { S = 1, P = 2, B = 3 };

/* The words that SQLAlchemy 2.0 takes for reserved, per dialect; sorted. */
static const struct word {
	const char *word;
	int in;
} words[] = {
	{ "add", S }, { "after", S }, { "all", B }, { "alter", S },
	{ "analyse", P }, { "analyze", B }, { "and", B }, { "any", P },
	{ "array", P }, { "as", B }, { "asc", B }, { "asymmetric", P },
	{ "attach", S }, { "authorization", P }, { "autoincrement", S },
	{ "before", S }, { "begin", S }, { "between", B }, { "binary", P },
	{ "both", P }, { "by", S }, { "cascade", S }, { "case", B },
	{ "cast", B }, { "check", B }, { "collate", B }, { "column", B },
	{ "commit", S }, { "conflict", S }, { "constraint", B },
	{ "create", B }, { "cross", B }, { "current_catalog", P },
	{ "current_date", B }, { "current_role", P },
	{ "current_schema", P }, { "current_time", B },
	{ "current_timestamp", B }, { "current_user", P },
	{ "database", S }, { "default", B }, { "deferrable", B },
	{ "deferred", S }, { "delete", S }, { "desc", B }, { "detach", S },
	{ "distinct", B }, { "do", P }, { "drop", S }, { "each", S },
	{ "else", B }, { "end", B }, { "escape", S }, { "except", B },
	{ "exclusive", S }, { "exists", S }, { "explain", S },
	{ "fail", S }, { "false", B }, { "fetch", P }, { "for", B },
	{ "foreign", B }, { "freeze", P }, { "from", B }, { "full", B },
	{ "glob", S }, { "grant", P }, { "group", B }, { "having", B },
	{ "if", S }, { "ignore", S }, { "ilike", P }, { "immediate", S },
	{ "in", B }, { "index", S }, { "indexed", S }, { "initially", B },
	{ "inner", B }, { "insert", S }, { "instead", S },
	{ "intersect", B }, { "into", B }, { "is", B }, { "isnull", B },
	{ "join", B }, { "key", S }, { "leading", P }, { "left", B },
	{ "like", B }, { "limit", B }, { "localtime", P },
	{ "localtimestamp", P }, { "match", S }, { "natural", B },
	{ "new", P }, { "not", B }, { "notnull", B }, { "null", B },
	{ "of", B }, { "off", P }, { "offset", B }, { "old", P },
	{ "on", B }, { "only", P }, { "or", B }, { "order", B },
	{ "outer", B }, { "over", P }, { "overlaps", P }, { "placing", P },
	{ "plan", S }, { "pragma", S }, { "primary", B }, { "query", S },
	{ "raise", S }, { "references", B }, { "reindex", S },
	{ "rename", S }, { "replace", S }, { "restrict", S },
	{ "returning", P }, { "right", B }, { "rollback", S }, { "row", S },
	{ "select", B }, { "session_user", P }, { "set", S },
	{ "similar", P }, { "some", P }, { "symmetric", P }, { "table", B },
	{ "temp", S }, { "temporary", S }, { "then", B }, { "to", B },
	{ "trailing", P }, { "transaction", S }, { "trigger", S },
	{ "true", B }, { "union", B }, { "unique", B }, { "update", S },
	{ "user", P }, { "using", B }, { "vacuum", S }, { "values", S },
	{ "variadic", P }, { "verbose", P }, { "view", S },
	{ "virtual", S }, { "when", B }, { "where", B }, { "window", P },
	{ "with", P },};

static bool is_reserved(const rt_am *am, rt_sv name)
{
	size_t low = 0, high = sizeof(words) / sizeof(words[0]), mid, i;
	int c;

	while (low < high) {
		mid = (low + high) / 2;
		c = 0;
		for (i = 0; i < name.n && c == 0; i++)
			c = (unsigned char)name.p[i] -
			    (unsigned char)words[mid].word[i];
		if (c == 0 && words[mid].word[i] == '\0')
			return (words[mid].in & (am->pg ? P : S)) != 0;
		if (c < 0 || (c == 0 && words[mid].word[i]))
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

static bool needs_quotes(const rt_am *am, rt_sv name)
{
	size_t i;

	if (name.n == 0)
		return true;
	if ((name.p[0] >= '0' && name.p[0] <= '9') || name.p[0] == '$')
		return true;
	for (i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		      c == '_' || c == '$'))
			return true;
	}
	return is_reserved(am, name);
}

void rt_am_quote(const rt_am *am, rt_str *out, rt_sv name)
{
	if (needs_quotes(am, name))
		rt_dialect_quoted(out, name, '"');
	else
		rt_str_addsv(out, name);
}

void rt_am_quote_dotted(const rt_am *am, rt_str *out, rt_sv schema, rt_sv name)
{
	if (schema.n) {
		rt_am_quote(am, out, schema);
		rt_str_addc(out, '.');
	}
	rt_am_quote(am, out, name);
}

void rt_am_quote_list(const rt_am *am, rt_str *out, const rt_am_names *names)
{
	size_t i;

	for (i = 0; i < names->n; i++) {
		if (i)
			rt_str_add(out, ", ");
		rt_am_quote(am, out, names->v[i]);
	}
}

enum { LONGEST = 63, CUT = 55 };

static size_t length(rt_sv s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

rt_sv rt_am_cut(const rt_am *am, rt_sv name)
{
	char hex[MD5_DIGEST_STRING_LENGTH];
	size_t i, n = 0;

	if (!am->pg || length(name) <= LONGEST)
		return name;
	MD5Data((const uint8_t *)name.p, name.n, hex);
	for (i = 0; i < name.n; i++) {
		n += ((unsigned char)name.p[i] & 0xc0) != 0x80;
		if (n > CUT)
			break;
	}
	return rt_sv_from(rt_arena_strf(rt_py_eval_arena(am->ev), "%.*s_%s",
					(int)i, name.p, hex + 28));
}

bool rt_am_fits(rt_am *am, rt_sv name)
{
	return !am->pg || length(name) <= LONGEST ||
	       rt_am_fail(am, NULL, "a name is longer than 63 characters");
}

void rt_am_literal(const rt_am *am, rt_str *out, rt_sv text)
{
	(void)am;
	rt_dialect_quoted(out, text, '\'');
}
