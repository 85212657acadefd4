/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "db/inspect.h"

#include "base/err.h"

/* Every dialect whose catalog can be read; NULL-ended. */
static const rt_inspector *const inspectors[] = {
#ifdef HAVE_LIBPQ
	&rt_inspector_postgres,
#endif
	&rt_inspector_sqlite,
	NULL,
};

int rt_inspect(rt_conn *conn, const rt_inspect_options *options,
	       retort_schema **schema, retort_error *err)
{
	retort_dialect dialect = rt_conn_dialect(conn);
	size_t i;

	for (i = 0; inspectors[i]; i++)
		if (inspectors[i]->dialect == dialect)
			return inspectors[i]->inspect(conn, options, schema,
						      err);
	return rt_err_set(err, RETORT_EUNSUPPORTED,
			  "cannot read the schema of %s",
			  retort_dialect_name(dialect));
}
