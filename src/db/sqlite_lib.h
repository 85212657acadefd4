/* SPDX-License-Identifier: MIT */
/*
 * SQLite, opened on first use: what reads only files, or only PostgreSQL,
 * does not load it.  For src/db/sqlite*.c.
 */
#ifndef RT_DB_SQLITE_LIB_H
#define RT_DB_SQLITE_LIB_H

#include <sqlite3.h>

#include <retort/error.h>

/* Newer than the oldest version that will do. */
#if SQLITE_VERSION_NUMBER >= 3037000
#define RT_SQLITE_3_37_(X) X(changes64)
#else
#define RT_SQLITE_3_37_(X) X(changes)
#endif
#if SQLITE_VERSION_NUMBER >= 3038000
#define RT_SQLITE_3_38_(X) X(error_offset)
#else
#define RT_SQLITE_3_38_(X)
#endif

/* What is used of SQLite, without its prefix; to use one more is one row. */
#define RT_SQLITE_FUNCTIONS(X)                                                \
	X(backup_finish)                                                      \
	X(backup_init)                                                        \
	X(backup_step)                                                        \
	X(busy_handler)                                                       \
	X(close)                                                              \
	X(column_bytes)                                                       \
	X(column_count)                                                       \
	X(column_text)                                                        \
	X(config)                                                             \
	X(db_config)                                                          \
	X(db_filename)                                                        \
	X(errcode)                                                            \
	X(errmsg)                                                             \
	X(errstr)                                                             \
	X(exec)                                                               \
	X(extended_result_codes)                                              \
	X(finalize)                                                           \
	X(get_autocommit)                                                     \
	X(interrupt)                                                          \
	X(open_v2)                                                            \
	X(prepare_v2)                                                         \
	X(progress_handler)                                                   \
	X(sleep)                                                              \
	X(step)                                                               \
	X(stmt_readonly)                                                      \
	RT_SQLITE_3_37_(X)                                                    \
	RT_SQLITE_3_38_(X)

typedef struct rt_sqlite_lib {
#define RT_SQLITE_MEMBER_(name) __typeof__(sqlite3_##name) *name;
	RT_SQLITE_FUNCTIONS(RT_SQLITE_MEMBER_)
#undef RT_SQLITE_MEMBER_
} rt_sqlite_lib;

/*
 * Find the library and its functions; it stays loaded.
 *   err:  EUNSUPPORTED: not installed (says what to install), too old
 */
RETORT_MUST_CHECK int rt_sqlite_load(rt_sqlite_lib *lib, retort_error *err);

#endif
