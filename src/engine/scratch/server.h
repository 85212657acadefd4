/* SPDX-License-Identifier: MIT */
/*
 * PostgreSQL's side of scratch.h: a throw-away database on a server.
 */
#ifndef RT_ENGINE_SCRATCH_SERVER_H
#define RT_ENGINE_SCRATCH_SERVER_H

#include <retort/project.h>

#include "db/conn.h"

typedef struct rt_scratch_server rt_scratch_server;

/*
 * Drop what crashed runs of this host left behind, make a database, connect
 * to it.
 *   out:  *server; caller closes it behind *conn, which drops the database
 *   err:  as rt_scratch_open
 */
RETORT_MUST_CHECK int rt_scratch_server_open(rt_scratch_server **server,
					     rt_conn **conn,
					     retort_project *project,
					     retort_error *err);
void rt_scratch_server_close(rt_scratch_server *server); /* NULL allowed */

#endif
