/* SPDX-License-Identifier: MIT */
/*
 * The one table of settings: it feeds reading, checking, `init`, help and
 * the man page.  To add a setting is one row here.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "config/settings_impl.h"

static const retort_setting table[] = {
	{ "alembic_command", "text", NULL,
	  "Program, with its arguments, that runs Alembic's revisions which "
	  "only Python understands, such as .venv/bin/alembic; no shell." },
	{ "backup_command", "text", NULL,
	  "Program, with its arguments, that upgrade --backup FILE runs on "
	  "PostgreSQL: BACKUP_FILE stands for the file, the environment has "
	  "PGHOST, PGDATABASE and the like of the database; no shell." },
	{ "console_copy", "text", NULL,
	  "Program that takes what the console copies as its standard input, "
	  "such as wl-copy; the terminal's clipboard gets it too." },
	{ "console_keys", "text", NULL,
	  "The console's keys: indented lines of action = keys, such as "
	  "maximise = z or graph.parent = gp." },
	{ "console_mouse", "on|off", "on",
	  "Whether the console takes the mouse; Shift leaves a click to the "
	  "terminal." },
	{ "console_theme", "dark|light|contrast", NULL,
	  "The console's colours; without it the terminal decides." },
	{ "file_template", "text", "%%(rev)s_%%(slug)s",
	  "Name of a new revision file, without .sql; tokens rev, slug, "
	  "epoch, year, month, day, hour, minute, second, such as "
	  "%%(month).2d." },
	{ "journal", "bool", "on",
	  "Keep a record of every run, with the down scripts, in the "
	  "database." },
	{ "lint_rules", "text", NULL,
	  "How severe rules of 'retort lint' are: RULE=off, notice, warning "
	  "or error, apart by commas or on indented lines." },
	{ "lock_retries", "int", "3",
	  "How often a step that ran into lock_timeout is tried again." },
	{ "lock_timeout", "duration", "0",
	  "Longest wait for a lock, such as 5s or 250ms; 0 waits for ever." },
	{ "output_encoding", "text", "utf-8",
	  "Encoding of new Python revisions: utf-8, latin-1 or ascii." },
	{ "path_separator", "os|:|;|space|newline", NULL,
	  "What separates version_locations; without it blanks and commas "
	  "do." },
	{ "protected", "bool", "off",
	  "Ask before anything is changed in this database." },
	{ "recursive_version_locations", "bool", "off",
	  "Read revision files in sub-folders too." },
	{ "schema", "path", NULL,
	  "File of the SQL that makes the schema as it should be." },
	{ "schema_command", "text", NULL,
	  "Program, with its arguments, that prints such SQL, where no file "
	  "holds it; no shell." },
	{ "scratch_url", "url", NULL,
	  "Database server on which scratch databases may be made." },
	{ "script_location", "path", "%(here)s/migrations",
	  "Folder of the revisions and of script.sql.tmpl." },
	{ "sqlalchemy.url", "url", NULL, "Alembic's name of url." },
	{ "statement_timeout", "duration", "0",
	  "Longest time one statement may take; 0 sets no limit." },
	{ "timezone", "text", NULL,
	  "Time zone of new files' dates, such as Europe/Berlin; UTC without "
	  "it." },
	{ "transaction", "each|all", "each",
	  "One transaction per revision, or one for the whole run." },
	{ "truncate_slug_length", "int", "40",
	  "Longest slug of a file name, in characters." },
	{ "url", "url", NULL,
	  "The database: sqlite:///file.db or postgresql://user@host/name." },
	{ "version_locations", "list", NULL,
	  "Folders of the revisions, where it is not script_location." },
	{ "version_table", "text", "alembic_version",
	  "Table that holds the version rows." },
	{ "version_table_schema", "text", NULL,
	  "PostgreSQL schema of that table; without it the search path "
	  "decides." },
};

enum { ROWS = sizeof(table) / sizeof(table[0]) };

_Static_assert((size_t)ROWS <= RT_SETTINGS_COUNT, "RT_SETTINGS_COUNT");

const retort_setting *retort_settings(size_t *n)
{
	*n = ROWS;
	return table;
}

size_t rt_settings_row(const char *name)
{
	size_t i;

	for (i = 0; i < ROWS; i++)
		if (!strcmp(table[i].name, name))
			return i;
	return RT_SETTINGS_COUNT;
}

/* Edits (insert, delete, replace) between two words; Wagner and Fischer,
 * one row at a time.  Words longer than the row never match. */
static size_t distance(const char *a, const char *b)
{
	size_t row[64], n = strlen(b), i, j, above, left;

	if (n >= sizeof(row) / sizeof(row[0]) || strlen(a) > 60)
		return 64;
	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		left = row[0]; /* the cell above and to the left */
		row[0] = i + 1;
		for (j = 1; j <= n; j++) {
			above = row[j];
			row[j] = left + (a[i] != b[j - 1]);
			if (above + 1 < row[j])
				row[j] = above + 1;
			if (row[j - 1] + 1 < row[j])
				row[j] = row[j - 1] + 1;
			left = above;
		}
	}
	return row[n];
}

const char *rt_settings_nearest(const char *name)
{
	size_t i, d, best = 4; /* three edits still look like a slip */
	const char *found = NULL;

	for (i = 0; i < ROWS; i++) {
		d = distance(name, table[i].name);
		if (d < best && d < strlen(name)) {
			best = d;
			found = table[i].name;
		}
	}
	return found;
}
