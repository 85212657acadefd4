/* SPDX-License-Identifier: MIT */
/*
 * The rules by which two statements of different branches get in each
 * other's way, when neither knows which comes first.  What is not listed is
 * taken to be harmless: whoever cries wolf is turned off.
 */
#include "config.h"

#include <string.h>

#include "engine/conflicts/sql.h"

static bool is_tolerant(const rt_act *a)
{
	return (a->touch.flags & RT_TOUCH_TOLERANT) != 0;
}

/* IF EXISTS and the like twice, in the same words. */
static bool is_same_again(const rt_act *a, const rt_act *b)
{
	return is_tolerant(a) && is_tolerant(b) && !strcmp(a->sql, b->sql);
}

static bool makes(const rt_act *a)
{
	return a->touch.verb == RT_TOUCH_CREATE ||
	       a->touch.verb == RT_TOUCH_BECOME;
}

static bool goes(const rt_act *a)
{
	return a->touch.verb == RT_TOUCH_DROP ||
	       a->touch.verb == RT_TOUCH_RENAME;
}

static bool is_whole(const rt_act *a)
{
	return !*a->touch.part;
}

static bool is_property(const rt_act *a)
{
	return a->touch.part[0] == '=';
}

static bool is_star(const rt_act *a)
{
	return !strcmp(a->touch.part, "*");
}

static bool is_column(const rt_act *a)
{
	return !is_whole(a) && !is_property(a) && !is_star(a);
}

static bool has_verb(const rt_act *a, const rt_act *b, rt_touch_verb x,
		     rt_touch_verb y)
{
	return (a->touch.verb == x && b->touch.verb == y) ||
	       (a->touch.verb == y && b->touch.verb == x);
}

static bool writes(const rt_act *a)
{
	return a->touch.verb == RT_TOUCH_INSERT ||
	       a->touch.verb == RT_TOUCH_UPDATE ||
	       a->touch.verb == RT_TOUCH_DELETE;
}

/* Two that drop it if it is there. */
static bool both_may_drop(const rt_act *a, const rt_act *b)
{
	return a->touch.verb == RT_TOUCH_DROP &&
	       b->touch.verb == RT_TOUCH_DROP && is_tolerant(a) &&
	       is_tolerant(b);
}

/* --- objects as such ----------------------------------------------------- */

/* Functions of one name may differ in their arguments. */
static bool is_other_function(const rt_act *a, const rt_act *b)
{
	return a->touch.arity >= 0 && b->touch.arity >= 0 &&
	       a->touch.arity != b->touch.arity;
}

/* What one table brings along twice is told of the table. */
static bool is_of_one(const rt_act *a, const rt_act *b)
{
	return a->touch.of && b->touch.of && !strcmp(a->touch.of, b->touch.of);
}

/* IF NOT EXISTS, and nothing in it that could differ. */
static bool is_empty_again(const rt_act *a, const rt_act *b)
{
	return is_tolerant(a) && is_tolerant(b) && makes(a) && makes(b) &&
	       (a->touch.space == RT_TOUCH_SPACE_SCHEMA ||
		!strcmp(a->touch.kind, "extension"));
}

static rt_clash clash_whole(const rt_act *a, const rt_act *b)
{
	if (is_other_function(a, b) || is_same_again(a, b) ||
	    is_of_one(a, b) || is_empty_again(a, b))
		return RT_CLASH_NONE;
	if (makes(a) && makes(b))
		return RT_CLASH_MAKE;
	if (both_may_drop(a, b))
		return RT_CLASH_NONE;
	return goes(a) || goes(b) ? RT_CLASH_GONE : RT_CLASH_NONE;
}

static bool alters(const rt_act *a)
{
	return a->touch.verb == RT_TOUCH_ALTER || a->touch.verb == RT_TOUCH_ADD;
}

/* Types, functions, schemas, triggers, extensions, … */
static rt_clash clash_object(const rt_act *a, const rt_act *b)
{
	rt_clash clash = clash_whole(a, b);

	if (clash != RT_CLASH_NONE || !alters(a) || !alters(b))
		return clash;
	if (!strcmp(a->sql, b->sql))
		return a->touch.flags & RT_TOUCH_ONCE ? RT_CLASH_CHANGE
						      : RT_CLASH_NONE;
	if (a->touch.space == RT_TOUCH_SPACE_TYPE &&
	    has_verb(a, b, RT_TOUCH_ADD, RT_TOUCH_ADD))
		return RT_CLASH_VALUES;
	return RT_CLASH_CHANGE;
}

