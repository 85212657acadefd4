/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "text/sqlscan.h"

#include <string.h>

#include "base/err.h"

/* The words and marks that decide where a statement ends; sorted. */
#define WORDS(X)                                                              \
	X(ABORT) X(AS) X(ATOMIC) X(BEGIN) X(CASE) X(COMMIT) X(COPY)           \
	X(CREATE) X(END) X(EXPLAIN) X(FROM) X(FUNCTION) X(OR) X(PREPARE)      \
	X(PROCEDURE) X(REPLACE) X(ROLLBACK) X(START) X(STDIN) X(TEMP)         \
	X(TEMPORARY) X(TO) X(TRANSACTION) X(TRIGGER) X(WORK)

enum {
	NONE, /* no token yet */
	OTHER,
	OPEN,
	CLOSE,
	SEMICOLON,
	DOT,
	FIRST_WORD,
#define WORD_ENUM(word) word,
	WORDS(WORD_ENUM)
#undef WORD_ENUM
};

/* What a statement is, by its first words. */
enum {
	LEAD_NONE,
	LEAD_EXPLAIN,
	LEAD_CREATE,
	LEAD_TRIGGER,
	LEAD_ROUTINE,
	LEAD_COPY,
	LEAD_OTHER
};

/* A trigger's body ends with the three tokens `; END ;`. */
enum { TRIGGER_NONE, TRIGGER_IN, TRIGGER_SEMICOLON, TRIGGER_END };

/* COPY: has said FROM STDIN; its line goes on; its data come now. */
enum { COPY_NONE, COPY_STDIN, COPY_LINE, COPY_DATA };

static int classify_word(rt_sv word)
{
	static const char *const names[] = {
#define WORD_NAME(word) #word,
		WORDS(WORD_NAME)
#undef WORD_NAME
	};
	size_t i;

	if (word.n < 2 || word.n > 11)
		return OTHER;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((names[i][0] | 0x20) == (word.p[0] | 0x20) &&
		    rt_sv_is_nocase(word, names[i]))
			return FIRST_WORD + 1 + (int)i;
	return OTHER;
}

static int classify(const rt_sql_scan *s, const retort_token *t)
{
	if (t->kind == RETORT_TOKEN_WORD)
		return classify_word(rt_sv_sub(s->text, t->offset, t->length));
	if (t->kind != RETORT_TOKEN_PUNCTUATION)
		return OTHER;
	switch (s->text.p[t->offset]) {
	case '(':
		return OPEN;
	case ')':
		return CLOSE;
	case ';':
		return SEMICOLON;
	case '.':
		return DOT;
	default:
		return OTHER;
	}
}

static void begin_statement(rt_sql_scan *s)
{
	s->n = 0;
	s->before = NONE;
	s->lead = LEAD_NONE;
	s->depth = s->levels = 0;
	s->trigger = TRIGGER_NONE;
	s->copy = COPY_NONE;
	s->body = 0;
}

void rt_sql_scan_begin(rt_sql_scan *s, rt_sv text, size_t at,
		       retort_dialect dialect)
{
	memset(s, 0, sizeof(*s));
	s->text = text;
	s->dialect = dialect;
	s->at = at;
	begin_statement(s);
}

static rt_sql_kind statement_kind(const rt_sql_scan *s)
{
	int first = s->n > 0 ? s->words[0] : NONE;
	int second = s->n > 1 ? s->words[1] : NONE;
	int third = s->n > 2 ? s->words[2] : NONE;

	switch (first) {
	case BEGIN:
	case COMMIT:
	case END:
	case ABORT:
		return RT_SQL_TRANSACTION;
	case START:
	case PREPARE:
		return second == TRANSACTION ? RT_SQL_TRANSACTION
					     : RT_SQL_ORDINARY;
	case ROLLBACK:
		if (second == WORK || second == TRANSACTION)
			second = third;
		return second == TO ? RT_SQL_ORDINARY : RT_SQL_TRANSACTION;
	default:
		return s->copy != COPY_NONE ? RT_SQL_COPY_IN : RT_SQL_ORDINARY;
	}
}

