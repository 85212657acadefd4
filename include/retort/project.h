/* SPDX-License-Identifier: MIT */
/*
 * A project: its settings (retort.ini, an environment section, .env, the
 * caller's overrides) and its revision files.
 *
 * Opening reads the project file only.  The revision files are read when the
 * graph is asked for, the database when one is opened: a command pays for
 * what it uses.
 */
#ifndef RETORT_PROJECT_H
#define RETORT_PROJECT_H

#include <signal.h>

#include <retort/graph.h>

typedef struct retort_project retort_project;

typedef struct retort_project_options {
	unsigned version;        /* 1 */
	const char *config;      /* project file; NULL = $RETORT_CONFIG, else
				    searched from `directory` upwards */
	const char *environment; /* section [retort:NAME]; NULL = $RETORT_ENV,
				    else none */
	const char *url;         /* overrides `url`; NULL = $RETORT_URL, else
				    as configured */
	const char *directory;   /* where the search starts; NULL = "." */
	const char *const *env;  /* NULL-ended "NAME=value"; NULL = environ */
	retort_names set;        /* "key=value" that override settings */
	bool own_process;        /* nobody else in this process uses SQLite:
				    it need not count its memory, which
				    makes it faster */
} retort_project_options;

#define RETORT_PROJECT_OPTIONS_INIT                                           \
	{ 1, NULL, NULL, NULL, NULL, NULL, { NULL, 0 }, false }

/* One row of the settings table. */
typedef struct retort_setting {
	const char *name;     /* "script_location" */
	const char *type;     /* "path", "url", "bool", "duration", "int",
				 "list", "text" or the choices "a|b" */
	const char *fallback; /* what holds when unset, as it would stand in
				 the file (`%%`, %(here)s); NULL = none */
	const char *help;     /* one sentence */
} retort_setting;

RETORT_BEGIN_DECLS

/*
 * Find and read the project file.
 *   in:   options, NULL for all defaults
 *   err:  ECONFIG (no project file; unknown key or section; bad value: each
 *         with file, line, column), EIO
 *   own:  caller frees *project, after everything opened from it
 */
RETORT_API RETORT_MUST_CHECK int
retort_project_open(retort_project **project,
		    const retort_project_options *options, retort_error *err);

RETORT_API void retort_project_free(retort_project *project);

/* The project file's absolute path and the folder that holds it. */
RETORT_API const char *retort_project_config_path(const retort_project *p);
RETORT_API const char *retort_project_directory(const retort_project *p);

/* Name of the environment section in use; NULL when none is. */
RETORT_API const char *retort_project_environment(const retort_project *p);

/*
 * The value of a setting after interpolation, its fallback when unset, NULL
 * when neither exists.  An unset ${VARIABLE} is an error of the one setting
 * that uses it, at the time it is asked for.
 *   err:  ECONFIG (file, line, column), EUSAGE (no such setting)
 */
RETORT_API RETORT_MUST_CHECK int
retort_project_setting(retort_project *p, const char *name,
		       const char **value, retort_error *err);

/* The table of settings, sorted by name; static. */
RETORT_API const retort_setting *retort_settings(size_t *n);

/* The database URL with its password hidden, for messages; "" if unset. */
RETORT_API const char *retort_project_url_shown(retort_project *p);

/* True where the environment says `protected = true`. */
RETORT_API bool retort_project_is_protected(retort_project *p);

/* The database's dialect, by the URL's scheme; ANY without a URL. */
RETORT_API retort_dialect retort_project_dialect(retort_project *p);

/*
 * Read every revision file's header and make the graph.
 *   out:  *graph, owned by the project; asked again, the same graph
 *   err:  ECONFIG, EIO, EPARSE (file, line, column), EGRAPH (missing parent,
 *         cycle, one id or label twice: names the files)
 *   cost: O(files); bodies are not read
 */
RETORT_API RETORT_MUST_CHECK int
retort_project_graph(retort_project *p, const retort_graph **graph,
		     retort_error *err);

/*
 * A way out of waiting for a server that does not answer: when *cancelled
 * turns nonzero (a signal handler may set it), connecting ends with
 * ECANCELLED.  It must outlive what is opened from the project; NULL = none.
 * While a run is under way, retort_apply_cancel does the same.
 */
RETORT_API void
retort_project_on_cancel(retort_project *p,
			 const volatile sig_atomic_t *cancelled);

/* Forget the graph, so that the next call reads the files again; frees it. */
RETORT_API void retort_project_reload(retort_project *p);

/* The SQL of a step, cut into statements. */
typedef struct retort_script retort_script;

typedef struct retort_statement {
	const char *sql; /* without the closing semicolon */
	size_t length;   /* bytes of sql */
	size_t offset;   /* of sql in the file */
	int line, column; /* of sql in the file, 1-based */
	const char *copy_data; /* COPY … FROM STDIN: the lines; else NULL */
	size_t copy_length;
	bool made;       /* from a directive: line and column are that one's,
			    and offset is of the script's text */
	bool autocommit; /* it must stand outside a transaction; one that
			    need not shares one with those around it */
} retort_statement;

/*
 * The SQL that a step would run.
 *   in:   op, UPGRADE or DOWNGRADE
 *   out:  *script, statements in order; caller frees
 *   err:  EIO, EPARSE, EREFUSED (no such section: a downgrade without
 *         `migrate:down`), EUNSUPPORTED (what only Python could tell, where
 *         `alembic_command` is not set), EHOOK (that command failed)
 *   cost: reads the file; one of Alembic's may need to know the schema that
 *         it finds, which is then made in a scratch database
 */
RETORT_API RETORT_MUST_CHECK int
retort_project_script(retort_project *p, const retort_revision *revision,
		      retort_op op, retort_dialect dialect,
		      retort_script **script, retort_error *err);
RETORT_API void retort_script_free(retort_script *script);
RETORT_API size_t retort_script_count(const retort_script *script);
RETORT_API const retort_statement *
retort_script_statement(const retort_script *script, size_t i);
/* False for a section marked `transaction:false`. */
RETORT_API bool retort_script_in_transaction(const retort_script *script);
/* The section's text as in the file, for the journal and for display. */
RETORT_API const char *retort_script_text(const retort_script *script);

RETORT_END_DECLS
#endif
