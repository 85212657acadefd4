/* SPDX-License-Identifier: MIT */
/*
 * Which objects a statement names.  A reader of words, not a parser of SQL:
 * it knows where in each statement the names stand, and skips the rest.
 */
#include "config.h"

#include <retort/sql.h>

#include <string.h>

#include "base/str.h"

struct scan {
	rt_sv sql;
	retort_dialect dialect;
	size_t at;          /* behind `token` */
	retort_token token; /* neither space nor comment; length 0 = the end */
	size_t depth;       /* of parentheses, behind the token */
	void (*found)(void *self, const retort_sql_object *object);
	void *self;
};

/* --- tokens -------------------------------------------------------------- */

static rt_sv text_of(const struct scan *s)
{
	return rt_sv_sub(s->sql, s->token.offset, s->token.length);
}

static bool is_mark(const struct scan *s, char mark)
{
	return s->token.length == 1 &&
	       s->token.kind == RETORT_TOKEN_PUNCTUATION &&
	       s->sql.p[s->token.offset] == mark;
}

static bool is_word(const struct scan *s, const char *word)
{
	return s->token.kind == RETORT_TOKEN_WORD && s->token.length &&
	       rt_sv_is_nocase(text_of(s), word);
}

static void next(struct scan *s)
{
	while (retort_sql_next(s->sql.p, s->sql.n, s->dialect, &s->at,
			       &s->token)) {
		if (s->token.kind == RETORT_TOKEN_SPACE ||
		    s->token.kind == RETORT_TOKEN_COMMENT)
			continue;
		if (is_mark(s, '('))
			s->depth++;
		else if (is_mark(s, ')') && s->depth)
			s->depth--;
		return;
	}
	s->token.length = 0;
}

/* Go past one of the words, if it is there. */
static bool skip(struct scan *s, const char *word)
{
	if (!is_word(s, word))
		return false;
	next(s);
	return true;
}

/* IF EXISTS, IF NOT EXISTS, and the ONLY of ALTER TABLE ONLY. */
static void skip_ifs(struct scan *s)
{
	if (skip(s, "if")) {
		skip(s, "not");
		skip(s, "exists");
	}
	skip(s, "only");
}

/* --- names --------------------------------------------------------------- */

