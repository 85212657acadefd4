/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "support/lite.h"

#include "base/alloc.h"
#include "db/inspect.h"
#include "text/sqlsplit.h"

rt_conn *lite_open(void)
{
	return db_open("sqlite://", NULL);
}

void lite_run(rt_conn *conn, const char *what, const char *sql)
{
	rt_sql_statements list = RT_VEC_INIT;
	retort_error err = RETORT_ERROR_INIT;
	size_t at, i;

	rt_assert_ok(rt_sql_split(rt_sv_from(sql), RETORT_DIALECT_SQLITE,
				  &list, &at, &err), &err);
	for (i = 0; i < list.n; i++) {
		char *one = rt_strndup(list.v[i].sql.p, list.v[i].sql.n);

		if (rt_conn_exec(conn, one, &err))
			fail_msg("%s: %s: %s", what, err.message, one);
		free(one);
	}
	rt_vec_free(&list);
}

retort_schema *lite_schema(rt_conn *conn)
{
	static const rt_inspect_options options = {
		.version_table = "alembic_version", .journal = true
	};
	retort_error err = RETORT_ERROR_INIT;
	retort_schema *schema = NULL;

	rt_assert_ok(rt_inspect(conn, &options, &schema, &err), &err);
	return schema;
}

char *lite_dump(const retort_schema *schema)
{
	retort_error err = RETORT_ERROR_INIT;
	char *sql = NULL;

	rt_assert_ok(retort_schema_dump(schema, &sql, &err), &err);
	return sql;
}

char *lite_diff(const retort_schema *before, const retort_schema *after)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_diff *diff = NULL;
	rt_str out = RT_STR_INIT;
	size_t i;

	rt_assert_ok(retort_diff_make(&diff, before, after, &err), &err);
	for (i = 0; i < retort_diff_count(diff); i++) {
		const retort_diff_entry *e = retort_diff_at(diff, i);

		rt_str_addf(&out, "%s %s %s %s: %s -> %s\n",
			    retort_diff_word(e->diff),
			    retort_kind_word(e->kind), e->name, e->property,
			    e->before, e->after);
	}
	retort_diff_free(diff);
	return rt_str_take(&out);
}

void lite_corpus_read(lite_corpus *corpus)
{
	const char *top = getenv("top_srcdir");
	char *dir = rt_fs_join(top ? top : ".", "tests/schema/corpus/sqlite");
	retort_error err = RETORT_ERROR_INIT;
	rt_fs_list list = RT_FS_LIST_INIT;
	size_t i;

	rt_assert_ok(rt_fs_read_dir(dir, &list, &err), &err);
	corpus->n = list.n;
	corpus->names = rt_calloc(list.n + 1, sizeof(char *));
	corpus->texts = rt_calloc(list.n + 1, sizeof(char *));
	for (i = 0; i < list.n; i++) {
		char *path = rt_fs_join(dir, list.v[i].name);
		rt_str text = RT_STR_INIT;

		rt_assert_ok(rt_fs_read(path, RT_FS_LIMIT, &text, &err), &err);
		corpus->names[i] = rt_strdup(list.v[i].name);
		corpus->texts[i] = rt_str_take(&text);
		free(path);
	}
	rt_fs_list_free(&list);
	free(dir);
}

void lite_corpus_free(lite_corpus *corpus)
{
	size_t i;

	for (i = 0; i < corpus->n; i++) {
		free(corpus->names[i]);
		free(corpus->texts[i]);
	}
	free(corpus->names);
	free(corpus->texts);
}
