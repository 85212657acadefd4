/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/dialect.h"

#include <stdlib.h>
#include <string.h>

/*
 * Words that cannot stand as a bare name, sorted.  PostgreSQL: those that
 * quote_ident() quotes (pg_get_keywords(), all but "unreserved"); SQLite:
 * those that fail as a bare name of a table and its column.  The tests ask
 * both engines whether the tables are still complete.
 */
static const char *const postgres_words[] = {
	"all", "analyse", "analyze", "and", "any", "array", "as", "asc",
	"asymmetric", "authorization", "between", "bigint", "binary", "bit",
	"boolean", "both", "case", "cast", "char", "character", "check",
	"coalesce", "collate", "collation", "column", "concurrently",
	"constraint", "create", "cross", "current_catalog", "current_date",
	"current_role", "current_schema", "current_time", "current_timestamp",
	"current_user", "dec", "decimal", "default", "deferrable", "desc",
	"distinct", "do", "else", "end", "except", "exists", "extract",
	"false", "fetch", "float", "for", "foreign", "freeze", "from", "full",
	"grant", "greatest", "group", "grouping", "having", "ilike", "in",
	"initially", "inner", "inout", "int", "integer", "intersect",
	"interval", "into", "is", "isnull", "join", "lateral", "leading",
	"least", "left", "like", "limit", "localtime", "localtimestamp",
	"national", "natural", "nchar", "none", "normalize", "not", "notnull",
	"null", "nullif", "numeric", "offset", "on", "only", "or", "order",
	"out", "outer", "overlaps", "overlay", "placing", "position",
	"precision", "primary", "real", "references", "returning", "right",
	"row", "select", "session_user", "setof", "similar", "smallint",
	"some", "substring", "symmetric", "table", "tablesample", "then",
	"time", "timestamp", "to", "trailing", "treat", "trim", "true",
	"union", "unique", "user", "using", "values", "varchar", "variadic",
	"verbose", "when", "where", "window", "with", "xmlattributes",
	"xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces",
	"xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable"
};

static const char *const sqlite_words[] = {
	"add", "all", "alter", "and", "as", "autoincrement", "between", "case",
	"cast", "check", "collate", "commit", "constraint", "create",
	"current_date", "current_time", "current_timestamp", "default",
	"deferrable", "delete", "distinct", "drop", "else", "escape", "except",
	"exists", "foreign", "from", "group", "having", "if", "in", "index",
	"insert", "intersect", "into", "is", "isnull", "join", "limit", "not",
	"nothing", "notnull", "null", "on", "or", "order", "primary", "raise",
	"references", "returning", "select", "set", "table", "then", "to",
	"transaction", "union", "unique", "update", "using", "values", "when",
	"where"
};

static int compare_words(const void *key, const void *element)
{
	return strcmp(key, *(const char *const *)element);
}

static bool is_reserved(retort_dialect dialect, const char *word)
{
	bool lite = dialect == RETORT_DIALECT_SQLITE;
	bool postgres = dialect == RETORT_DIALECT_POSTGRESQL;

	return (!postgres &&
		bsearch(word, sqlite_words,
			sizeof(sqlite_words) / sizeof(sqlite_words[0]),
			sizeof(sqlite_words[0]), compare_words)) ||
	       (!lite &&
		bsearch(word, postgres_words,
			sizeof(postgres_words) / sizeof(postgres_words[0]),
			sizeof(postgres_words[0]), compare_words));
}

static bool is_plain(rt_sv name)
{
	size_t i;

	if (name.n == 0)
		return false;
	for (i = 0; i < name.n; i++) {
		char c = name.p[i];

		if ((c >= 'a' && c <= 'z') || c == '_')
			continue;
		if (i > 0 && c >= '0' && c <= '9')
			continue;
		return false;
	}
	return true;
}

static bool needs_quotes(retort_dialect dialect, rt_sv name)
{
	char word[32]; /* longer than the longest reserved word */

	if (!is_plain(name))
		return true;
	if (name.n >= sizeof(word))
		return false;
	memcpy(word, name.p, name.n);
	word[name.n] = '\0';
	return is_reserved(dialect, word);
}

static void add_quoted(rt_str *out, rt_sv text, char quote)
{
	size_t i;

	rt_str_reserve(out, text.n + 2);
	rt_str_addc(out, quote);
	for (i = 0; i < text.n; i++) {
		if (text.p[i] == quote)
			rt_str_addc(out, quote);
		rt_str_addc(out, text.p[i]);
	}
	rt_str_addc(out, quote);
}

void rt_dialect_identifier(rt_str *out, retort_dialect dialect, rt_sv name)
{
	if (needs_quotes(dialect, name))
		add_quoted(out, name, '"');
	else
		rt_str_addsv(out, name);
}

static void add_escape_literal(rt_str *out, rt_sv text)
{
	size_t i;

	rt_str_reserve(out, text.n + 3);
	rt_str_add(out, "E'");
	for (i = 0; i < text.n; i++) {
		if (text.p[i] == '\'' || text.p[i] == '\\')
			rt_str_addc(out, text.p[i]);
		rt_str_addc(out, text.p[i]);
	}
	rt_str_addc(out, '\'');
}

void rt_dialect_literal(rt_str *out, retort_dialect dialect, rt_sv text)
{
	if (dialect == RETORT_DIALECT_POSTGRESQL &&
	    rt_sv_find(text, '\\') < text.n)
		add_escape_literal(out, text);
	else
		add_quoted(out, text, '\'');
}
