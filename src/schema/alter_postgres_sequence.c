/* SPDX-License-Identifier: MIT */
/* Changing PostgreSQL's schemas: sequences, which keep their numbers. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "schema/alter_postgres.h"
#include "schema/dialect.h"

/* The words of the options, and what they are by default. */
static const char *const sequence_words[][2] = {
	{ "AS ", "AS bigint" },
	{ "INCREMENT BY ", "INCREMENT BY 1" },
	{ "MINVALUE ", "NO MINVALUE" },
	{ "MAXVALUE ", "NO MAXVALUE" },
	{ "START WITH ", "" },
	{ "CACHE ", "CACHE 1" },
	{ "CYCLE", "NO CYCLE" },
};

/* Behind a name that may hold anything, a word is an option. */
static const char *find_word(const char *options, const char *word)
{
	const char *at = options;
	bool quoted = false;

	for (; *at; at++) {
		quoted ^= *at == '"';
		if (!quoted && (at == options || at[-1] == ' ') &&
		    !strncmp(at, word, strlen(word)))
			return at;
	}
	return NULL;
}

static long long number_of(const char *options, const char *word,
			   long long otherwise)
{
	const char *at = find_word(options, word);

	return at ? strtoll(at + strlen(word), NULL, 10) : otherwise;
}

/* What a sequence counts through. */
typedef struct numbers {
	long long low, high, start;
	bool down;
} numbers;

static numbers numbers_of(const rt_pg_counter *c)
{
	const char *as = find_word(c->options, "AS ");
	const char *type = as ? as + strlen("AS ") : c->type;
	long long top = !strncmp(type, "smallint", 8) ? INT16_MAX :
			!strncmp(type, "integer", 7) ? INT32_MAX : INT64_MAX;
	numbers n;

	n.down = number_of(c->options, "INCREMENT BY ", 1) < 0;
	n.low = number_of(c->options, "MINVALUE ", n.down ? -top - 1 : 1);
	n.high = number_of(c->options, "MAXVALUE ", n.down ? -1 : top);
	n.start = number_of(c->options, "START WITH ",
			    n.down ? n.high : n.low);
	return n;
}

static void add_option(rt_str *out, const char *at, const char *word,
		       const char *set)
{
	const char *value = at + strlen(word);

	rt_str_addf(out, "%s%s%.*s ", set, word, (int)strcspn(value, " "),
		    value);
}

/* All of them, with a space behind each. */
static void add_options(rt_str *out, const rt_pg_counter *c, const char *set)
{
	size_t i, n = sizeof(sequence_words) / sizeof(sequence_words[0]);

	for (i = *set ? 1 : 0; i < n; i++) {
		const char *word = sequence_words[i][0];
		const char *at = find_word(c->options, word);

		if (at)
			add_option(out, at, word, set);
		else if (i == 0 && *c->type)
			rt_str_addf(out, "AS %s ", c->type);
		else if (*sequence_words[i][1])
			rt_str_addf(out, "%s%s ", set, sequence_words[i][1]);
		else
			rt_str_addf(out, "%s%s%lld ", set, word,
				    numbers_of(c).start);
	}
}

/* The number that the sequence began with, and that is less than it now
 * begins with, is not where it goes on. */
static void begin_later(rt_ddl_list *out, const char *name, numbers a,
			numbers b, bool tighter)
{
	rt_str sql = RT_STR_INIT;

	rt_dialect_literal(&sql, RETORT_DIALECT_POSTGRESQL, rt_sv_from(name));
	rt_str_addf(&sql, ", %lld, false) FROM %s WHERE ", b.start, name);
	if (tighter)
		rt_str_addf(&sql, "last_value %c %lld", b.down ? '>' : '<',
			    b.down ? b.high : b.low);
	if (a.start != b.start)
		rt_str_addf(&sql, "%sNOT is_called AND last_value = %lld",
			    tighter ? " OR " : "", a.start);
	rt_ddl_add(out, "SELECT setval(%s", sql.p);
	rt_str_free(&sql);
}

static bool is_tighter(numbers a, numbers b)
{
	return b.down ? b.high < a.high : b.low > a.low;
}

/* The far end moves nearer than it was. */
static void note_end(rt_ddl *ddl, numbers a, numbers b)
{
	if (b.down ? b.low > a.low : b.high < a.high)
		ddl->note = "fails where the last number is beyond the new "
			    "end";
}

/*
 * The bound at which it begins may stand above the last number: it is moved
 * when that has been seen to.
 */
