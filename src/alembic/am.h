/* SPDX-License-Identifier: MIT */
/*
 * The translation from inside: what its files share.
 *
 * Functions that read a value or write SQL give false where they cannot, and
 * have recorded why by then (rt_am_fail()); whoever gets false gives up the
 * statement, not the run.
 */
#ifndef RT_ALEMBIC_AM_H
#define RT_ALEMBIC_AM_H

#include "alembic/translate.h"
#include "base/map.h"
#include "base/str.h"

/* Where a name comes from. */
typedef enum rt_am_space {
	RT_AM_NONE,
	RT_AM_SA,         /* sqlalchemy: "Column" */
	RT_AM_FUNC,       /* sqlalchemy.func: "now", "pg_catalog.now" */
	RT_AM_POSTGRESQL, /* sqlalchemy.dialects.postgresql: "JSONB" */
	RT_AM_SQLITE,
	RT_AM_DIALECT,    /* any other dialect of sqlalchemy */
	RT_AM_OP,         /* alembic.op: "create_table" */
	RT_AM_CONTEXT,    /* alembic.context: "is_offline_mode" */
	RT_AM_STDLIB,     /* "datetime.datetime", "decimal.Decimal" */
	RT_AM_OTHER       /* in whole: "sqlalchemy_utils.types.UUIDType" */
} rt_am_space;

/* A name, called or not. */
typedef struct rt_am_ref {
	rt_am_space space;
	rt_sv name;             /* the last component but for FUNC, OTHER */
	const rt_py_call *call; /* NULL = it stands alone */
	const rt_py_value *v;
} rt_am_ref;

typedef struct rt_am_type_row rt_am_type_row;

/* A type: its row and what it was called with. */
typedef struct rt_am_type {
	const rt_am_type_row *row;
	const rt_py_call *call; /* NULL = without arguments */
	const rt_py_value *v;
	const rt_py_value *decorator; /* the project's own, around it */
} rt_am_type;

/* What has a key of its own in a naming_convention: the kinds of constraints
 * (rt_am_constraint_kind), and indexes. */
enum { RT_AM_NAMED_INDEX = 5, RT_AM_NAMED_KINDS };

typedef struct rt_am_naming {
	bool asked;
	bool unknown; /* there may be one: all below may be wrong */
	bool gives[RT_AM_NAMED_KINDS];   /* a name to what has none */
	bool changes[RT_AM_NAMED_KINDS]; /* the name that there is */
	RT_VEC(const char *) finals;     /* what op.f() gave */
} rt_am_naming;

typedef struct rt_am {
	const rt_alembic_env *env;
	rt_alembic_result *out;
	rt_py_eval *ev;
	retort_error *err;
	int rc;
	bool pg;
	unsigned autocommit;
	size_t effects;
	rt_py_span at; /* of the directive that runs */
	rt_map enums; /* those that were made: Alembic makes each once */
	size_t work; /* nodes of expressions that were looked at */
	size_t depth; /* how deep in one: rt_am_enter() */
	const struct rt_am_froms *froms; /* of the statement that is written,
					    for its subqueries */
	rt_am_naming naming;
} rt_am;

/* Classes of native values. */
enum rt_am_native {
	RT_AM_N_BIND,       /* op.get_bind(), a connection */
	RT_AM_N_CONTEXT,    /* op.get_context() */
	RT_AM_N_DIALECT,    /* what a type of the project is asked for */
	RT_AM_N_BATCH,      /* struct rt_am_batch */
	RT_AM_N_AUTOCOMMIT, /* autocommit_block() */
	RT_AM_N_TRANSACTION,
	RT_AM_N_INSPECTOR,
	RT_AM_N_RESULT,     /* what a query gives: rows */
	RT_AM_N_CLASSES
};
rt_py_value *rt_am_native_new(rt_am *am, enum rt_am_native cls, void *data,
			      const rt_py_span *at);

/* ---- troubles ---- */

