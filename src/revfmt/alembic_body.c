/* SPDX-License-Identifier: MIT */
/* The SQL that an Alembic revision runs. */
#include "config.h"

#include "base/err.h"
#include "base/fs.h"
#include "revfmt/alembic.h"
#include "revfmt/native.h"

typedef struct body {
	rt_arena *arena;
	const char *path;
	const rt_alembic_env *env;
	rt_body_text *out;
	RT_VEC(retort_statement) list;
	rt_str text;
	int line;     /* of the directive written last */
	bool outside; /* and whether it stood outside the transaction */
} body;

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

static const char *function_of(const rt_alembic_env *env)
{
	return env->upgrade ? "upgrade" : "downgrade";
}

static int refuse_opaque(const body *b, const rt_alembic_opaque *o,
			 retort_error *err)
{
	int rc = rt_err_set(err, RETORT_EUNSUPPORTED,
			    "%s() cannot be translated: %s: %s",
			    function_of(b->env), o->reason, o->construct);

	rt_err_at(err, b->path, o->line, o->column);
	return rc;
}

/* Nobody can step back over it, with Python or without. */
static int refuse_raise(const body *b, const rt_alembic_opaque *o,
			retort_error *err)
{
	int rc = rt_err_set(err, RETORT_EREFUSED, "downgrade() %s",
			    o->reason);

	rt_err_at(err, b->path, o->line, o->column);
	rt_err_field(err, RETORT_ERROR_NEXT, "its author says that there is "
		     "no way back; write a downgrade() if there is");
	return rc;
}

static int refuse_missing(const body *b, retort_error *err)
{
	int rc = rt_err_set(err, RETORT_EREFUSED, "the file has no %s()",
			    function_of(b->env));

	rt_err_at(err, b->path, 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT, "write a `def %s():`; with `pass` "
		     "in it if nothing is to be done", function_of(b->env));
	return rc;
}

/* "-- 0001_users.py:14" wherever another directive begins. */
static void add_comment(body *b, const rt_alembic_statement *s)
{
	if (s->line == b->line && s->autocommit == b->outside)
		return;
	b->line = s->line;
	b->outside = s->autocommit;
	rt_str_addf(&b->text, "%s-- %s:%d%s\n", b->text.n ? "\n" : "",
		    rt_fs_basename(b->path), s->line,
		    s->autocommit ? " (outside a transaction)" : "");
}

static void add_statement(body *b, const rt_alembic_statement *from,
			  const rt_sql_statement *sql)
{
	retort_statement to = {
		.length = sql->sql.n, .line = from->line,
		.column = from->column, .made = true,
		.autocommit = from->autocommit,
	};

	add_comment(b, from);
	to.offset = b->text.n;
	to.sql = rt_arena_strsv(b->arena, sql->sql);
	rt_str_addsv(&b->text, sql->sql);
	rt_str_add(&b->text, ";\n");
	rt_vec_push(&b->list, to);
	if (from->autocommit)
		b->out->transaction = false;
}

/* One directive may hold several statements: op.execute("a; b"). */
static int add_directive(body *b, const rt_alembic_statement *s,
			 retort_error *err)
{
	rt_section section = { .dialect = b->env->dialect, .transaction = true,
			       .end = s->sql.n, .line = 1 };
	retort_error own = RETORT_ERROR_INIT;
	rt_sql_statements list = RT_VEC_INIT;
	size_t i;
	int rc;

	rc = rt_native_statements(NULL, s->sql, &section, b->env->dialect,
				  &list, &own);
	for (i = 0; i < list.n && !rc; i++) {
		if (list.v[i].kind != RT_SQL_COPY_IN) {
			add_statement(b, s, &list.v[i]);
			continue;
		}
		rc = rt_err_set(&own, RETORT_EPARSE,
				"COPY … FROM STDIN has no lines here");
	}
	if (rc) { /* its place is in the text, which is not the file's */
		rt_err_set(err, rc, "%s", own.message);
		rt_err_at(err, b->path, s->line, s->column);
		rt_err_field_sv(err, RETORT_ERROR_STATEMENT, s->sql);
		rt_err_field(err, RETORT_ERROR_NEXT, "%s",
			     "put right what op.execute() is given");
	}
	retort_error_dispose(&own);
	rt_vec_free(&list);
	return rc;
}

static int put_together(body *b, const rt_alembic_result *result,
			retort_error *err)
{
	size_t i;
	int rc = 0;

	if (result->opaques.n && !b->env->upgrade &&
	    rt_sv_starts(rt_sv_from(result->opaques.v[0].reason), "raises "))
		return refuse_raise(b, &result->opaques.v[0], err);
	if (result->opaques.n)
		return refuse_opaque(b, &result->opaques.v[0], err);
	if (!result->has_function)
		return refuse_missing(b, err);
	for (i = 0; i < result->statements.n && !rc; i++)
		rc = add_directive(b, &result->statements.v[i], err);
	if (rc)
		return rc;
	b->out->n = b->list.n;
	b->out->statements = rt_arena_calloc(b->arena, b->list.n + 1,
					     sizeof(retort_statement));
	for (i = 0; i < b->list.n; i++)
		b->out->statements[i] = b->list.v[i];
	b->out->text = rt_arena_strsv(b->arena,
				      rt_sv_trim(rt_str_sv(&b->text)));
	return 0;
}

int rt_alembic_body(rt_arena *arena, const char *path, rt_sv text,
		    const rt_alembic_env *env, rt_body_text *out,
		    retort_error *err)
{
	body b = { arena, path, env, out, RT_VEC_INIT, RT_STR_INIT, 0, false };
	rt_alembic_result result = RT_ALEMBIC_RESULT_INIT;
	rt_arena tree = RT_ARENA_INIT;
	rt_py_module *module;
	rt_py_source src;
	int rc;

	*out = (rt_body_text){ NULL, 0, true, "" };
	rc = rt_py_source_open(path, text, &src, err);
	if (rc)
		return rc;
	module = rt_py_parse(&tree, &src);
	rc = rt_alembic_translate(&src, module, env, &result, err);
	if (rc)
		rt_err_at(err, path, line_of(module, function_of(env)), 0);
	else
		rc = put_together(&b, &result, err);
	rt_alembic_result_free(&result);
	rt_arena_free(&tree);
	rt_vec_free(&b.list);
	rt_str_free(&b.text);
	return rc;
}
