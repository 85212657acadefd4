/* SPDX-License-Identifier: MIT */
/* Previews, other parents, and taking a change back. */
#include "support/rt_test.h"

#include "support/tmpdir.h"

#include <sys/stat.h>
#include <unistd.h>

#include <retort/overlap.h>
#include <retort/rewrite.h>

#include "base/fs.h"

#define UP "\r\n-- migrate:up\r\nSELECT 1;\r\n"

typedef struct fixture {
	char *dir;
	retort_project *p;
	retort_error err;
	retort_change *change;
} fixture;

static void put(const fixture *f, const char *id, const char *down)
{
	char *name = rt_strf("m/%s_x.sql", id);
	char *text = rt_strf("-- revision: %s\r\n-- down_revision: %s\r\n" UP,
			     id, down);

	tmpdir_put(f->dir, name, text);
	free(text);
	free(name);
}

/* a, then b and c, d on c; z on its own */
static int setup(void **state)
{
	static const char *const env[] = { NULL };
	retort_project_options o = RETORT_PROJECT_OPTIONS_INIT;
	fixture *f = calloc(1, sizeof(*f));

	f->dir = tmpdir_make();
	*state = f;
	tmpdir_put(f->dir, "retort.ini", "[retort]\nscript_location = m\n");
	put(f, "a", "");
	put(f, "b", "a");
	put(f, "c", "a");
	put(f, "d", "c");
	put(f, "z", "");
	o.directory = f->dir;
	o.env = env;
	rt_assert_ok(retort_project_open(&f->p, &o, &f->err), &f->err);
	return 0;
}

static int teardown(void **state)
{
	fixture *f = *state;

	retort_change_free(f->change);
	retort_project_free(f->p);
	retort_error_dispose(&f->err);
	tmpdir_remove(f->dir);
	free(f);
	return 0;
}

/* "b<a", the parents as the files have them now. */
static void assert_parents(fixture *f, const char *id, const char *want)
{
	const retort_graph *g;
	const retort_revision *rev;
	rt_str s = RT_STR_INIT;
	size_t i;

	retort_project_reload(f->p);
	rt_assert_ok(retort_project_graph(f->p, &g, &f->err), &f->err);
	rev = retort_graph_find(g, id);
	assert_non_null(rev);
	for (i = 0; i < rev->down.n; i++)
		rt_str_addf(&s, "%s%s", i ? "," : "", rev->down.v[i]);
	assert_string_equal(s.p, want);
	rt_str_free(&s);
}

static void assert_text(const fixture *f, const char *name, const char *want)
{
	char *path = rt_fs_join(f->dir, name);
	retort_error err = RETORT_ERROR_INIT;
	rt_str s = RT_STR_INIT;

	rt_assert_ok(rt_fs_read(path, RT_FS_LIMIT, &s, &err), &err);
	assert_string_equal(s.p, want);
	rt_str_free(&s);
	free(path);
}

static int reparent(fixture *f, const char *id, const char *parent,
		    const char *row)
{
	retort_reparent_request r = RETORT_REPARENT_REQUEST_INIT;
	retort_names rows = { &row, row ? 1 : 0 };

	r.revision = id;
	r.parents = (retort_names){ &parent, 1 };
	r.rows = &rows;
	retort_error_dispose(&f->err);
	retort_change_free(f->change);
	return retort_revision_reparent(f->p, &r, &f->change, &f->err);
}

static int undo(fixture *f, const char *row)
{
	retort_names rows = { &row, row ? 1 : 0 };

	retort_error_dispose(&f->err);
	return retort_change_undo(f->p, f->change, &rows, &f->err);
}

