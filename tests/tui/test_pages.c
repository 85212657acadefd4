/* SPDX-License-Identifier: MIT */
/* The pages of a step and of the merge wizard, in every look. */
#include "support/rt_test.h"

#include "base/str.h"
#include "tui/fixture.h"
#include "tui/looks.h"

#define TO_G001 ":goto g001\r"

#define TABLE "CREATE TABLE parcel (\n\tid integer PRIMARY KEY\n);\n"
#define FILL                                                                  \
	"INSERT INTO parcel WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "     \
	"SELECT i + 1 FROM n WHERE i < 40) SELECT i FROM n;\n"
#define FOR_EVER                                                              \
	"INSERT INTO parcel WITH RECURSIVE n (i) AS (SELECT 41 UNION ALL "    \
	"SELECT i + 1 FROM n) SELECT max(i) FROM n;\n"
#define BAD "CREATE INDEX parcel_place\n\tON parcel (place, id);\n"

static void make(fixture *f, const char *up)
{
	fixture_make(f, "f002");
	fixture_add(f, "g001", "f002", "", up, "DROP TABLE parcel;");
}

static rt_screen *plan(fixture *f, const look *l, const char *up)
{
	rt_screen *s;

	make(f, up);
	s = fixture_open(f, l->env, l->rows, l->cols);
	rt_screen_send(s, TO_G001);
	rt_screen_keys(s, "U");
	return s;
}

static void finish(fixture *f, rt_screen *s)
{
	rt_screen_free(s);
	fixture_remove(f);
}

static void a_plan_and_its_end(void **state)
{
	rt_screen *s;
	fixture f;
	size_t i;

	(void)state;
	for (i = 0; i < n_looks; i++) {
		s = plan(&f, &looks[i], TABLE FILL);
		look_at(s, "step-plan", &looks[i]);
		rt_screen_keys(s, "y");
		look_at(s, "step-done", &looks[i]);
		finish(&f, s);
	}
}

static void a_plan_that_loses_data(void **state)
{
	rt_screen *s;
	fixture f;
	size_t i;

	(void)state;
	for (i = 0; i < n_looks; i++) {
		make(&f, TABLE);
		fixture_upgrade(&f, "g001");
		s = fixture_open(&f, looks[i].env, looks[i].rows,
				 looks[i].cols);
		rt_screen_send(s, TO_G001);
		rt_screen_keys(s, "D");
		look_at(s, "step-plan-typed", &looks[i]);
		finish(&f, s);
	}
}

static void a_run(void **state)
{
	rt_screen *s;
	fixture f;
	char *file;
	size_t i;

	(void)state;
	for (i = 0; i < n_looks; i++) {
		s = plan(&f, &looks[i], TABLE FILL FOR_EVER);
		rt_screen_send_only(s, "y");
		file = rt_strf("step-running-%s", looks[i].name);
		rt_screen_becomes(s, file);
		free(file);
		finish(&f, s);
	}
}

static void a_failure(void **state)
{
	rt_screen *s;
	fixture f;
	size_t i;

	(void)state;
	for (i = 0; i < n_looks; i++) {
		s = plan(&f, &looks[i], TABLE BAD FILL);
		rt_screen_keys(s, "y");
		look_at(s, "step-failed", &looks[i]);
		finish(&f, s);
	}
}

static void the_wizard(void **state)
{
	rt_screen *s;
	fixture f;
	size_t i;

	(void)state;
	fixture_make(&f, "e001");
	for (i = 0; i < n_looks; i++) {
		s = fixture_open(&f, looks[i].env, looks[i].rows,
				 looks[i].cols);
		rt_screen_keys(s, "M");
		look_at(s, "wizard-heads", &looks[i]);
		rt_screen_keys(s, "n");
		look_at(s, "wizard-conflicts", &looks[i]);
		rt_screen_keys(s, "n");
		look_at(s, "wizard-method", &looks[i]);
		rt_screen_keys(s, "n");
		look_at(s, "wizard-preview", &looks[i]);
		rt_screen_free(s);
	}
	fixture_remove(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plan_and_its_end),
		cmocka_unit_test(a_plan_that_loses_data),
		cmocka_unit_test(a_run),
		cmocka_unit_test(a_failure),
		cmocka_unit_test(the_wizard),
	};

	/* the pages show paths: they must be as long everywhere */
	unsetenv("TMPDIR");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
