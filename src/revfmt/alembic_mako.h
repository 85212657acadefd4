/* SPDX-License-Identifier: MIT */
/*
 * A Mako template as far as it is understood without Python: what the
 * templates that `alembic init` writes use, and what people add to them.
 *
 *     ${up_revision}           the variables of a revision
 *     ${repr(x)}, ${x if y else 'z'}, and, or, not, ==, !=, is
 *     ${x | comma,n}           the filters comma, n, str and trim
 *     % if x: … % elif y: … % else: … % endif
 *     ## a line that is left out
 */
#ifndef RT_REVFMT_ALEMBIC_MAKO_H
#define RT_REVFMT_ALEMBIC_MAKO_H

#include "revfmt/alembic.h"

typedef struct rt_mako {
	const rt_render *what;
	rt_str indent;  /* of the template's line */
	char next;      /* what stands behind the expression */
	bool placed[2]; /* downgrades, upgrades: the template has asked */
	bool failed;    /* err is set, and it is not the template's fault */
	rt_arena arena;
	retort_error *err;
} rt_mako;

/* Not for us, said with the place. */
int rt_mako_fail(rt_mako *m, const char *what, rt_sv where);

/*
 * Append what `${inside}` gives.
 *   err:  EUNSUPPORTED: it wants Mako; what rt_alembic_add_sql says
 */
RETORT_MUST_CHECK int rt_mako_expression(rt_mako *m, rt_sv inside,
					 rt_str *out);

/* Whether what stands behind `if` is true; EUNSUPPORTED. */
RETORT_MUST_CHECK int rt_mako_test(rt_mako *m, rt_sv test, bool *is_true);

#endif