static void a_branch_moves_and_comes_back(void **state)
{
	fixture *f = *state;
	char *path = rt_fs_join(f->dir, "m/c_x.sql");
	struct stat st;

	assert_int_equal(chmod(path, 0600), 0);
	rt_assert_ok(reparent(f, "c", "b", "b"), &f->err);
	assert_parents(f, "c", "b");
	assert_text(f, "m/c_x.sql",
		    "-- revision: c\r\n-- down_revision: b\r\n" UP);
	assert_string_equal(retort_change_path(f->change), path);
	assert_false(retort_change_was_new(f->change));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	rt_assert_ok(undo(f, "b"), &f->err);
	assert_parents(f, "c", "a");
	assert_text(f, "m/c_x.sql",
		    "-- revision: c\r\n-- down_revision: a\r\n" UP);
	free(path);
}

static void a_move_may_be_refused(void **state)
{
	fixture *f = *state;
	static const struct bad {
		const char *id, *parent, *row;
		int code;
		const char *says;
	} bads[] = {
		{ "c", "d", NULL, RETORT_EGRAPH, "cycle" },
		{ "c", "c", NULL, RETORT_EGRAPH, "cycle" },
		{ "c", "x", NULL, RETORT_ENOTFOUND, "'x'" },
		{ "x", "a", NULL, RETORT_ENOTFOUND, "'x'" },
		{ "c", "a", NULL, RETORT_EUSAGE, "already" },
		{ "c", "b", "c", RETORT_EREFUSED, "c is applied" },
		{ "c", "b", "d", RETORT_EREFUSED, "is applied" },
		{ "c", "b", "gone", RETORT_ESTATE, "cannot be known" },
	};
	size_t i;

	for (i = 0; i < sizeof(bads) / sizeof(bads[0]); i++) {
		assert_int_equal(reparent(f, bads[i].id, bads[i].parent,
					  bads[i].row),
				 bads[i].code);
		if (!strstr(f->err.message, bads[i].says))
			fail_msg("%zu: %s", i, f->err.message);
		assert_null(f->change);
	}
	assert_parents(f, "c", "a");
}

static void a_preview_writes_nothing(void **state)
{
	fixture *f = *state;
	retort_reparent_request r = RETORT_REPARENT_REQUEST_INIT;
	static const char *const parents[] = { "b", "z" };
	retort_preview got;

	r.revision = "c";
	r.parents = (retort_names){ parents, 2 };
	rt_assert_ok(retort_reparent_preview(f->p, &r, &got, &f->err),
		     &f->err);
	assert_string_equal(got.revision, "c");
	assert_string_equal(got.text, "-- revision: c\r\n"
				      "-- down_revision: b, z\r\n" UP);
	retort_preview_dispose(&got);
	assert_parents(f, "c", "a");
}

/* What is shown is what is written. */
static void a_merge_is_as_previewed(void **state)
{
	fixture *f = *state;
	retort_create_options o = RETORT_CREATE_OPTIONS_INIT;
	static const char *const heads[] = { "b", "d" };
	retort_preview first, second;
	char *path;

	o.merge = true;
	o.heads = (retort_names){ heads, 2 };
	o.message = "join b and d";
	o.now = 1758048588;
	rt_assert_ok(retort_revision_preview(f->p, &o, &first, &f->err),
		     &f->err);
	assert_false(rt_fs_exists(first.path));
	o.rev_id = first.revision;
	rt_assert_ok(retort_revision_preview(f->p, &o, &second, &f->err),
		     &f->err);
	assert_string_equal(first.text, second.text);
	rt_assert_ok(retort_revision_create(f->p, &o, &path, &f->err),
		     &f->err);
	assert_string_equal(path, first.path);
	assert_text(f, path, first.text);
	assert_parents(f, first.revision, "b,d");
	/* again, the id is taken */
	retort_preview_dispose(&second);
	assert_int_equal(retort_revision_preview(f->p, &o, &second, &f->err),
			 RETORT_EEXISTS);
	retort_error_dispose(&f->err);

	rt_assert_ok(retort_change_created(&f->change, path, &f->err),
		     &f->err);
	assert_true(retort_change_was_new(f->change));
	assert_int_equal(undo(f, first.revision), RETORT_EREFUSED);
	assert_non_null(strstr(f->err.message, "is applied"));
	put(f, "e", first.revision);
	assert_int_equal(undo(f, "b"), RETORT_EREFUSED);
	assert_non_null(strstr(f->err.message, "build on"));
	put(f, "e", "b");
	rt_assert_ok(undo(f, "b"), &f->err);
	assert_false(rt_fs_exists(path));
	/* gone once, it cannot go again */
	assert_int_equal(undo(f, "b"), RETORT_EIO);
	retort_preview_dispose(&first);
	retort_preview_dispose(&second);
	free(path);
}

