/* SPDX-License-Identifier: MIT */
/*
 * A schema as data: objects, their properties and what they need.
 *
 * One model serves both engines.  An object is what a name in the catalog
 * stands for; everything that can differ about it is a *property*, a text as
 * the server prints it.  So the diff knows nothing about kinds: it pairs
 * objects by key and compares properties.  What a kind or a property means
 * is known where it is read (db/inspect_*.c) and where SQL is written from it
 * (schema/create_*.c, schema/alter_*.c).
 *
 * Names are the database's own, unquoted.  PostgreSQL's texts are printed
 * under `search_path = public`: what stands in public comes unqualified.
 */
#ifndef RT_SCHEMA_MODEL_H
#define RT_SCHEMA_MODEL_H

#include <retort/schema.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

/*
 * Properties; X(NAME, "word").  A flag that is not set is absent, as is any
 * text that would be empty.
 */
#define RT_PROPERTIES(X)                                                      \
	/* columns, domains */                                                \
	X(TYPE, "type")             /* as declared, or format_type() */       \
	X(NOT_NULL, "not null")     /* "yes" */                               \
	X(DEFAULT, "default")       /* an expression */                       \
	X(GENERATED, "generated")   /* an expression */                       \
	X(STORED, "stored")         /* "yes"; of a generated column */        \
	X(IDENTITY, "identity")     /* "always", "by default" */              \
	X(COLLATION, "collation")   /* where it is not the type's own */      \
	X(STORAGE, "storage")       /* where it is not the type's own */      \
	X(COMPRESSION, "compression")                                         \
	X(HIDDEN, "hidden")         /* "yes"; of a virtual table's column */  \
	/* what the server prints behind the name (or, a view, its query) */ \
	X(DEFINITION, "definition")                                           \
	X(COLUMNS, "columns")       /* of a key or index: "a, b" */           \
	X(NOT_VALID, "not valid")   /* "yes" */                               \
	X(DEFERRABLE, "deferrable") /* "deferrable",                          \
				       "deferrable initially deferred" */     \
	X(ON_CONFLICT, "on conflict") /* SQLite: "replace", … */              \
	X(USING_INDEX, "using index")                                         \
	X(UNIQUE, "unique")         /* "yes"; of an index */                  \
	X(INVALID, "invalid")       /* "yes"; an index not built */      \
	X(ENABLED, "enabled")       /* of a trigger, unless "origin" */  \
	/* foreign keys */                                                    \
	X(REFERENCES, "references") /* the table, as quoted in SQL */         \
	/* tables */                                                          \
	X(STRICT, "strict")                                                   \
	X(WITHOUT_ROWID, "without rowid")                                     \
	X(AUTOINCREMENT, "autoincrement")                                     \
	X(UNLOGGED, "unlogged")                                               \
	X(PARTITION_BY, "partition by") /* pg_get_partkeydef() */             \
	X(PARTITION_OF, "partition of") /* the parent, as quoted in SQL */    \
	X(BOUND, "bound")           /* FOR VALUES …, DEFAULT */               \
	X(INHERITS, "inherits")     /* "a, b", as quoted in SQL */            \
	X(OPTIONS, "options")       /* reloptions: "fillfactor=70, …" */      \
	X(ACCESS_METHOD, "access method") /* where it is not heap */          \
	X(TABLESPACE, "tablespace")                                           \
	X(REPLICA_IDENTITY, "replica identity")                               \
	X(ROW_SECURITY, "row security") /* "enabled", "forced" */             \
	X(MODULE, "module")         /* virtual tables: "fts5(a, b)" */        \
	/* sequences: "as bigint start 1 increment 1 …" */                    \
	X(OPTIONS_SEQUENCE, "sequence options")                               \
	X(OWNED_BY, "owned by")     /* "t.c", as quoted in SQL */             \
	/* types */                                                           \
	X(LABELS, "labels")         /* enum: quoted literals, "'a', 'b'" */   \
	/* extensions */                                                      \
	X(VERSION, "version")                                                 \
	/* any */                                                             \
	X(SOURCE, "source")         /* SQLite: the definition as its author   \
				       wrote it; not compared */              \
	X(OWNER, "owner")           /* only where asked for */                \
	X(COMMENT, "comment")

typedef enum rt_property {
#define RT_PROPERTY_ENUM_(name, word) RT_PROPERTY_##name,
	RT_PROPERTIES(RT_PROPERTY_ENUM_)
#undef RT_PROPERTY_ENUM_
	RT_N_PROPERTIES
} rt_property;

typedef struct rt_value {
	rt_property property;
	const char *text; /* never empty */
} rt_value;