static bool is_name(const struct scan *s)
{
	return s->token.length && (s->token.kind == RETORT_TOKEN_WORD ||
				   s->token.kind == RETORT_TOKEN_IDENTIFIER);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* One part of a name.  PostgreSQL keeps the case of a quoted one; where the
 * dialect is not known, names that differ by case are one. */
static void add_part(const struct scan *s, rt_str *out)
{
	bool quoted = s->token.kind == RETORT_TOKEN_IDENTIFIER;
	bool keeps = quoted && s->dialect == RETORT_DIALECT_POSTGRESQL;
	rt_sv text = text_of(s);
	char quote = text.p[0];
	size_t i;

	if (quoted && text.n >= 2)
		text = rt_sv_sub(text, 1, text.n - 2);
	for (i = 0; i < text.n; i++) {
		if (quoted && quote != '[' && text.p[i] == quote &&
		    i + 1 < text.n && text.p[i + 1] == quote)
			i++;
		rt_str_addc(out, keeps ? text.p[i] : lower(text.p[i]));
	}
}

static bool is_default_schema(const struct scan *s, const rt_str *schema)
{
	rt_sv name = rt_str_sv(schema);

	return (s->dialect != RETORT_DIALECT_SQLITE &&
		rt_sv_is(name, "public")) ||
	       (s->dialect != RETORT_DIALECT_POSTGRESQL &&
		rt_sv_is(name, "main"));
}

/* A name with its schema, and go past it; false if there is none here. */
static bool take_name(struct scan *s, rt_str *out)
{
	if (!is_name(s))
		return false;
	rt_str_clear(out);
	add_part(s, out);
	next(s);
	while (is_mark(s, '.')) {
		next(s);
		if (!is_name(s))
			break;
		if (is_default_schema(s, out))
			rt_str_clear(out);
		else
			rt_str_addc(out, '.');
		add_part(s, out);
		next(s);
	}
	return true;
}

static void report(const struct scan *s, retort_sql_verb verb,
		   const char *kind, const char *name, const char *column)
{
	retort_sql_object object = { verb, kind, name, column };

	s->found(s->self, &object);
}

/* The name that stands here. */
static void report_next(struct scan *s, retort_sql_verb verb,
			const char *kind)
{
	rt_str name = RT_STR_INIT;

	if (take_name(s, &name))
		report(s, verb, kind, name.p, "");
	rt_str_free(&name);
}

/* Every table that is referred to from here to the end. */
static void report_references(struct scan *s)
{
	while (s->token.length)
		if (skip(s, "references"))
			report_next(s, RETORT_SQL_USE, "table");
		else
			next(s);
}

/* --- kinds --------------------------------------------------------------- */

/* Words that may stand between CREATE and the kind. */
static const char *const adjectives[] = {
	"or", "replace", "temp", "temporary", "unlogged", "global", "local",
	"unique", "recursive", "virtual", "constraint", "foreign", "event",
};

static const char *const kinds[] = {
	"table", "index", "view", "sequence", "type", "domain", "schema",
	"function", "procedure", "aggregate", "trigger", "extension",
	"policy", "rule", "role", "collation", "publication",
};

static const char *take_kind(struct scan *s)
{
	bool materialized;
	size_t i;

	for (i = 0; i < sizeof(adjectives) / sizeof(adjectives[0]);)
		i = skip(s, adjectives[i]) ? 0 : i + 1;
	materialized = skip(s, "materialized");
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (skip(s, kinds[i]))
			return materialized ? "materialized view" : kinds[i];
	return NULL;
}

/* --- statements ---------------------------------------------------------- */

/* CREATE INDEX i ON t, CREATE TRIGGER g … ON t, CREATE POLICY p ON t */
static void report_owner(struct scan *s, const char *kind)
{
	bool on_table = !strcmp(kind, "index") || !strcmp(kind, "trigger") ||
			!strcmp(kind, "policy");

	while (on_table && s->token.length && !is_word(s, "on") && !s->depth)
		next(s);
	if (!on_table || !skip(s, "on"))
		return;
	skip(s, "only");
	report_next(s, RETORT_SQL_USE, "table");
}

static void read_create(struct scan *s)
{
	const char *kind = take_kind(s);

	if (!kind)
		return;
	skip(s, "concurrently");
	skip_ifs(s);
	/* An index need not have a name. */
	if (!is_word(s, "on"))
		report_next(s, RETORT_SQL_CREATE, kind);
	report_owner(s, kind);
	if (!strcmp(kind, "table"))
		report_references(s);
}

static void read_drop(struct scan *s)
{
	const char *kind = take_kind(s);

	if (!kind)
		return;
	skip(s, "concurrently");
	skip_ifs(s);
	do {
		report_next(s, RETORT_SQL_DROP, kind);
		while (s->token.length && (s->depth || is_mark(s, ')')))
			next(s); /* a function's arguments */
		if (!is_mark(s, ','))
			break;
		next(s);
	} while (s->token.length);
	report_owner(s, kind);
}

/* What an action of ALTER TABLE is about, if it is no column. */
static bool is_no_column(const struct scan *s)
{
	static const char *const words[] = {
		"constraint", "primary", "foreign", "unique", "check",
		"exclude", "to", "schema", "trigger", "rule", "row",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is_word(s, words[i]))
			return true;
	return false;
}

/* One action: ADD [COLUMN] c, DROP c, ALTER c, RENAME c TO d. */
static void read_action(struct scan *s, const char *table)
{
	rt_str column = RT_STR_INIT;
	bool renames = is_word(s, "rename");

	if (skip(s, "add") || skip(s, "drop") || skip(s, "alter") ||
	    skip(s, "rename")) {
		skip(s, "column");
		skip_ifs(s);
		if (!is_no_column(s) && is_name(s))
			add_part(s, &column);
	}
	report(s, RETORT_SQL_ALTER, "table", table, column.p);
	rt_str_clear(&column);
	if (renames && !skip(s, "to")) {
		next(s);
		if (skip(s, "to") && is_name(s)) {
			add_part(s, &column);
			report(s, RETORT_SQL_ALTER, "table", table, column.p);
		}
	} else if (renames && is_name(s)) {
		report_next(s, RETORT_SQL_RENAME, "table");
	}
	rt_str_free(&column);
}

/* The actions, separated by commas outside parentheses. */
static void read_actions(struct scan *s, const char *table)
{
	while (s->token.length) {
		read_action(s, table);
		while (s->token.length && (s->depth || !is_mark(s, ',')))
			if (skip(s, "references"))
				report_next(s, RETORT_SQL_USE, "table");
			else
				next(s);
		next(s);
	}
}

static void read_alter(struct scan *s)
{
	const char *kind = take_kind(s);
	rt_str name = RT_STR_INIT;

	if (!kind)
		return;
	skip_ifs(s);
	if (!take_name(s, &name)) {
		rt_str_free(&name);
		return;
	}
	if (!strcmp(kind, "table"))
		read_actions(s, name.p);
	else
		report(s, RETORT_SQL_ALTER, kind, name.p, "");
	if (strcmp(kind, "table") != 0 && skip(s, "rename") && skip(s, "to"))
		report_next(s, RETORT_SQL_RENAME, kind);
	rt_str_free(&name);
}

static void read_truncate(struct scan *s)
{
	skip(s, "table");
	skip(s, "only");
	report_next(s, RETORT_SQL_DELETE, "table");
	while (is_mark(s, ',')) {
		next(s);
		report_next(s, RETORT_SQL_DELETE, "table");
	}
}

static void read_insert(struct scan *s)
{
	while (s->token.length && !is_word(s, "into"))
		next(s); /* INSERT OR IGNORE INTO */
	if (skip(s, "into"))
		report_next(s, RETORT_SQL_INSERT, "table");
}

static void read_update(struct scan *s)
{
	if (skip(s, "or"))
		next(s);
	skip(s, "only");
	report_next(s, RETORT_SQL_UPDATE, "table");
}

static void read_delete(struct scan *s)
{
	if (!skip(s, "from"))
		return;
	skip(s, "only");
	report_next(s, RETORT_SQL_DELETE, "table");
}

static void read_copy(struct scan *s)
{
	report_next(s, RETORT_SQL_INSERT, "table");
}

static const struct statement {
	const char *word;
	void (*read)(struct scan *s);
} statements[] = {
	{ "create", read_create },     { "alter", read_alter },
	{ "drop", read_drop },	       { "insert", read_insert },
	{ "replace", read_insert },    { "update", read_update },
	{ "delete", read_delete },     { "copy", read_copy },
	{ "truncate", read_truncate },
};

static bool read_statement(struct scan *s)
{
	size_t i;

	for (i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
		if (skip(s, statements[i].word)) {
			statements[i].read(s);
			return true;
		}
	return false;
}

void retort_sql_objects(const char *sql, size_t n, retort_dialect dialect,
			void (*found)(void *self,
				      const retort_sql_object *object),
			void *self)
{
	struct scan s;

	memset(&s, 0, sizeof(s));
	s.sql = (rt_sv){ sql, n };
	s.dialect = dialect;
	s.found = found;
	s.self = self;
	next(&s);
	/* WITH x AS (…) may stand before a statement that changes rows. */
	if (!skip(&s, "with"))
		read_statement(&s);
	else
		while (s.token.length && (s.depth || !read_statement(&s)))
			next(&s);
}

const char *retort_sql_verb_word(retort_sql_verb verb)
{
	static const char *const words[] = {
#define WORD(name, word) word,
		RETORT_SQL_VERBS(WORD)
#undef WORD
	};

	return words[verb];
}
