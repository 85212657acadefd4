/* SPDX-License-Identifier: MIT */
/*
 * A connection that fails when told to: a real one inside a driver of its
 * own, for tests of what happens then.  Works on either engine, without a
 * network.
 */
#ifndef RT_TEST_DB_FAKE_H
#define RT_TEST_DB_FAKE_H

#include "db/conn.h"

typedef enum db_fault_kind {
	DB_FAULT_LOST_BEFORE, /* the connection is gone; not run */
	DB_FAULT_LOST_AFTER,  /* its batch runs to its end, and no answer of
				 it arrives */
	DB_FAULT_BUSY,        /* a lock was not had; not run */
	DB_FAULT_ERROR        /* the server refuses it; not run */
} db_fault_kind;

typedef struct db_fault {
	db_fault_kind kind;
	const char *text; /* of the statement to fail; a part is enough */
	unsigned nth;     /* the nth such statement, from 1 */
	unsigned times;   /* so many in a row; 0 = 1 */
} db_fault;

/*
 * Wrap a connection; what is gone stays gone.
 *   in:   fault, copied but for its text
 *   own:  takes `inner`: closing the one closes the other
 *   note: where the fault strikes, statements before it in the batch have
 *         run; those behind it have not
 */
rt_conn *db_fake_wrap(rt_conn *inner, const db_fault *fault);

#endif