static rt_clash clash_constraint(const rt_act *a, const rt_act *b)
{
	bool add_a = a->touch.verb == RT_TOUCH_ADD || makes(a);
	bool add_b = b->touch.verb == RT_TOUCH_ADD || makes(b);

	if (add_a && add_b)
		return RT_CLASH_MAKE;
	if (both_may_drop(a, b))
		return RT_CLASH_NONE;
	return goes(a) || goes(b) ? RT_CLASH_GONE : RT_CLASH_NONE;
}

static rt_clash clash_comment(const rt_act *a, const rt_act *b)
{
	return strcmp(a->sql, b->sql) != 0 ? RT_CLASH_CHANGE : RT_CLASH_NONE;
}

static rt_clash clash_grant(const rt_act *a, const rt_act *b)
{
	return has_verb(a, b, RT_TOUCH_ADD, RT_TOUCH_DROP) ? RT_CLASH_CHANGE
							   : RT_CLASH_NONE;
}

static rt_clash clash_defaults(const rt_act *a, const rt_act *b)
{
	return has_verb(a, b, RT_TOUCH_ALTER, RT_TOUCH_USE) ? RT_CLASH_DEFAULTS
							    : RT_CLASH_NONE;
}

/* --- columns ------------------------------------------------------------- */

static bool moves_columns(const rt_act *a)
{
	return is_column(a) && (a->touch.verb == RT_TOUCH_ADD || goes(a) ||
				a->touch.verb == RT_TOUCH_BECOME);
}

static bool adds(const rt_act *a)
{
	return a->touch.verb == RT_TOUCH_ADD ||
	       a->touch.verb == RT_TOUCH_BECOME;
}

static bool retypes_for_view(const rt_act *a, const rt_act *b)
{
	return a->touch.verb == RT_TOUCH_ALTER &&
	       a->touch.flags & RT_TOUCH_TYPE &&
	       b->touch.verb == RT_TOUCH_USE &&
	       b->touch.flags & RT_TOUCH_VIEW;
}

/* One sets the default, the other NOT NULL; or both the same. */
static bool alter_in_peace(const rt_act *a, const rt_act *b)
{
	const unsigned aspects = RT_TOUCH_TYPE | RT_TOUCH_VALUE |
				 RT_TOUCH_NULLS;
	unsigned x = a->touch.flags & aspects, y = b->touch.flags & aspects;

	return !((x | y) & RT_TOUCH_TYPE) && x && y &&
	       (x != y || !strcmp(a->sql, b->sql));
}

static rt_clash clash_same_column(const rt_act *a, const rt_act *b)
{
	if (is_same_again(a, b) || both_may_drop(a, b))
		return RT_CLASH_NONE;
	if (adds(a) && adds(b))
		return RT_CLASH_MAKE;
	if (goes(a) || goes(b))
		return RT_CLASH_GONE;
	if (has_verb(a, b, RT_TOUCH_ALTER, RT_TOUCH_ALTER))
		return alter_in_peace(a, b) ? RT_CLASH_ASPECTS
					    : RT_CLASH_CHANGE;
	if (retypes_for_view(a, b) || retypes_for_view(b, a))
		return RT_CLASH_VIEW;
	return has_verb(a, b, RT_TOUCH_ALTER, RT_TOUCH_UPDATE)
		       ? RT_CLASH_ROWS
		       : RT_CLASH_NONE;
}

static rt_clash clash_parts(const rt_act *a, const rt_act *b)
{
	if (is_property(a) || is_property(b))
		return !strcmp(a->touch.part, b->touch.part) &&
				       strcmp(a->sql, b->sql) != 0
			       ? RT_CLASH_CHANGE
			       : RT_CLASH_NONE;
	if (is_star(a) || is_star(b))
		return moves_columns(a) || moves_columns(b) ? RT_CLASH_PLACE
							    : RT_CLASH_NONE;
	if (!strcmp(a->touch.part, b->touch.part))
		return clash_same_column(a, b);
	return has_verb(a, b, RT_TOUCH_ADD, RT_TOUCH_ADD) ? RT_CLASH_COLUMNS
							  : RT_CLASH_NONE;
}

/* --- rows ---------------------------------------------------------------- */

