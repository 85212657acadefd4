/* SPDX-License-Identifier: MIT */
/*
 * The floor: a program that does what nobody can leave out, and nothing
 * else.  What retort takes on top of it is retort's own.
 *
 *   floor                    start and end
 *   floor DIR                and open, read and close every file of DIR once
 *   floor-sqlite DIR FILE    and read the version rows of a database
 *   floor-postgres DIR URL   and of one behind libpq: a connection and the
 *                            two queries of a run that finds its work done
 */
#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifdef FLOOR_SQLITE
#include <sqlite3.h>
#endif
#ifdef FLOOR_POSTGRES
#include <libpq-fe.h>
#endif

static int read_files(const char *path)
{
	char text[4096];
	struct dirent *e;
	DIR *dir = opendir(path);
	int fd;

	if (!dir)
		return 1;
	while ((e = readdir(dir)) != NULL) {
		if (e->d_type != DT_REG)
			continue;
		fd = openat(dirfd(dir), e->d_name, O_RDONLY);
		if (fd < 0 || read(fd, text, sizeof(text)) < 0)
			return 1;
		close(fd);
	}
	closedir(dir);
	return 0;
}

#ifdef FLOOR_SQLITE
static int read_rows(const char *name)
{
	sqlite3_stmt *rows;
	sqlite3 *db;

	if (sqlite3_open_v2(name, &db, SQLITE_OPEN_READWRITE, NULL) ||
	    sqlite3_prepare_v2(db, "SELECT version_num FROM alembic_version",
			       -1, &rows, NULL))
		return 1;
	while (sqlite3_step(rows) == SQLITE_ROW)
		puts((const char *)sqlite3_column_text(rows, 0));
	sqlite3_finalize(rows);
	return sqlite3_close(db);
}
#endif

#ifdef FLOOR_POSTGRES
static int read_rows(const char *name)
{
	static const char *const queries[] = {
		"SELECT to_regclass('alembic_version')",
		"SELECT version_num FROM alembic_version",
	};
	PGconn *db = PQconnectdb(name);
	PGresult *rows;
	size_t i;

	for (i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		rows = PQexec(db, queries[i]);
		if (PQresultStatus(rows) != PGRES_TUPLES_OK)
			return 1;
		puts(PQgetvalue(rows, 0, 0));
		PQclear(rows);
	}
	PQfinish(db);
	return 0;
}
#endif

int main(int argc, char **argv)
{
	if (argc > 1 && read_files(argv[1]))
		return 1;
#if defined(FLOOR_SQLITE) || defined(FLOOR_POSTGRES)
	if (argc > 2)
		return read_rows(argv[2]);
#endif
	return 0;
}
