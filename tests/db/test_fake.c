/* SPDX-License-Identifier: MIT */
/* The fake driver does what its header says: other tests lean on it. */
#include "support/rt_test.h"

#include "support/db.h"
#include "support/db_fake.h"

static const char *const batch[] = { "BEGIN", "INSERT INTO t VALUES (1)",
				     "COMMIT" };

/* An in-memory database would be gone with its connection: the table to look
 * at is in another one, that both share. */
static rt_conn *open_shared(void)
{
	return db_open("sqlite:///file:fake?mode=memory&cache=shared&uri=true",
		       NULL);
}

static void faults_strike_where_they_are_told(void **state)
{
	static const struct {
		db_fault_kind kind;
		const char *text;
		int code;
		bool lost, busy;
		size_t item;
		const char *rows;
	} cases[] = {
		{ DB_FAULT_LOST_BEFORE, "COMMIT", RETORT_ECONNECT, true, false,
		  2, "0" },
		{ DB_FAULT_LOST_AFTER, "COMMIT", RETORT_ECONNECT, true, false,
		  2, "1" },
		{ DB_FAULT_LOST_BEFORE, "BEGIN", RETORT_ECONNECT, true, false,
		  0, "0" },
		{ DB_FAULT_BUSY, "INSERT", RETORT_ELOCKED, false, true, 1,
		  "0" },
		{ DB_FAULT_ERROR, "INSERT", RETORT_EDATABASE, false, false, 1,
		  "0" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const db_fault fault = { cases[i].kind, cases[i].text, 1, 0 };
		retort_error err = RETORT_ERROR_INIT;
		rt_conn *conn = open_shared(), *fake;

		db_exec(conn, "CREATE TABLE t (x)");
		fake = db_fake_wrap(open_shared(), &fault);
		db_fail(fake, batch, 3, cases[i].code, &err);
		retort_error_dispose(&err);
		assert_int_equal(fake->failure.lost, cases[i].lost);
		assert_int_equal(fake->failure.busy, cases[i].busy);
		assert_int_equal(fake->failure.item, cases[i].item);
		assert_int_equal(rt_conn_in_transaction(fake),
				 !cases[i].lost);
		if (cases[i].lost) {
			db_fail(fake, batch, 3, RETORT_ECONNECT, &err);
			retort_error_dispose(&err);
		} else {
			db_exec(fake, "ROLLBACK");
		}
		db_expect(conn, "SELECT count(*) FROM t", cases[i].rows);
		rt_conn_close(fake);
		rt_conn_close(conn);
	}
}

static void a_fault_counts_and_ends(void **state)
{
	const db_fault fault = { DB_FAULT_BUSY, "SELECT", 2, 2 };
	static const char *const select[] = { "SELECT 1" };
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *fake = db_fake_wrap(db_open("sqlite://", NULL), &fault);
	int i;

	(void)state;
	db_expect(fake, "SELECT 1", "1");
	for (i = 0; i < 2; i++) {
		db_fail(fake, select, 1, RETORT_ELOCKED, &err);
		retort_error_dispose(&err);
	}
	db_expect(fake, "SELECT 1", "1");
	rt_conn_close(fake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_strike_where_they_are_told),
		cmocka_unit_test(a_fault_counts_and_ends),
	};

	return cmocka_run_group_tests_name("fake", tests, NULL, NULL);
}