/* WHERE key = 'a' and WHERE key = 'b', which neither of them changes. */
static bool is_elsewhere(const rt_act *a, const rt_act *b)
{
	const rt_touch *x = &a->touch, *y = &b->touch;

	return x->where_column && y->where_column &&
	       !strcmp(x->where_column, y->where_column) &&
	       strcmp(x->where_value, y->where_value) != 0 &&
	       !(x->verb == RT_TOUCH_UPDATE &&
		 !strcmp(x->part, x->where_column)) &&
	       !(y->verb == RT_TOUCH_UPDATE &&
		 !strcmp(y->part, y->where_column));
}

static rt_clash clash_rows(const rt_act *a, const rt_act *b)
{
	bool same = !strcmp(a->touch.part, b->touch.part) && is_column(a);
	bool reads = a->touch.verb == RT_TOUCH_READ ||
		     b->touch.verb == RT_TOUCH_READ;

	if (has_verb(a, b, RT_TOUCH_INSERT, RT_TOUCH_INSERT))
		return RT_CLASH_SEED;
	if ((a->touch.verb == RT_TOUCH_FIRE && writes(b)) ||
	    (b->touch.verb == RT_TOUCH_FIRE && writes(a)))
		return RT_CLASH_TRIGGER;
	if (is_elsewhere(a, b))
		return RT_CLASH_NONE;
	if (has_verb(a, b, RT_TOUCH_INSERT, RT_TOUCH_UPDATE) ||
	    has_verb(a, b, RT_TOUCH_INSERT, RT_TOUCH_DELETE))
		return RT_CLASH_ROWS;
	/* rows come and go under who reads them; an UPDATE is read by who
	 * reads the column */
	if (reads && is_whole(a) && is_whole(b) && (writes(a) || writes(b)))
		return RT_CLASH_ROWS;
	if (same && (has_verb(a, b, RT_TOUCH_UPDATE, RT_TOUCH_UPDATE) ||
		     has_verb(a, b, RT_TOUCH_UPDATE, RT_TOUCH_READ)))
		return strcmp(a->sql, b->sql) != 0 ||
				       !a->touch.where_column
			       ? RT_CLASH_ROWS
			       : RT_CLASH_NONE;
	return RT_CLASH_NONE;
}

/* Rows that do not name a column which must have a value. */
static rt_clash clash_needs(const rt_act *rows, const rt_act *column)
{
	const char *list = rows->touch.list, *name = column->touch.part, *at;
	size_t n = strlen(name);

	if (!list || !(column->touch.flags & RT_TOUCH_NEEDS))
		return RT_CLASH_NONE;
	for (at = list; (at = strstr(at, name)); at++)
		if (at[-1] == '\n' && at[n] == '\n')
			return RT_CLASH_NONE;
	return column->touch.verb == RT_TOUCH_ADD ? RT_CLASH_NEEDS
						  : RT_CLASH_LACKS;
}

static rt_clash clash_relation(const rt_act *a, const rt_act *b)
{
	rt_clash clash;

	/* a whole table that goes takes its columns with it */
	if ((goes(a) && is_whole(a)) || (goes(b) && is_whole(b)))
		return clash_whole(a, b);
	if (is_whole(a) && is_whole(b))
		clash = clash_whole(a, b);
	else if (!is_whole(a) && !is_whole(b))
		clash = clash_parts(a, b);
	else
		clash = is_whole(a) ? clash_needs(a, b) : clash_needs(b, a);
	return clash != RT_CLASH_NONE ? clash : clash_rows(a, b);
}

rt_clash rt_act_clash(const rt_act *a, const rt_act *b,
		      retort_dialect dialect)
{
	static rt_clash (*const rules[])(const rt_act *a, const rt_act *b) = {
		[RT_TOUCH_SPACE_RELATION] = clash_relation,
		[RT_TOUCH_SPACE_TYPE] = clash_object,
		[RT_TOUCH_SPACE_FUNCTION] = clash_object,
		[RT_TOUCH_SPACE_SCHEMA] = clash_object,
		[RT_TOUCH_SPACE_TRIGGER] = clash_object,
		[RT_TOUCH_SPACE_CONSTRAINT] = clash_constraint,
		[RT_TOUCH_SPACE_COMMENT] = clash_comment,
		[RT_TOUCH_SPACE_GRANT] = clash_grant,
		[RT_TOUCH_SPACE_DEFAULT] = clash_defaults,
		[RT_TOUCH_SPACE_OTHER] = clash_object,
	};

	(void)dialect;
	return rules[a->touch.space](a, b);
}
