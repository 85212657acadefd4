/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "text/sqlsplit.h"

#include "text/sqlscan.h"

/* The statement being collected: its first byte, and the end of its last
 * token; empty while they are equal. */
struct span {
	size_t start, end;
};

static void push(rt_sql_statements *out, rt_sv text, struct span *span,
		 rt_sql_kind kind)
{
	if (span->end > span->start)
		rt_vec_push(out, (rt_sql_statement){
					 kind,
					 rt_sv_sub(text, span->start,
						   span->end - span->start),
					 span->start,
					 { text.p + span->end, 0 } });
	span->start = span->end = 0;
}

static void push_meta(rt_sql_statements *out, rt_sv text,
		      const retort_token *t)
{
	rt_sv sql = rt_sv_trim(rt_sv_sub(text, t->offset, t->length));

	rt_vec_push(out, (rt_sql_statement){ RT_SQL_META,
					     sql,
					     t->offset,
					     { sql.p + sql.n, 0 } });
}

/* DATA without its `\.`; behind COPY … \g they are nobody's. */
static void add_data(rt_sql_statements *out, rt_sv text, const retort_token *t)
{
	rt_sql_statement *last = &out->v[out->n - 1];

	if (last->kind == RT_SQL_COPY_IN)
		last->data = rt_sv_sub(text, t->offset, t->length - 2);
}

int rt_sql_split(rt_sv text, retort_dialect dialect, rt_sql_statements *out,
		 size_t *at, retort_error *err)
{
	rt_sql_scan scan;
	retort_token t;
	struct span span = { 0, 0 };
	int rc;

	rt_sql_scan_begin(&scan, text, 0, dialect);
	while (rt_sql_scan_next(&scan, &t)) {
		if (t.kind == RETORT_TOKEN_SPACE ||
		    t.kind == RETORT_TOKEN_COMMENT)
			continue;
		if (t.kind == RETORT_TOKEN_ERROR)
			return rt_sql_scan_error(&scan, &t, at, err);
		if (t.kind == RETORT_TOKEN_DATA) {
			add_data(out, text, &t);
		} else if (scan.ended) {
			push(out, text, &span, scan.kind);
			if (t.kind == RETORT_TOKEN_META)
				push_meta(out, text, &t);
		} else {
			if (span.end == span.start)
				span.start = t.offset;
			span.end = t.offset + t.length;
		}
	}
	rc = rt_sql_scan_end(&scan, at, err);
	if (rc == 0)
		push(out, text, &span, scan.kind);
	return rc;
}