static int next_lead(const rt_sql_scan *s, int word)
{
	bool sqlite = s->dialect == RETORT_DIALECT_SQLITE;

	switch (s->lead) {
	case LEAD_NONE:
		return word == EXPLAIN  ? LEAD_EXPLAIN
		       : word == CREATE ? LEAD_CREATE
		       : word == COPY   ? LEAD_COPY
					: LEAD_OTHER;
	case LEAD_EXPLAIN: /* EXPLAIN QUERY PLAN CREATE …, as SQLite reads */
		if (word == CREATE)
			return LEAD_CREATE;
		return word == EXPLAIN || word == TEMP || word == TEMPORARY ||
				       word == TRIGGER || word == END
			       ? LEAD_OTHER
			       : LEAD_EXPLAIN;
	case LEAD_CREATE:
		if (word == TEMP || word == TEMPORARY ||
		    (!sqlite && (word == OR || word == REPLACE)))
			return LEAD_CREATE;
		if (word == TRIGGER)
			return LEAD_TRIGGER;
		return !sqlite && (word == FUNCTION || word == PROCEDURE)
			       ? LEAD_ROUTINE
			       : LEAD_OTHER;
	default:
		return s->lead;
	}
}

/* Inside a trigger's body; true when it ends the statement. */
static bool step_trigger(rt_sql_scan *s, int word)
{
	if (word == SEMICOLON) {
		if (s->trigger == TRIGGER_END)
			return true;
		s->trigger = TRIGGER_SEMICOLON;
	} else if (word == END && s->trigger == TRIGGER_SEMICOLON) {
		s->trigger = TRIGGER_END;
	} else {
		s->trigger = TRIGGER_IN;
	}
	return false;
}

/* Inside BEGIN ATOMIC.  `x.end` and `AS end` are names. */
static void step_body(rt_sql_scan *s, int word)
{
	if (s->before == DOT || s->before == AS)
		return;
	if (word == CASE ||
	    (word == BEGIN && (s->before == SEMICOLON || s->before == ATOMIC)))
		s->levels++;
	else if (word == END)
		s->levels--;
}

/* Does the word open a body or the data of COPY? */
static void step_plain(rt_sql_scan *s, int word, size_t offset)
{
	if (s->depth)
		return;
	if (word == BEGIN)
		s->body = offset + 1;
	if (word == ATOMIC && s->before == BEGIN && s->lead == LEAD_ROUTINE)
		s->levels = 1;
	else if (word == BEGIN && s->lead == LEAD_TRIGGER &&
		 s->dialect == RETORT_DIALECT_ANY && s->before != TRIGGER &&
		 s->before != DOT)
		s->trigger = TRIGGER_IN;
	else if (word == STDIN && s->before == FROM && s->lead == LEAD_COPY)
		s->copy = COPY_STDIN;
}

static void step_parenthesis(rt_sql_scan *s, int word, size_t offset)
{
	/* SQLite has no semicolon in parentheses; its shell cuts there too. */
	if (s->dialect == RETORT_DIALECT_SQLITE)
		return;
	if (word == OPEN && s->depth++ == 0)
		s->paren = offset;
	else if (word == CLOSE && s->depth)
		s->depth--;
}

/* Take a significant token in; true when it ends the statement. */
static bool step(rt_sql_scan *s, int word, size_t offset)
{
	bool end = false;

	if (s->n == 0)
		s->start = offset;
	if (s->n < RT_SQL_SCAN_WORDS)
		s->words[s->n] = word;
	s->n++;
	if (s->trigger) {
		if (word == BEGIN && !s->body)
			s->body = offset + 1;
		end = step_trigger(s, word);
	} else if (s->levels) {
		step_body(s, word);
	} else {
		step_parenthesis(s, word, offset);
		step_plain(s, word, offset);
		end = word == SEMICOLON && s->depth == 0;
	}
	s->lead = next_lead(s, word);
	if (s->lead == LEAD_TRIGGER && !s->trigger &&
	    s->dialect == RETORT_DIALECT_SQLITE && !end)
		s->trigger = TRIGGER_IN;
	s->before = word;
	return end;
}

static size_t line_end(rt_sv text, size_t at)
{
	const char *lf = memchr(text.p + at, '\n', text.n - at);

	return lf ? (size_t)(lf - text.p) + 1 : text.n;
}

/* Between COPY's semicolon and its data only blanks and a comment go. */
static int copy_line(rt_sql_scan *s, retort_token *t)
{
	size_t from = s->at;

	if (!retort_sql_next(s->text.p, s->line_end, s->dialect, &s->at, t))
		return 0;
	if (t->kind != RETORT_TOKEN_SPACE && t->kind != RETORT_TOKEN_COMMENT) {
		s->at = s->line_end;
		*t = (retort_token){ RETORT_TOKEN_ERROR, from, s->at - from };
	}
	return 1;
}