/* "no object", for an index into a schema. */
#define RT_NO_OBJECT ((size_t)-1)

typedef struct rt_object {
	retort_kind kind;
	const char *schema; /* "public", "main"; "" for what is in none */
	const char *name;   /* a function's with the types of its arguments:
			       "f(integer, text)"; "" for SQLite's unnamed
			       constraints, which their definition tells
			       apart */
	size_t parent;      /* the table (view, domain) it belongs to, or
			       RT_NO_OBJECT */
	size_t ordinal;     /* columns: place in the table from 1; else 0 */
	const rt_value *values; /* sorted by property */
	size_t n_values;
	const size_t *needs; /* objects that must be there before this one and
				go after it; sorted.  The parent is not
				among them */
	size_t n_needs;
	const char *key;     /* see rt_schema_find() */
} rt_object;

struct retort_schema {
	rt_arena arena;
	retort_dialect dialect;
	int server_version; /* 150020; SQLite 3040001 */
	rt_object *v;       /* sorted: by kind as in RETORT_KINDS, then by the
			       parent's place, ordinal, schema, name; parents
			       are of an earlier kind than their parts */
	size_t n;
	rt_map by_key;
	struct rt_ignored { /* kinds that are there and not modelled */
		const char *kind; /* "cast", "publication"; plural is +s */
		size_t count;
	} *ignored;
	size_t n_ignored;
};

/*
 * Build a schema: begin, add objects in any order, end.
 *
 *     rt_schema_builder *b = rt_schema_begin(dialect, server_version);
 *     t = rt_schema_add(b, RETORT_KIND_TABLE, "public", "users", NULL_ID, 0);
 *     rt_schema_set(b, t, RT_PROPERTY_COMMENT, "who may log in");
 *     rt_schema_need(b, view, t);
 *     schema = rt_schema_end(b);
 *
 * Handles are numbers in the order of adding, from 0.  All text is copied.
 */
typedef struct rt_schema_builder rt_schema_builder;

rt_schema_builder *rt_schema_begin(retort_dialect dialect, int server_version);
size_t rt_schema_add(rt_schema_builder *b, retort_kind kind, rt_sv schema,
		     rt_sv name, size_t parent, size_t ordinal);

/* Set a property; an empty text leaves it absent; the last one counts. */
void rt_schema_set(rt_schema_builder *b, size_t object, rt_property property,
		   rt_sv text);
void rt_schema_flag(rt_schema_builder *b, size_t object, rt_property property,
		    bool on);
void rt_schema_need(rt_schema_builder *b, size_t object, size_t needed);

/* So many objects of a kind were seen and are not in the model; adds up. */
void rt_schema_ignore(rt_schema_builder *b, const char *kind, size_t count);

/* Sort, resolve, freeze; frees the builder. */
retort_schema *rt_schema_end(rt_schema_builder *b);
void rt_schema_drop(rt_schema_builder *b); /* give up; NULL allowed */

/* "not null"; static. */
const char *rt_property_word(rt_property property);

/* A property's text, or NULL. O(log properties) */
const char *rt_object_text(const rt_object *object, rt_property property);

/*
 * A key: "<kind word> <schema>.<parent>.<name>", with 0x1f for the points;
 * an unnamed constraint has its definition for a name (with "#2" behind it
 * where there are two of them).  Two schemas' objects with one key are the
 * same object.
 */
void rt_object_key(rt_str *out, const retort_schema *schema, retort_kind kind,
		   const char *in_schema, size_t parent, const char *name);

/* An index, or RT_NO_OBJECT. */
size_t rt_schema_find(const retort_schema *schema, const char *key);
size_t rt_schema_child(const retort_schema *schema, size_t parent,
		       retort_kind kind, const char *name);

/* The objects with this parent (RT_NO_OBJECT: with none), of a kind, in
 * order: call with *at = 0, until it gives RT_NO_OBJECT.  O(1) a step after
 * the first */
size_t rt_schema_next(const retort_schema *schema, size_t parent,
		      retort_kind kind, size_t *at);

/* "users", "audit.events", "users.email", "users CHECK (a > 0)" for what has
 * no name: for people, appended; public and main are left out. */
void rt_object_name(rt_str *out, const retort_schema *schema, size_t object);

/* Where the arguments stand in a function's name, the last parentheses; else
 * the length of the name. */
size_t rt_object_arguments(const rt_object *object);

/* The name as SQL wants it: quoted where it must be, qualified where it is
 * not in public or main; of the object itself, without its parent. */
void rt_object_sql(rt_str *out, const retort_schema *schema, size_t object);

#endif
