/* SPDX-License-Identifier: MIT */
/*
 * What upgrade, downgrade and stamp have in common: the plan shown
 * (--dry-run), written as a script (--sql), or carried out.
 */
#ifndef RT_CLI_MIGRATE_H
#define RT_CLI_MIGRATE_H

#include <retort/plan.h>

#include "cli/cli.h"

/* The rows that these commands share in their option tables. */
#define RT_MIGRATE_OPTIONS                                                    \
	{ "sql", 0, NULL, NULL,                                               \
	  "print a script that does the same; the database is not asked" },   \
	{ "tag", 0, "TEXT", NULL,                                             \
	  "accepted for Alembic's sake; changes nothing" },                   \
	{ "dry-run", 0, NULL, NULL,                                           \
	  "show the plan against the database, change nothing; -v adds the "  \
	  "SQL" },                                                            \
	{ "effects", 0, NULL, NULL,                                           \
	  "with --dry-run: what each statement does, tried in a scratch "     \
	  "database" }

#define RT_MIGRATE_RUN_OPTIONS                                                \
	{ "preflight", 0, NULL, NULL,                                         \
	  "try the plan in a scratch database with the same schema first" },  \
	{ "backup", 0, "FILE", NULL,                                          \
	  "write a copy of the database there first" },                       \
	{ "resume", 0, NULL, NULL,                                            \
	  "go on behind the last good statement of a revision that stopped "  \
	  "half way" },                                                       \
	{ "restart", 0, NULL, NULL,                                           \
	  "the same, but from its first statement" },                         \
	{ "one-transaction", 0, NULL, NULL,                                   \
	  "all or nothing: one transaction for the whole run" }

/*
 * Run the command: its operands are the targets.
 *   out:  an exit status; negative on an error
 */
RETORT_MUST_CHECK int rt_migrate(rt_cli *cli, retort_op op,
				 retort_error *err);

#endif
