/* SPDX-License-Identifier: MIT */
/*
 * libpq, opened on first use: linking it would cost every command the 5 ms
 * that it takes to load TLS, LDAP and Kerberos.  For src/db/postgres*.c.
 */
#ifndef RT_DB_POSTGRES_LIB_H
#define RT_DB_POSTGRES_LIB_H

#include <libpq-fe.h>

#include <retort/error.h>

/* What is used of libpq; to use one more is one row. */
#define RT_PQ_FUNCTIONS(X)                                                    \
	X(PQbackendPID)                                                       \
	X(PQcancel)                                                           \
	X(PQclear)                                                            \
	X(PQcmdTuples)                                                        \
	X(PQconnectPoll)                                                      \
	X(PQconnectStartParams)                                               \
	X(PQconnectionNeedsPassword)                                          \
	X(PQconninfo)                                                         \
	X(PQconninfoFree)                                                     \
	X(PQconninfoParse)                                                    \
	X(PQconsumeInput)                                                     \
	X(PQerrorMessage)                                                     \
	X(PQfinish)                                                           \
	X(PQflush)                                                            \
	X(PQfreeCancel)                                                       \
	X(PQfreemem)                                                          \
	X(PQgetCancel)                                                        \
	X(PQgetCopyData)                                                      \
	X(PQgetResult)                                                        \
	X(PQgetisnull)                                                        \
	X(PQgetvalue)                                                         \
	X(PQhost)                                                             \
	X(PQisBusy)                                                           \
	X(PQnfields)                                                          \
	X(PQntuples)                                                          \
	X(PQputCopyData)                                                      \
	X(PQputCopyEnd)                                                       \
	X(PQresultErrorField)                                                 \
	X(PQresultErrorMessage)                                               \
	X(PQresultStatus)                                                     \
	X(PQsendQuery)                                                        \
	X(PQsetErrorVerbosity)                                                \
	X(PQsetNoticeReceiver)                                                \
	X(PQsetnonblocking)                                                   \
	X(PQsocket)                                                           \
	X(PQstatus)                                                           \
	X(PQtransactionStatus)

typedef struct rt_pq {
#define RT_PQ_MEMBER_(name) __typeof__(name) *name;
	RT_PQ_FUNCTIONS(RT_PQ_MEMBER_)
#undef RT_PQ_MEMBER_
} rt_pq;

/*
 * Find the library and its functions.  It stays loaded until the process
 * ends: TLS libraries do not like to be unloaded.
 *   err:  EUNSUPPORTED: not installed (says what to install), too old
 */
RETORT_MUST_CHECK int rt_pq_load(rt_pq *pq, retort_error *err);

#endif