bool rt_pg_recount(rt_ddl_list *out, const char *statement, const char *set,
		   const rt_pg_counter *from, const rt_pg_counter *to)
{
	numbers a = numbers_of(from), b = numbers_of(to);
	const char *bound = b.down ? "MAXVALUE" : "MINVALUE";
	bool tighter = a.down == b.down && is_tighter(a, b);
	rt_str options = RT_STR_INIT, wide = RT_STR_INIT;
	rt_ddl *ddl;

	add_options(&options, to, set);
	if (tighter) {
		rt_pg_counter first = *to;

		rt_str_addf(&wide, "%s %lld START WITH %lld %s", bound,
			    b.down ? a.high : a.low, b.start, to->options);
		first.options = wide.p;
		rt_str_clear(&options);
		add_options(&options, &first, set);
	}
	ddl = rt_ddl_add(out, "%s%.*s%s", statement, (int)options.n - 1,
			 options.p, a.down != b.down ? " RESTART" : "");
	if (a.down != b.down)
		ddl->note = "the sequence begins anew";
	else
		note_end(ddl, a, b);
	if (a.down == b.down && (tighter || a.start != b.start))
		begin_later(out, to->name.p, a, b, tighter);
	if (tighter)
		rt_ddl_add(out, "%s%s%s %lld", statement, set, bound,
			   b.down ? b.high : b.low);
	rt_str_free(&options);
	rt_str_free(&wide);
	return a.down == b.down;
}

bool rt_pg_carry(rt_ddl_list *out, const rt_pg_counter *from,
		 const rt_pg_counter *to)
{
	numbers a = numbers_of(from), b = numbers_of(to);
	rt_str sql = RT_STR_INIT;

	if (a.down != b.down)
		return false;
	rt_dialect_literal(&sql, RETORT_DIALECT_POSTGRESQL,
			   rt_str_sv(&to->name));
	rt_str_addf(&sql, ", last_value, is_called) FROM %s", from->name.p);
	if (is_tighter(a, b))
		rt_str_addf(&sql, " WHERE last_value %s %lld",
			    b.down ? "<=" : ">=", b.down ? b.high : b.low);
	if (a.start != b.start)
		rt_str_addf(&sql, " %s (is_called OR last_value <> %lld)",
			    is_tighter(a, b) ? "AND" : "WHERE", a.start);
	note_end(rt_ddl_add(out, "SELECT setval(%s", sql.p), a, b);
	rt_str_free(&sql);
	return true;
}

void rt_pg_count_rows(const rt_pg_plan *p, const rt_pg_counter *to,
		      size_t column)
{
	numbers n = numbers_of(to);
	const char *last = n.down ? "min" : "max";
	rt_str table = RT_STR_INIT, name = RT_STR_INIT, literal = RT_STR_INIT;

	rt_object_sql(&table, p->after, p->after->v[column].parent);
	rt_pg_name(&name, p->after, column);
	rt_dialect_literal(&literal, p->after->dialect,
			   rt_str_sv(&to->name));
	rt_ddl_add(p->out, "SELECT setval(%s, %s(%s)) FROM %s HAVING %s(%s) "
		   "%s %lld", literal.p, last, name.p, table.p, last, name.p,
		   n.down ? "<=" : ">=", n.start)
		->note = "numbers of rows that are gone may be given again";
	rt_str_free(&table);
	rt_str_free(&name);
	rt_str_free(&literal);
}

void rt_pg_alter_own_sequence(rt_pg_plan *p, size_t x, size_t y)
{
	rt_pg_counter from = RT_PG_NO_COUNTER, to = RT_PG_NO_COUNTER;
	rt_str alter = RT_STR_INIT;

	rt_pg_sequence_counter(&from, p->before, x);
	rt_pg_sequence_counter(&to, p->after, y);
	rt_pg_alter(&alter, p->after, y);
	if (rt_pg_changed(p, y, RT_PROPERTY_OPTIONS_SEQUENCE))
		(void)rt_pg_recount(p->out, alter.p, "", &from, &to);
	if (rt_pg_changed(p, y, RT_PROPERTY_UNLOGGED))
		rt_ddl_add(p->out, "%sSET %s", alter.p,
			   rt_pg_has(p->after, y, RT_PROPERTY_UNLOGGED) ?
				   "UNLOGGED" : "LOGGED");
	if (rt_pg_changed(p, y, RT_PROPERTY_OWNED_BY) &&
	    !rt_pg_has(p->after, y, RT_PROPERTY_OWNED_BY))
		rt_ddl_add(p->out, "%sOWNED BY NONE", alter.p);
	rt_pg_counter_free(&from);
	rt_pg_counter_free(&to);
	rt_str_free(&alter);
}

void rt_pg_own_again(rt_pg_plan *p, size_t table)
{
	rt_str prefix = RT_STR_INIT, name = RT_STR_INIT;
	size_t at = 0, y, x;

	rt_object_sql(&prefix, p->after, table);
	rt_str_addc(&prefix, '.');
	while ((y = rt_schema_next(p->after, RT_NO_OBJECT,
				   RETORT_KIND_SEQUENCE, &at)) !=
	       RT_NO_OBJECT) {
		const char *owner = rt_pg_text(p->after, y,
					       RT_PROPERTY_OWNED_BY);

		x = p->diff->before_of[y];
		if (strncmp(owner, prefix.p, prefix.n) ||
		    (!rt_pg_is_new(p, y) && !rt_pg_owner_goes(p, x) &&
		     !rt_pg_changed(p, y, RT_PROPERTY_OWNED_BY)))
			continue;
		rt_str_clear(&name);
		rt_object_sql(&name, p->after, y);
		rt_ddl_add(p->out, "ALTER SEQUENCE %s OWNED BY %s", name.p,
			   owner);
	}
	rt_str_free(&prefix);
	rt_str_free(&name);
}