static void a_changed_file_is_left_alone(void **state)
{
	fixture *f = *state;

	rt_assert_ok(reparent(f, "c", "b", NULL), &f->err);
	put(f, "c", "b, z");
	assert_int_equal(undo(f, NULL), RETORT_ESTATE);
	assert_non_null(strstr(f->err.message, "changed since"));
	assert_parents(f, "c", "b,z");
	/* a graph that cannot be read can still be mended */
	put(f, "c", "b");
	put(f, "y", "gone");
	rt_assert_ok(undo(f, NULL), &f->err);
	put(f, "y", "a");
	assert_parents(f, "c", "a");
}

static void what_is_applied_stays(void **state)
{
	fixture *f = *state;

	rt_assert_ok(reparent(f, "c", "b", "b"), &f->err);
	assert_int_equal(undo(f, "d"), RETORT_EREFUSED);
	assert_int_equal(undo(f, "gone"), RETORT_ESTATE);
	assert_parents(f, "c", "b");
}

static void put_sql(const fixture *f, const char *id, const char *sql)
{
	char *name = rt_strf("m/%s_x.sql", id);
	char *text = rt_strf("-- revision: %s\n-- down_revision: a\n\n"
			     "-- migrate:up\n%s\n", id, sql);

	tmpdir_put(f->dir, name, text);
	free(text);
	free(name);
}

static void both_sides_touch_the_same(void **state)
{
	static const char *const ids[] = { "b", "c" };
	static const char *const want[] = { "name u", "drop v", "column t",
					    "data w" };
	const retort_names heads = { ids, 2 };
	fixture *f = *state;
	retort_overlaps *o;
	size_t i;

	tmpdir_put(f->dir, "m/d_x.sql",
		   "-- revision: d\n-- down_revision: a\n\n-- migrate:up\n");
	put_sql(f, "b", "CREATE TABLE u (a int); DROP TABLE v; "
			"ALTER TABLE t ADD x int; INSERT INTO w VALUES (1); "
			"CREATE TABLE only_here (a int);");
	put_sql(f, "c", "CREATE VIEW U AS SELECT 1; ALTER TABLE v ADD y int; "
			"ALTER TABLE t DROP x; UPDATE w SET a = 1;");
	rt_assert_ok(retort_overlaps_find(f->p, &heads, &o, &f->err),
		     &f->err);
	assert_int_equal(retort_overlaps_count(o), 4);
	for (i = 0; i < 4; i++) {
		const retort_overlap *got = retort_overlaps_at(o, i);
		char *text = rt_strf("%s %s", retort_overlap_word(got->kind),
				     got->name);

		assert_string_equal(text, want[i]);
		assert_string_equal(got->a.revision, "b");
		assert_string_equal(got->b.revision, "c");
		free(text);
	}
	assert_int_equal(retort_overlaps_unread(o).n, 0);
	retort_overlaps_free(o);
	/* what cannot be read is told */
	put_sql(f, "c", "SELECT 'open;");
	rt_assert_ok(retort_overlaps_find(f->p, &heads, &o, &f->err),
		     &f->err);
	assert_int_equal(retort_overlaps_count(o), 0);
	assert_int_equal(retort_overlaps_unread(o).n, 1);
	retort_overlaps_free(o);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_branch_moves_and_comes_back),
		T(a_move_may_be_refused),
		T(a_preview_writes_nothing),
		T(a_merge_is_as_previewed),
		T(a_changed_file_is_left_alone),
		T(what_is_applied_stays),
		T(both_sides_touch_the_same),
	};
#undef T

	return cmocka_run_group_tests(tests, NULL, NULL);
}
