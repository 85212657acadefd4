/* SPDX-License-Identifier: MIT */
/*
 * The keywords of both dialects, from the servers' own lists: PostgreSQL 15's
 * pg_get_keywords() and SQLite 3.40's sqlite3_keyword_name().  Every table is
 * sorted.
 */
#include "config.h"

#include "text/sqlwords.h"

#include <string.h>

#include <retort/sql.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Words that cannot name a column or a function without quotes. */
static const char *const postgresql_reserved[] = {
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
	"xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
};

static const char *const postgresql_free[] = {
	"abort", "absolute", "access", "action", "add", "admin", "after",
	"aggregate", "also", "alter", "always", "asensitive", "assertion",
	"assignment", "at", "atomic", "attach", "attribute", "backward",
	"before", "begin", "breadth", "by", "cache", "call", "called",
	"cascade", "cascaded", "catalog", "chain", "characteristics",
	"checkpoint", "class", "close", "cluster", "columns", "comment",
	"comments", "commit", "committed", "compression", "configuration",
	"conflict", "connection", "constraints", "content", "continue",
	"conversion", "copy", "cost", "csv", "cube", "current", "cursor",
	"cycle", "data", "database", "day", "deallocate", "declare",
	"defaults", "deferred", "definer", "delete", "delimiter",
	"delimiters", "depends", "depth", "detach", "dictionary", "disable",
	"discard", "document", "domain", "double", "drop", "each", "enable",
	"encoding", "encrypted", "enum", "escape", "event", "exclude",
	"excluding", "exclusive", "execute", "explain", "expression",
	"extension", "external", "family", "filter", "finalize", "first",
	"following", "force", "forward", "function", "functions", "generated",
	"global", "granted", "groups", "handler", "header", "hold", "hour",
	"identity", "if", "immediate", "immutable", "implicit", "import",
	"include", "including", "increment", "index", "indexes", "inherit",
	"inherits", "inline", "input", "insensitive", "insert", "instead",
	"invoker", "isolation", "key", "label", "language", "large", "last",
	"leakproof", "level", "listen", "load", "local", "location", "lock",
	"locked", "logged", "mapping", "match", "matched", "materialized",
	"maxvalue", "merge", "method", "minute", "minvalue", "mode", "month",
	"move", "name", "names", "new", "next", "nfc", "nfd", "nfkc", "nfkd",
	"no", "normalized", "nothing", "notify", "nowait", "nulls", "object",
	"of", "off", "oids", "old", "operator", "option", "options",
	"ordinality", "others", "over", "overriding", "owned", "owner",
	"parallel", "parameter", "parser", "partial", "partition", "passing",
	"password", "plans", "policy", "preceding", "prepare", "prepared",
	"preserve", "prior", "privileges", "procedural", "procedure",
	"procedures", "program", "publication", "quote", "range", "read",
	"reassign", "recheck", "recursive", "ref", "referencing", "refresh",
	"reindex", "relative", "release", "rename", "repeatable", "replace",
	"replica", "reset", "restart", "restrict", "return", "returns",
	"revoke", "role", "rollback", "rollup", "routine", "routines", "rows",
	"rule", "savepoint", "schema", "schemas", "scroll", "search",
	"second", "security", "sequence", "sequences", "serializable",
	"server", "session", "set", "sets", "share", "show", "simple", "skip",
	"snapshot", "sql", "stable", "standalone", "start", "statement",
	"statistics", "stdin", "stdout", "storage", "stored", "strict",
	"strip", "subscription", "support", "sysid", "system", "tables",
	"tablespace", "temp", "template", "temporary", "text", "ties",
	"transaction", "transform", "trigger", "truncate", "trusted", "type",
	"types", "uescape", "unbounded", "uncommitted", "unencrypted",
	"unknown", "unlisten", "unlogged", "until", "update", "vacuum",
	"valid", "validate", "validator", "value", "varying", "version",
	"view", "views", "volatile", "whitespace", "within", "without",
	"work", "wrapper", "write", "xml", "year", "yes", "zone",
};

static const char *const sqlite_words[] = {
	"abort", "action", "add", "after", "all", "alter", "always",
	"analyze", "and", "as", "asc", "attach", "autoincrement", "before",
	"begin", "between", "by", "cascade", "case", "cast", "check",
	"collate", "column", "commit", "conflict", "constraint", "create",
	"cross", "current", "current_date", "current_time",
	"current_timestamp", "database", "default", "deferrable", "deferred",
	"delete", "desc", "detach", "distinct", "do", "drop", "each", "else",
	"end", "escape", "except", "exclude", "exclusive", "exists",
	"explain", "fail", "filter", "first", "following", "for", "foreign",
	"from", "full", "generated", "glob", "group", "groups", "having",
	"if", "ignore", "immediate", "in", "index", "indexed", "initially",
	"inner", "insert", "instead", "intersect", "into", "is", "isnull",
	"join", "key", "last", "left", "like", "limit", "match",
	"materialized", "natural", "no", "not", "nothing", "notnull", "null",
	"nulls", "of", "offset", "on", "or", "order", "others", "outer",
	"over", "partition", "plan", "pragma", "preceding", "primary",
	"query", "raise", "range", "recursive", "references", "regexp",
	"reindex", "release", "rename", "replace", "restrict", "returning",
	"right", "rollback", "row", "rows", "savepoint", "select", "set",
	"table", "temp", "temporary", "then", "ties", "to", "transaction",
	"trigger", "unbounded", "union", "unique", "update", "using",
	"vacuum", "values", "view", "virtual", "when", "where", "window",
	"with", "without",
};

/* Compares a word of any case with one in lower case, as strcmp does. */
static int compare(const char *word, size_t n, const char *with)
{
	size_t i;

	for (i = 0; i < n; i++) {
		char c = word[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		if (c != with[i])
			return (unsigned char)c - (unsigned char)with[i];
	}
	return with[n] ? -1 : 0;
}

static bool find(const char *const *table, size_t count, const char *word,
		 size_t n)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(word, n, table[middle]);

		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

#define FIND(table, word, n) find(table, COUNT(table), word, n)

bool retort_sql_is_keyword(const char *word, size_t n, retort_dialect dialect)
{
	if (dialect != RETORT_DIALECT_POSTGRESQL &&
	    !FIND(sqlite_words, word, n))
		return false;
	return dialect == RETORT_DIALECT_SQLITE ||
	       FIND(postgresql_reserved, word, n) ||
	       FIND(postgresql_free, word, n);
}

bool rt_sql_is_reserved(rt_sv word, retort_dialect dialect)
{
	return (dialect != RETORT_DIALECT_POSTGRESQL &&
		FIND(sqlite_words, word.p, word.n)) ||
	       (dialect != RETORT_DIALECT_SQLITE &&
		FIND(postgresql_reserved, word.p, word.n));
}
