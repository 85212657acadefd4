/* SPDX-License-Identifier: MIT */
/*
 * Changing PostgreSQL's schemas: from one type to another.
 *
 * Source: the catalog pg_cast as PostgreSQL 15 fills it; every type also casts
 * to and from text, by assignment to text and explicitly from it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/sv.h"
#include "schema/alter_postgres.h"

/* Families whose members are assigned to each other, from the narrowest to
 * the widest. */
typedef struct family_member {
	const char *type; /* without modifier */
	int family, width;
} family_member;

enum { NUMBER = 1, CHARACTER, MOMENT, CLOCK, BITS, JSON, NETWORK };

static const family_member members[] = {
	{ "smallint", NUMBER, 1 },
	{ "integer", NUMBER, 2 },
	{ "bigint", NUMBER, 3 },
	{ "real", NUMBER, 4 },
	{ "double precision", NUMBER, 5 },
	{ "numeric", NUMBER, 6 },
	{ "\"char\"", CHARACTER, 0 },
	{ "name", CHARACTER, 1 },
	{ "character", CHARACTER, 2 },
	{ "character varying", CHARACTER, 3 },
	{ "text", CHARACTER, 4 },
	{ "date", MOMENT, 1 },
	{ "timestamp without time zone", MOMENT, 2 },
	{ "timestamp with time zone", MOMENT, 3 },
	{ "time without time zone", CLOCK, 1 },
	{ "time with time zone", CLOCK, 2 },
	{ "bit", BITS, 1 },
	{ "bit varying", BITS, 2 },
	{ "json", JSON, 1 },
	{ "jsonb", JSON, 1 },
	{ "cidr", NETWORK, 1 },
	{ "inet", NETWORK, 2 },
};

/* "numeric(10,2)[]": its parts. */
typedef struct parsed_type {
	char base[64];
	long modifier[2]; /* -1 = none */
	bool array;
} parsed_type;

/* The modifier may stand inside: "timestamp(3) without time zone". */
static parsed_type parse(const char *type)
{
	parsed_type t = { "", { -1, -1 }, false };
	const char *open = strchr(type, '('), *close;
	size_t n = strcspn(type, "(["), i, rest;
	char *end;

	t.array = strchr(type, '[') != NULL;
	if (n >= sizeof(t.base))
		n = sizeof(t.base) - 1;
	memcpy(t.base, type, n);
	if (open) {
		t.modifier[0] = strtol(open + 1, &end, 10);
		t.modifier[1] = *end == ',' ? strtol(end + 1, &end, 10) : 0;
		close = strchr(open, ')');
		rest = close ? strcspn(close + 1, "[") : 0;
		for (i = 0; i < rest && n + 1 < sizeof(t.base); i++)
			t.base[n++] = close[1 + i];
	}
	t.base[n] = '\0';
	return t;
}

static const family_member *member_of(const char *base)
{
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (!strcmp(members[i].type, base))
			return &members[i];
	return NULL;
}

static bool is_narrower(const parsed_type *from, const parsed_type *to)
{
	return to->modifier[0] >= 0 &&
	       (from->modifier[0] < 0 || to->modifier[0] < from->modifier[0]);
}

/* Within a family: what is cut off silently, what is refused. */
static void judge(rt_pg_cast *cast, const parsed_type *from,
		  const parsed_type *to, const family_member *a,
		  const family_member *b)
{
	bool narrower = b->width < a->width || is_narrower(from, to);
	bool fewer_digits = to->modifier[0] >= 0 &&
			    (from->modifier[0] < 0 ||
			     to->modifier[1] < from->modifier[1]);

	if (a->family == NUMBER) {
		cast->lossy = (b->width < a->width && a->width > 3) ||
			      fewer_digits ||
			      (a->width == 3 && (b->width == 4 ||
						 b->width == 5));
		cast->may_fail = narrower;
	} else if (a->family == MOMENT || a->family == CLOCK) {
		cast->lossy = narrower;
	} else if (a->family != JSON) {
		cast->may_fail = narrower;
	} else {
		cast->lossy = !strcmp(b->type, "jsonb") && a != b;
	}
}

/* What is true or false becomes a number, or a number that. */
static bool is_truth(const parsed_type *type, const family_member *other)
{
	return !strcmp(type->base, "boolean") && other &&
	       other->family == NUMBER;
}

rt_pg_cast rt_pg_cast_of(const char *from, const char *to)
{
	parsed_type a = parse(from), b = parse(to);
	const family_member *x = member_of(a.base), *y = member_of(b.base);
	rt_pg_cast cast = { false };

	if (a.array != b.array) {
		cast.explicit_cast = true;
		cast.by_text = y == NULL || y->family != CHARACTER || b.array;
		cast.may_fail = true;
	} else if (x && y && x->family == y->family) {
		judge(&cast, &a, &b, x, y);
		cast.explicit_cast = x->family == JSON && x != y;
	} else if (y && y->family == CHARACTER) {
		cast.may_fail = b.modifier[0] >= 0;
	} else if (is_truth(&a, y) || is_truth(&b, x)) {
		cast.explicit_cast = true;
		cast.by_integer = strcmp(from, "integer") &&
				  strcmp(to, "integer");
		cast.lossy = is_truth(&b, x);
	} else {
		cast.explicit_cast = true;
		cast.by_text = !x || x->family != CHARACTER;
		cast.may_fail = true;
	}
	return cast;
}