static int copy_data(rt_sql_scan *s, retort_token *t)
{
	size_t from = s->at, at = from;

	while (at < s->text.n) {
		size_t end = line_end(s->text, at);
		rt_sv rest = rt_sv_sub(s->text, at, end - at), line;

		if (rt_sv_line(&rest, &line) && rt_sv_is(line, "\\.")) {
			s->at = at + 2;
			*t = (retort_token){ RETORT_TOKEN_DATA, from,
					     s->at - from };
			begin_statement(s);
			return 1;
		}
		at = end;
	}
	s->at = at;
	*t = (retort_token){ RETORT_TOKEN_ERROR, from, at - from };
	return at > from;
}

static void end_statement(rt_sql_scan *s)
{
	s->ended = true;
	s->kind = statement_kind(s);
	if (s->copy == COPY_NONE) {
		begin_statement(s);
		return;
	}
	s->copy = COPY_LINE;
	s->line_end = line_end(s->text, s->at);
}

int rt_sql_scan_next(rt_sql_scan *s, retort_token *t)
{
	s->ended = false;
	if (s->copy == COPY_LINE && s->at >= s->line_end)
		s->copy = COPY_DATA;
	if (s->copy == COPY_LINE)
		return copy_line(s, t);
	if (s->copy == COPY_DATA)
		return copy_data(s, t);
	if (!retort_sql_next(s->text.p, s->text.n, s->dialect, &s->at, t))
		return 0;
	if (t->kind == RETORT_TOKEN_META)
		end_statement(s);
	else if (t->kind != RETORT_TOKEN_SPACE &&
		 t->kind != RETORT_TOKEN_COMMENT &&
		 step(s, classify(s, t), t->offset))
		end_statement(s);
	return 1;
}

int rt_sql_scan_end(rt_sql_scan *s, size_t *at, retort_error *err)
{
	s->kind = statement_kind(s);
	*at = s->start;
	if (s->copy != COPY_NONE)
		return rt_err_set(err, RETORT_EPARSE,
				  "COPY … FROM STDIN has no data: the lines "
				  "and a closing \\. line must follow it");
	if (s->levels) {
		*at = s->body - 1;
		return rt_err_set(err, RETORT_EPARSE,
				  "the body BEGIN ATOMIC is not closed by END");
	}
	if (s->trigger && s->trigger != TRIGGER_END && s->body) {
		*at = s->body - 1;
		return rt_err_set(err, RETORT_EPARSE,
				  "the trigger's body is not closed: its "
				  "END must follow a semicolon and be "
				  "followed by one");
	}
	if (s->depth) {
		*at = s->paren;
		return rt_err_set(err, RETORT_EPARSE,
				  "the parenthesis is not closed");
	}
	return 0;
}

int rt_sql_scan_error(const rt_sql_scan *s, const retort_token *t, size_t *at,
		      retort_error *err)
{
	rt_sv token = rt_sv_sub(s->text, t->offset, t->length);
	size_t quote = 0;
	char c;

	*at = t->offset;
	if (s->copy == COPY_DATA) {
		*at = s->start;
		return rt_err_set(err, RETORT_EPARSE,
				  "the data of COPY … FROM STDIN are not "
				  "closed by a line with \\. alone");
	}
	if (s->copy == COPY_LINE)
		return rt_err_set(err, RETORT_EPARSE,
				  "the data of COPY … FROM STDIN begin on "
				  "the next line; only a comment may stand "
				  "here");
	if (rt_sv_starts(token, "/*"))
		return rt_err_set(err, RETORT_EPARSE,
				  "the comment is not closed by */%s",
				  s->dialect == RETORT_DIALECT_SQLITE
					  ? ""
					  : " (comments nest)");
	if (token.p[0] == '$' && token.n > 1)
		return rt_err_set(
			err, RETORT_EPARSE,
			"the dollar-quoted string %.*s is not closed",
			(int)rt_sv_find(rt_sv_sub(token, 1, 63), '$') + 2,
			token.p);
	while (quote < token.n && quote < 3 && !strchr("'\"`[", token.p[quote]))
		quote++;
	c = quote < token.n ? token.p[quote] : '\0';
	if (c && quote < 3 && strchr("'\"`[", c))
		return rt_err_set(err, RETORT_EPARSE,
				  c == '\'' ? "the string is not closed by %c"
					    : "the quoted name is not closed "
					      "by %c",
				  c == '[' ? ']' : c);
	c = token.p[0];
	if (c > ' ' && c < 0x7f)
		return rt_err_set(err, RETORT_EPARSE,
				  "'%c' begins nothing in SQL", c);
	return rt_err_set(err, RETORT_EPARSE, "the byte 0x%02x is not SQL",
			  (unsigned)(unsigned char)c);
}