/* Record what is not known; v NULL = at the directive. */
bool rt_am_fail(rt_am *am, const rt_py_value *v, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool rt_am_fail_schema(rt_am *am, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* ---- statements ---- */

/* Append a statement, trimmed; frees *sql.  Nothing where ok is false. */
bool rt_am_emit(rt_am *am, rt_str *sql, bool ok);

/* The schema as of now; NULL and no trouble where there is none. */
const retort_schema *rt_am_schema(rt_am *am);

/* ---- names ---- */

bool rt_am_ref_of(const rt_py_value *v, rt_am_ref *out);
bool rt_am_is(const rt_py_value *v, rt_am_space space, const char *name);
const rt_py_call *rt_am_call_of(const rt_py_value *v, rt_am_space space,
				const char *name);
/* A call of a method: `base.name(…)`; *base, *call set. */
bool rt_am_method_of(const rt_py_value *v, const char *name,
		     const rt_py_value **base, const rt_py_call **call);
/* `t.c.x`, `t.columns["x"]`, `t.x`: *table and *name. */
bool rt_am_member_of(const rt_py_value *v, const rt_py_value **table,
		     rt_sv *name);

void rt_am_quote(const rt_am *am, rt_str *out, rt_sv name);
void rt_am_quote_dotted(const rt_am *am, rt_str *out, rt_sv schema,
			rt_sv name);
/* A name that may be too long for the server: cut, as Alembic cuts it. */
rt_sv rt_am_cut(const rt_am *am, rt_sv name);
/* A name of an index or constraint: Alembic refuses longer ones. */
bool rt_am_fits(rt_am *am, rt_sv name);
void rt_am_literal(const rt_am *am, rt_str *out, rt_sv text);

/* A str argument; NULL and None leave it {NULL, 0}. */
bool rt_am_text(rt_am *am, const rt_py_value *v, rt_sv *out);
/* A list of str, or one. */
typedef RT_VEC(rt_sv) rt_am_names;
bool rt_am_texts(rt_am *am, rt_py_value *v, rt_am_names *out);
void rt_am_quote_list(const rt_am *am, rt_str *out, const rt_am_names *names);
/* A bool argument; absent: as given.  None counts as absent. */
bool rt_am_flag(rt_am *am, const rt_py_value *v, bool absent, bool *out);
static inline bool rt_am_is_none(const rt_py_value *v)
{
	return !v || v->kind == RT_PY_V_NONE;
}
/* `postgresql_using`: a keyword with the dialect's name before it. */
rt_py_value *rt_am_option(const rt_am *am, const rt_py_call *call,
			  const char *name);

/* Whether all arguments of a callable (op.x, sa.X) are known. */
bool rt_am_keywords(rt_am *am, rt_sv name, const rt_py_call *call);
/* The same of Core: of a statement ("insert"), "sa", "" for a column. */
bool rt_am_core_keywords(rt_am *am, const char *of, rt_sv name,
			 const rt_py_call *call);
/* The same of a type: params as in its row. */
bool rt_am_type_keywords(rt_am *am, const char *type, const char *params,
			 const rt_py_call *call);

/* ---- types ---- */

bool rt_am_type_of(rt_am *am, const rt_py_value *v, rt_am_type *out);
bool rt_am_type_sql(rt_am *am, const rt_py_value *v, rt_str *out);
bool rt_am_type_is(const rt_am_type *type, const char *family);
/* Whether a value is written as a type at all. */
bool rt_am_looks_like_type(const rt_py_value *v);

/* An Enum that the dialect knows as a type, with its arguments. */
typedef struct rt_am_enum {
	rt_sv name, schema;
	rt_py_value *labels; /* a list of str */
	bool create;         /* create_type */
	bool native;
	bool constraint;     /* create_constraint */
} rt_am_enum;
bool rt_am_enum_of(rt_am *am, const rt_py_value *v, rt_am_enum *out);
/* CREATE TYPE for a column of this type, unless the run has it already. */
bool rt_am_enum_before_table(rt_am *am, const rt_py_value *type);
bool rt_am_enum_create(rt_am *am, const rt_am_enum *e, bool checkfirst);
bool rt_am_enum_drop(rt_am *am, const rt_am_enum *e, bool checkfirst);

/* Types that are classes of the project; type_class.c. */
bool rt_am_is_type_class(const rt_py_value *v);
/* An instance, or NULL where it is made in some other way. */
rt_py_value *rt_am_type_instance(rt_am *am, rt_py_value *cls,
				 const rt_py_call *call);
/* The type that one stands for, and the instance of the project's, if any;
 * NULL: not known. */
const rt_py_value *rt_am_type_plain(rt_am *am, const rt_py_value *v,
				    const rt_py_value **decorator);
/* A value as the type hands it on. */
const rt_py_value *rt_am_type_bind(rt_am *am, const rt_am_type *type,
				   const rt_py_value *v);

/* ---- expressions ---- */

enum {
	RT_AM_BARE = 1 << 0, /* columns without their table */
	RT_AM_GROUP = 1 << 1 /* an operator at the top: in parentheses */
};
/* Count a node: an expression that holds itself twice, and so on, is short
 * as Python and endless as SQL. */
bool rt_am_may_go_on(rt_am *am);
/* Go into an expression or type that may hold another; false: too deep. */
bool rt_am_enter(rt_am *am, const rt_py_value *v);
static inline void rt_am_leave(rt_am *am)
{
	am->depth--;
}
/* The SQL of an expression; text stands as it is. */
bool rt_am_expr(rt_am *am, rt_str *out, const rt_py_value *v, unsigned flags);
/* A Python value as a literal of a type (NULL = as the value is). */
bool rt_am_value(rt_am *am, rt_str *out, const rt_py_value *v,
		 const rt_am_type *type);
/* A string given for SQL: text(), with its \: undone. */
bool rt_am_raw(rt_am *am, rt_str *out, rt_sv text, const rt_py_call *params);
/* What stands in DEFAULT. */
bool rt_am_default(rt_am *am, rt_str *out, const rt_py_value *v);
/* An insert, update, delete, select, text; false = no statement of ours. */
bool rt_am_is_statement(const rt_py_value *v);
bool rt_am_statement(rt_am *am, rt_str *out, const rt_py_value *v,
		     const rt_py_value *params);
bool rt_am_select(rt_am *am, rt_str *out, const rt_py_value *v);

/* ---- tables as they are written: sa.Table(), sa.table() ---- */

typedef struct rt_am_column {
	rt_sv name;
	const rt_py_value *type; /* or NULL */
	const rt_py_call *call;
	const rt_py_value *v;
	bool nullable, primary_key, unique, index;
	const rt_py_value *autoincrement; /* or NULL */
	const rt_py_value *server_default, *computed, *identity, *sequence;
	rt_sv comment;
	RT_VEC(const rt_py_value *) foreign_keys, checks;
} rt_am_column;
bool rt_am_column_of(rt_am *am, const rt_py_value *v, rt_am_column *out);
void rt_am_column_free(rt_am_column *c);

typedef enum rt_am_constraint_kind {
	RT_AM_PRIMARY_KEY, RT_AM_FOREIGN_KEY, RT_AM_UNIQUE, RT_AM_CHECK,
	RT_AM_EXCLUDE
} rt_am_constraint_kind;

typedef struct rt_am_constraint {
	rt_am_constraint_kind kind;
	rt_sv name;                   /* .p NULL = none */
	rt_am_names columns;          /* not of CHECK */
	rt_sv remote_schema, remote_table;
	rt_am_names remote_columns;
	const rt_py_value *condition; /* of CHECK: str or expression */
	const rt_py_call *call;       /* for its options, or NULL */
	bool after;                   /* made when the table was: sorts
					 behind what stands in the call */
	rt_sv sql;                    /* in whole, or .p NULL */
} rt_am_constraint;
bool rt_am_constraint_of(rt_am *am, const rt_py_value *v,
			 rt_am_constraint *out, bool *known);
void rt_am_constraint_free(rt_am_constraint *c);
/* What a foreign key refers to: "schema.table.column", or a column. */
bool rt_am_add_target(rt_am *am, rt_am_constraint *out, const rt_py_value *v);
/* From the arguments of op.create_unique_constraint() and its like. */
bool rt_am_constraint_read(rt_am *am, rt_sv directive, const rt_py_call *call,
			   rt_am_constraint *c, rt_sv *schema, rt_sv *table);
bool rt_am_constraint_sql(rt_am *am, rt_str *out, const rt_am_constraint *c,
			  rt_sv schema);

typedef struct rt_am_table {
	rt_sv name, schema, comment;
	const rt_py_call *call;
	bool bare; /* sa.table(): no types of their own, no DDL */
	RT_VEC(rt_am_column) columns;
	RT_VEC(rt_am_constraint) constraints;
	RT_VEC(const rt_py_value *) indexes;
} rt_am_table;
/* From a call whose arguments from `first` on are items. */
bool rt_am_table_read(rt_am *am, const rt_py_call *call, size_t first,
		      rt_sv name, rt_am_table *out);
bool rt_am_table_of(rt_am *am, const rt_py_value *v, rt_am_table *out);
void rt_am_table_free(rt_am_table *t);
/* Whether a value is a table of any kind; its name. */
bool rt_am_table_name(rt_am *am, const rt_py_value *v, rt_sv *schema,
		      rt_sv *name);
/* The type of a table's column, or no row. */
rt_am_type rt_am_type_in(rt_am *am, const rt_py_value *table, rt_sv column);

/* "name TYPE DEFAULT … NOT NULL", with the column's own CHECKs.
 *   in:   serial: it is the table's autoincrement column */
bool rt_am_column_sql(rt_am *am, rt_str *out, const rt_am_column *c,
		      bool serial, bool sqlite_autoincrement);
/* GENERATED … AS IDENTITY (…) */
bool rt_am_identity_sql(rt_am *am, rt_str *out, const rt_py_value *v);
/* Adds what its columns bring to *t, too. */
bool rt_am_create_table(rt_am *am, rt_am_table *t);
bool rt_am_column_parts(rt_am *am, const rt_am_column *c, rt_am_table *t);
/* alter_column(): whether no CHECK of a type comes or goes. */
bool rt_am_alter_is_plain(rt_am *am, const rt_py_call *call);

/* "… INCLUDE (a, b)" of an index or constraint, on PostgreSQL. */
bool rt_am_include(rt_am *am, rt_str *out, const rt_py_call *call);
/* CREATE INDEX from the columns and options of a call. */
bool rt_am_create_index(rt_am *am, rt_sv name, rt_sv schema, rt_sv table,
			rt_py_value *columns, const rt_py_call *options);
/* sa.Column("a", index=True) */
bool rt_am_column_index(rt_am *am, rt_sv schema, rt_sv table, rt_sv column,
			bool unique);
/* sa.Index("name", "a", "b", unique=True) in a table. */
bool rt_am_table_index(rt_am *am, const rt_am_table *t, const rt_py_value *v);
bool rt_am_comment(rt_am *am, const char *what, rt_sv schema, rt_sv table,
		   rt_sv column, rt_sv text);

/* ---- naming.c: the naming_convention of env.py's metadata ---- */

/* Whether it leaves a name, or that there is none (.p NULL), as it is; kind,
 * of constraints or RT_AM_NAMED_INDEX. */
bool rt_am_name_stays(rt_am *am, int kind, rt_sv name);
/* The same for type_= of drop_constraint(). */
bool rt_am_dropped_name_stays(rt_am *am, const rt_py_value *type, rt_sv name);
/* op.f() gave these very bytes: no convention changes them. */
void rt_am_name_is_final(rt_am *am, rt_sv name);
/* The metadata of a base of models that has none of its own, or NULL. */
rt_py_value *rt_am_class_metadata(rt_am *am, rt_py_value *cls);

/* ---- directives ---- */

typedef rt_py_value *(*rt_am_directive_fn)(rt_am *am, const rt_py_call *call);
typedef struct rt_am_directive {
	const char *name;
	rt_am_directive_fn run;
} rt_am_directive;

/* One row per op.*; tables of several files, ended by a NULL name. */
extern const rt_am_directive rt_am_table_directives[];
const rt_am_directive *rt_am_directive_find(rt_sv name);

/* execute(): of op, a connection, a batch. */
rt_py_value *rt_am_execute(rt_am *am, const rt_py_call *call);

/* A method of an object: create(), drop(), execute(); NULL: none of those. */
rt_py_value *rt_am_object_call(rt_am *am, const rt_py_value *base, rt_sv name,
			       const rt_py_call *call);
bool rt_am_sequence(rt_am *am, const rt_py_value *sequence, bool create);

/* ---- batch_alter_table ---- */

rt_py_value *rt_am_batch_new(rt_am *am, const rt_py_call *call);
void rt_am_batch_enter(rt_am *am, rt_py_value *v);
void rt_am_batch_leave(rt_am *am, rt_py_value *v);
rt_py_value *rt_am_batch_call(rt_am *am, rt_py_value *batch, rt_sv method,
			      const rt_py_call *call);

/* ---- questions to the schema ---- */

rt_py_value *rt_am_inspect(rt_am *am, rt_sv method, const rt_py_call *call);

extern const rt_py_host rt_am_host;

#endif
