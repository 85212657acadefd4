/* SPDX-License-Identifier: MIT */
/*
 * Errors: one struct, owned by the caller, always the last parameter.
 *
 * The first error wins: a function that is handed an error already set leaves
 * it as it is.  Callers on the way up may add context (file, revision, the
 * state of the database, what to do next); they never replace the cause.
 */
#ifndef RETORT_ERROR_H
#define RETORT_ERROR_H

#include <retort/common.h>

/*
 * name, value, exit status of the program, a word for logs and JSON.
 * Exit statuses: 2 usage, 3 error, 4 outcome unknown.
 */
#define RETORT_ERRORS(X)                                                      \
	X(EINTERNAL, -1, 3, "internal")       /* a bug in retort */           \
	X(EUSAGE, -2, 2, "usage")             /* the call itself is wrong */  \
	X(EIO, -3, 3, "io")                   /* file, folder, process */     \
	X(ECONFIG, -4, 3, "config")           /* retort.ini, .env, URL */     \
	X(EPARSE, -5, 3, "parse")             /* a revision file, SQL text */ \
	X(EGRAPH, -6, 3, "graph")             /* cycle, missing parent, ... */\
	X(ENOTFOUND, -7, 3, "not-found")      /* no such revision, branch */  \
	X(EAMBIGUOUS, -8, 3, "ambiguous")     /* several answers */           \
	X(ETARGET, -9, 3, "target")           /* no way from here to there */ \
	X(ESTATE, -10, 3, "state")            /* version rows forbid it */    \
	X(ECONNECT, -11, 3, "connect")        /* no database, or it is gone */\
	X(EDATABASE, -12, 3, "database")      /* the server refused */        \
	X(ELOCKED, -13, 3, "locked")          /* waited, in vain */           \
	X(ECANCELLED, -14, 3, "cancelled")    /* by the user */               \
	X(EUNCERTAIN, -15, 4, "uncertain")    /* COMMIT sent, no answer */    \
	X(EREFUSED, -16, 3, "refused")        /* possible, but not safe */    \
	X(EEXISTS, -17, 3, "exists")          /* would overwrite */           \
	X(EHOOK, -18, 3, "hook")              /* editor or hook failed */     \
	X(EUNSUPPORTED, -19, 3, "unsupported") /* not built in, not known */

enum {
	RETORT_OK = 0,
#define RETORT_ERROR_ENUM_(name, value, status, word) RETORT_##name = value,
	RETORT_ERRORS(RETORT_ERROR_ENUM_)
#undef RETORT_ERROR_ENUM_
};

/* Texts that an error may carry besides its message; label as shown. */
#define RETORT_ERROR_FIELDS(X)                                                \
	X(FILE, "file")           /* path of the file it is about */          \
	X(REVISION, "revision")   /* revision id */                           \
	X(STATEMENT, "statement") /* the SQL statement, its first lines */    \
	X(SQLSTATE, "sqlstate")   /* five characters, PostgreSQL only */      \
	X(DETAIL, "detail")       /* the server's DETAIL */                   \
	X(HINT, "hint")           /* the server's HINT */                     \
	X(CONTEXT, "context")     /* the server's CONTEXT (call stack) */     \
	X(STATE, "state")         /* what the database holds now */           \
	X(NEXT, "next")           /* what to do now */

typedef enum retort_error_field {
#define RETORT_ERROR_FIELD_(name, label) RETORT_ERROR_##name,
	RETORT_ERROR_FIELDS(RETORT_ERROR_FIELD_)
#undef RETORT_ERROR_FIELD_
	RETORT_ERROR_FIELD_COUNT
} retort_error_field;

typedef struct retort_error {
	int code;     /* 0 = no error */
	int line;     /* 1-based line in FILE; 0 = unknown */
	int column;   /* 1-based column in characters; 0 = unknown */
	char *message; /* one line, lower case, no full stop; NULL if unset */
	char *text[16]; /* by retort_error_field; read with retort_error_get */
	/* Where in STATEMENT it went wrong, both from 1; 0 = unknown. */
	int statement_line, statement_column;
} retort_error;

#define RETORT_ERROR_INIT { 0, 0, 0, NULL, { NULL }, 0, 0 }

RETORT_BEGIN_DECLS

/* A field's text, or NULL where the error does not carry it; borrowed. */
RETORT_API const char *retort_error_get(const retort_error *err,
					retort_error_field field);

/* The name of a field as reports print it ("hint"); static. */
RETORT_API const char *retort_error_field_name(retort_error_field field);

/* The word for a code ("not-found"), "ok" for 0; static. */
RETORT_API const char *retort_error_word(int code);

/* The exit status a program should end with: 0, 2, 3 or 4. */
RETORT_API int retort_error_status(int code);

/* Free what the error holds and make it ready for use again; NULL allowed. */
RETORT_API void retort_error_dispose(retort_error *err);

RETORT_END_DECLS
#endif
