/* SPDX-License-Identifier: MIT */
/*
 * What Alembic 1.19.2 writes for `revision` and `merge`, case by case:
 * tests/data/conformance/authoring.json.  A case is
 *
 *     {"id", "op", "arg": {…}, "dag": [{"id", "down", "depends_on",
 *      "labels", "message"}], "created": {"stem", "id", "down",
 *      "depends_on", "labels", "message"} or null, "error": null or {…},
 *      "lenient": why a clean error is as good as Alembic's answer}
 */
#include "support/rt_test.h"

#include "support/tmpdir.h"

#include <jansson.h>
#include <stdio.h>

#include <retort/create.h>

#include "base/fs.h"
#include "engine/create/file_name.h"

/* A JSON list as names; the list's own memory is the caller's. */
static retort_names names_of(const json_t *list)
{
	size_t i, n = json_array_size(list);
	const char **v = calloc(n + 1, sizeof(*v));

	assert_non_null(v);
	for (i = 0; i < n; i++)
		v[i] = json_string_value(json_array_get(list, i));
	return (retort_names){ v, n };
}

static void names_free(retort_names names)
{
	union {
		const char *const *from;
		void *to;
	} u = { names.v };

	free(u.to);
}

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* `-- key: a, b`; an empty list is left out unless it must be there. */
static void add_list(FILE *out, const char *key, const json_t *list, bool must)
{
	size_t i;

	if (!json_array_size(list) && !must)
		return;
	fprintf(out, "-- %s:", key);
	for (i = 0; i < json_array_size(list); i++)
		fprintf(out, "%s %s", i ? "," : "",
			json_string_value(json_array_get(list, i)));
	fputc('\n', out);
}

static void put_node(const char *dir, const json_t *node)
{
	rt_str path = RT_STR_INIT;
	FILE *out;

	rt_str_addf(&path, "%s/versions/%s_", dir, text_of(node, "id"));
	rt_file_slug(text_of(node, "message"), 40, &path);
	rt_str_add(&path, ".sql");
	out = fopen(path.p, "wx");
	assert_non_null(out);
	fprintf(out, "-- revision: %s\n", text_of(node, "id"));
	add_list(out, "down_revision", json_object_get(node, "down"), true);
	add_list(out, "depends_on", json_object_get(node, "depends_on"),
		 false);
	add_list(out, "branch_labels", json_object_get(node, "labels"), false);
	fprintf(out, "-- message: %s\n\n-- migrate:up\n",
		text_of(node, "message"));
	assert_int_equal(fclose(out), 0);
	rt_str_free(&path);
}

static void open_case(const char *dir, const json_t *c,
		      retort_project **project)
{
	static const char *const env[] = { NULL };
	retort_project_options o = RETORT_PROJECT_OPTIONS_INIT;
	retort_error err = RETORT_ERROR_INIT;
	char *versions = rt_fs_join(dir, "versions");
	const json_t *node;
	size_t i;

	tmpdir_put(dir, "retort.ini",
		   "[retort]\nscript_location = %(here)s/versions\n");
	rt_assert_ok(rt_fs_make_dirs(versions, &err), &err);
	json_array_foreach(json_object_get(c, "dag"), i, node)
		put_node(dir, node);
	o.directory = dir;
	o.env = env;
	rt_assert_ok(retort_project_open(project, &o, &err), &err);
	free(versions);
}

/* Words joined by one blank: the header has a message line by line. */
static void collapse(const char *text, rt_str *out)
{
	rt_str_clear(out);
	while (*text) {
		size_t n = strcspn(text, " \t\r\n");

		if (n && out->n)
			rt_str_addc(out, ' ');
		rt_str_addn(out, text, n);
		text += n;
		text += strspn(text, " \t\r\n");
	}
}

static bool same_list(const retort_names *got, const json_t *want)
{
	size_t i;

	if (got->n != json_array_size(want))
		return false;
	for (i = 0; i < got->n; i++)
		if (strcmp(got->v[i],
			   json_string_value(json_array_get(want, i))) != 0)
			return false;
	return true;
}

