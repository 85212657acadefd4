/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "alembic/am.h"

#include <string.h>

#include "base/alloc.h"
#include "base/err.h"

/* ---- statements ---- */

bool rt_am_emit(rt_am *am, rt_str *sql, bool ok)
{
	rt_sv text = rt_sv_trim(rt_str_sv(sql));
	const rt_py_span at = rt_py_eval_place(am->ev, &am->at);
	rt_alembic_statement s = { .autocommit = am->autocommit > 0,
				   .line = at.line, .column = at.column };

	while (text.n && (text.p[text.n - 1] == ';'))
		text = rt_sv_trim(rt_sv_sub(text, 0, text.n - 1));
	if (rt_py_eval_is_away(am->ev)) {
		rt_str_free(sql);
		return ok;
	}
	am->effects++;
	if (ok && text.n && rt_py_pay(am->ev, text.n)) {
		s.sql.p = rt_arena_strsv(&am->out->arena, text);
		s.sql.n = text.n;
		rt_vec_push(&am->out->statements, s);
	}
	rt_str_free(sql);
	return ok;
}

const retort_schema *rt_am_schema(rt_am *am)
{
	retort_error err = RETORT_ERROR_INIT;
	const retort_schema *schema;

	if (!am->env->schema || am->rc)
		return NULL;
	schema = am->env->schema(am->env->self, &am->out->statements, &err);
	if (!schema && err.code) {
		am->rc = err.code;
		if (am->err)
			rt_err_move(am->err, &err);
	}
	retort_error_dispose(&err);
	return schema;
}

/* ---- the run ---- */

static void take_troubles(rt_am *am)
{
	const rt_py_troubles *t = rt_py_eval_troubles(am->ev);
	rt_arena *arena = &am->out->arena;
	size_t i;

	for (i = 0; i < t->list.n; i++) {
		const rt_py_trouble *from = &t->list.v[i];
		rt_alembic_opaque o = {
			.reason = rt_arena_strsv(arena, from->reason),
			.construct = rt_arena_strsv(arena, from->construct),
			.line = from->line, .column = from->column,
			.flag = (rt_alembic_flag)from->flag,
		};

		rt_vec_push(&am->out->opaques, o);
		if (o.flag == RT_ALEMBIC_NEEDS_SCHEMA)
			am->out->needs_schema = true;
	}
}

int rt_alembic_translate(const rt_py_source *src, const rt_py_module *module,
			 const rt_alembic_env *env, rt_alembic_result *out,
			 retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_am am = {
		.env = env, .out = out, .err = err,
		.pg = env->dialect == RETORT_DIALECT_POSTGRESQL,
	};

	am.ev = rt_py_eval_new(&arena, src, module, &rt_am_host, &am);
	rt_py_eval_use(am.ev, env->library);
	rt_py_eval_module(am.ev);
	out->has_function = rt_py_eval_function(
		am.ev, env->upgrade ? "upgrade" : "downgrade");
	take_troubles(&am);
	rt_py_eval_free(am.ev);
	rt_arena_free(&arena);
	rt_map_free(&am.enums);
	rt_vec_free(&am.naming.finals);
	return am.rc;
}

void rt_alembic_result_free(rt_alembic_result *out)
{
	rt_vec_free(&out->statements);
	rt_vec_free(&out->opaques);
	rt_arena_free(&out->arena);
}
