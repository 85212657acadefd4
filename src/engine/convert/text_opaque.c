/* SPDX-License-Identifier: MIT */
/*
 * What only Python understands, for whoever is to write it as SQL: where it
 * stands, why it could not be translated, and the Python itself.
 */
#include "config.h"

#include "base/fs.h"
#include "engine/convert/convert.h"
#include "python/parse.h"

/* No line of it may be taken for a marker: so a bar stands in front. */
static void add_lines(rt_sv text, rt_str *out)
{
	rt_sv line;
	size_t i;

	while (rt_sv_line(&text, &line)) {
		rt_str_add(out, line.n ? "-- | " : "-- |");
		for (i = 0; i < line.n; i++)
			rt_str_addc(out, (unsigned char)line.p[i] < ' ' &&
					 line.p[i] != '\t' ? ' ' : line.p[i]);
		rt_str_addc(out, '\n');
	}
}

static void add_function(const rt_py_source *src, const rt_py_module *module,
			 const char *name, rt_str *out)
{
	rt_str text = RT_STR_INIT;
	size_t i, n;

	for (i = 0; i < module->body.n; i++) {
		const rt_py_stmt *st = module->body.v[i];
		const rt_py_block *body = &st->u.def.body;

		if (st->kind != RT_PY_DEF || !rt_sv_is(st->u.def.name, name) ||
		    !body->n)
			continue;
		n = body->v[body->n - 1]->span.end - st->span.start;
		rt_py_source_decode(src->encoding,
				    rt_sv_sub(src->text, st->span.start, n),
				    &text);
		rt_str_add(out, "--\n");
		add_lines(rt_str_sv(&text), out);
	}
	rt_str_free(&text);
}

int rt_convert_opaque(retort_convert *c, const rt_convert_revision *r,
		      const rt_convert_body *body, retort_op op, rt_str *out)
{
	rt_arena tree = RT_ARENA_INIT;
	rt_str text = RT_STR_INIT;
	rt_py_source src;
	int rc;

	rt_str_addf(out, "-- %s:", rt_fs_basename(body->path));
	if (body->line)
		rt_str_addf(out, "%d:", body->line);
	rt_str_addf(out, " %s\n-- Write it as SQL here, then remove "
		    "refused:true.\n", body->reason);
	rc = rt_fs_read(r->from->path, RT_FS_LIMIT, &text, c->err);
	/* what is in no known encoding is not shown */
	if (!rc && !rt_py_source_open(r->from->path, rt_str_sv(&text), &src,
				      NULL))
		add_function(&src, rt_py_parse(&tree, &src),
			     op == RETORT_OP_UPGRADE ? "upgrade" : "downgrade",
			     out);
	rt_arena_free(&tree);
	rt_str_free(&text);
	return rc;
}