static bool same_message(const char *got, const char *want)
{
	rt_str a = RT_STR_INIT, b = RT_STR_INIT;
	bool same;

	collapse(got, &a);
	collapse(want, &b);
	same = !strcmp(a.p, b.p);
	rt_str_free(&a);
	rt_str_free(&b);
	return same;
}

/* What is wrong with the file that was written; NULL if nothing is. */
static const char *compare(retort_project *p, const json_t *want,
			   const char *path)
{
	retort_error err = RETORT_ERROR_INIT;
	const retort_graph *graph;
	const retort_revision *r;
	char *stem = rt_strf("%s.sql", text_of(want, "stem"));
	const char *wrong = NULL;

	rt_assert_ok(retort_project_graph(p, &graph, &err), &err);
	r = retort_graph_find(graph, text_of(want, "id"));
	if (strcmp(rt_fs_basename(path), stem) != 0)
		wrong = "file name";
	else if (!r)
		wrong = "id";
	else if (!same_list(&r->down, json_object_get(want, "down")))
		wrong = "down_revision";
	else if (!same_list(&r->depends_on,
			    json_object_get(want, "depends_on")))
		wrong = "depends_on";
	else if (!same_list(&r->labels, json_object_get(want, "labels")))
		wrong = "branch_labels";
	else if (!same_message(r->doc, text_of(want, "message")))
		wrong = "message";
	free(stem);
	return wrong;
}

/* Alembic's --head takes one identifier, its merge a list. */
static retort_names heads_of(const json_t *arg)
{
	const json_t *head = json_object_get(arg, "head");
	const char **one;

	if (!json_is_string(head))
		return names_of(json_object_get(arg, "revisions"));
	one = calloc(1, sizeof(*one));
	assert_non_null(one);
	one[0] = json_string_value(head);
	return (retort_names){ one, 1 };
}

static bool run_case(const json_t *c)
{
	const json_t *arg = json_object_get(c, "arg");
	const json_t *created = json_object_get(c, "created");
	retort_create_options o = RETORT_CREATE_OPTIONS_INIT;
	retort_error err = RETORT_ERROR_INIT;
	char *dir = tmpdir_make(), *path;
	const char *wrong = NULL;
	retort_project *p;
	int rc;

	open_case(dir, c, &p);
	o.message = text_of(arg, "message");
	o.rev_id = text_of(arg, "rev_id");
	o.splice = json_is_true(json_object_get(arg, "splice"));
	o.merge = !strcmp(text_of(c, "op"), "merge");
	o.heads = heads_of(arg);
	o.labels = names_of(json_object_get(arg, "branch_label"));
	o.depends_on = names_of(json_object_get(arg, "depends_on"));
	rc = retort_revision_create(p, &o, &path, &err);
	if (rc && json_is_null(json_object_get(c, "error")) &&
	    !json_object_get(c, "lenient"))
		wrong = err.message;
	else if (!rc && json_is_null(created))
		wrong = "worked; an error was due";
	else if (!rc)
		wrong = compare(p, created, path);
	if (wrong)
		print_error("%s: %s\n", text_of(c, "id"), wrong);
	names_free(o.heads);
	names_free(o.labels);
	names_free(o.depends_on);
	retort_project_free(p);
	retort_error_dispose(&err);
	tmpdir_remove(dir);
	free(path);
	return wrong == NULL;
}

static void every_case(void **state)
{
	const char *top = getenv("top_srcdir");
	char *path = rt_strf("%s/tests/data/conformance/authoring.json",
			     top ? top : ".");
	json_error_t at;
	json_t *cases = json_load_file(path, 0, &at);
	size_t i, failed = 0;
	const json_t *c;

	(void)state;
	if (!cases)
		fail_msg("%s:%d: %s", path, at.line, at.text);
	json_array_foreach(cases, i, c)
		failed += !run_case(c);
	print_message("%zu cases, %zu failed\n", i, failed);
	assert_true(i > 200);
	assert_int_equal(failed, 0);
	json_decref(cases);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
