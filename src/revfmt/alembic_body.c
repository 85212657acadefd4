/* SPDX-License-Identifier: MIT */
/* The SQL that an Alembic revision runs. */
#include "config.h"

#include "base/err.h"
#include "revfmt/alembic.h"

/* The line of the function's `def`, for messages. */
static int line_of(const rt_py_module *module, const char *function)
{
	size_t i;

	for (i = 0; i < module->body.n; i++) {
		const rt_py_stmt *st = module->body.v[i];

		if (st->kind == RT_PY_DEF &&
		    rt_sv_is(st->u.def.name, function))
			return st->span.line;
	}
	return 0;
}

int rt_alembic_body(rt_arena *arena, const char *path, rt_sv text, bool up,
		    retort_dialect dialect, rt_body_text *out,
		    retort_error *err)
{
	const char *function = up ? "upgrade" : "downgrade";
	rt_py_source src;
	int rc = rt_py_source_open(path, text, &src, err);

	(void)dialect;
	*out = (rt_body_text){ NULL, 0, true, "" };
	if (rc)
		return rc;
	rt_err_set(err, RETORT_EUNSUPPORTED, "the SQL of %s(), which is "
		   "Python, is not known to this version of retort", function);
	rt_err_at(err, path, line_of(rt_py_parse_outline(arena, &src, true),
				     function), 0);
	rt_err_field(err, RETORT_ERROR_NEXT, "run it with alembic");
	return RETORT_EUNSUPPORTED;
}
