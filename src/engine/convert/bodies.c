/* SPDX-License-Identifier: MIT */
/*
 * What the revisions run.  They are asked in the order of a plan, so that
 * the scratch database, where they look at the schema, moves by a step at a
 * time.
 */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "base/fs.h"
#include "engine/convert/convert.h"
#include "engine/scratch/shadow.h"
#include "engine/step/script.h"

/* What is written into comments and lists is one line. */
static const char *one_line(retort_convert *c, const char *text)
{
	char *line = rt_arena_strdup(&c->arena, text), *p;

	for (p = line; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	return line;
}

void rt_convert_refuse(retort_convert *c, rt_convert_body *body,
		       const retort_revision *rev, const char *reason)
{
	retort_script_free(body->script);
	*body = (rt_convert_body){ .kind = RETORT_CONVERT_OPAQUE,
				   .reason = one_line(c, reason),
				   .path = rev->path };
}

static void explain(retort_convert *c, rt_convert_body *body,
		    const retort_revision *rev, retort_op op,
		    const retort_error *why)
{
	const char *detail = retort_error_get(why, RETORT_ERROR_DETAIL);
	const char *path = retort_error_get(why, RETORT_ERROR_FILE);
	bool never = why->code == RETORT_EREFUSED && op == RETORT_OP_DOWNGRADE;

	rt_convert_refuse(c, body, rev,
			  rt_arena_strf(&c->arena, "%s%s%s", why->message,
					detail ? "; " : "",
					detail ? detail : ""));
	if (never)
		body->kind = RETORT_CONVERT_IRREVERSIBLE;
	if (path)
		body->path = rt_arena_strdup(&c->arena, path);
	body->line = why->line;
	body->column = why->column;
}

static int translate(retort_convert *c, retort_project *view,
		     const retort_step *step, rt_convert_body *body)
{
	retort_error why = RETORT_ERROR_INIT;
	rt_str text = RT_STR_INIT;
	int rc = rt_fs_read(step->node->path, RT_FS_LIMIT, &text, c->err);

	if (rc)
		return rc;
	rc = rt_script_from_file(&body->script, view, step->node, step->op,
				 rt_str_sv(&text),
				 retort_project_dialect(view), &why);
	if (!rc && rt_script_is_foreign(body->script)) {
		body->kind = RETORT_CONVERT_FOREIGN;
		body->reason = "SQL of alembic's own --sql";
		body->path = step->node->path;
	} else if (rc == RETORT_EUNSUPPORTED || rc == RETORT_EPARSE ||
		   rc == RETORT_EREFUSED) {
		explain(c, body, step->node, step->op, &why);
		rc = 0;
	} else if (rc) {
		rt_err_move(c->err, &why);
	}
	retort_error_dispose(&why);
	rt_str_free(&text);
	return rc;
}

int rt_convert_bodies(retort_convert *c, size_t dialect)
{
	size_t way, i, done = 0, n = retort_plan_count(c->plans[0]);
	char *what = rt_arena_strf(&c->arena, "translating for %s",
				   retort_dialect_name(c->dialects[dialect]));
	retort_project view;
	rt_stand stand;
	int rc = 0;

	rt_project_view(&view, c->project, c->dialects[dialect]);
	for (way = 0; way < 2 && !rc; way++) {
		rt_stand_begin(&stand, &view, c->plans[way]);
		for (i = 0; i < n && !rc; i++) {
			const retort_step *step =
				retort_plan_step(c->plans[way], i);
			size_t at = step->node->index;

			rt_convert_progress(c, what, ++done, 2 * n);
			rc = translate(c, &view, step,
				       &c->revisions[at].bodies[dialect][way]);
			rt_stand_step(&stand, step);
		}
		rt_stand_end(&stand);
	}
	rt_project_view_end(&view);
	return rc;
}
