/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "alembic/type_table.h"

#include <string.h>

/* Sizes of a thing that is no str: BIT, ARRAY. */
static bool write_array(rt_am *am, const rt_am_type *type, rt_str *out)
{
	const rt_py_value *item = rt_am_type_param(type, "item_type");
	const rt_py_value *n = rt_am_type_param(type, "dimensions");
	rt_str inner = RT_STR_INIT;
	int64_t i, count = n && n->kind == RT_PY_V_INT ? n->u.i : 1;
	char *collate;
	bool ok;

	if (!am->pg)
		return rt_am_fail(am, type->v, "SQLite has no arrays");
	if (!item || count < 0 || count > 16)
		return rt_am_fail(am, type->v, "the type of an array's items "
				  "is missing");
	ok = rt_am_enter(am, type->v);
	if (ok) {
		ok = rt_am_type_sql(am, item, &inner);
		rt_am_leave(am);
	}
	collate = strstr(inner.p, " COLLATE");
	rt_str_addn(out, inner.p,
		    collate ? (size_t)(collate - inner.p) : inner.n);
	for (i = 0; i < count; i++)
		rt_str_add(out, "[]");
	if (collate)
		rt_str_add(out, collate);
	rt_str_free(&inner);
	return ok;
}

static bool write_bit(rt_am *am, const rt_am_type *type, rt_str *out)
{
	const rt_py_value *n = rt_am_type_param(type, "length");
	bool varying;

	if (!rt_am_flag(am, rt_am_type_param(type, "varying"), false,
			&varying))
		return false;
	rt_str_add(out, varying ? "BIT VARYING" : "BIT");
	if (n && n->kind == RT_PY_V_INT)
		rt_str_addf(out, "(%lld)", (long long)n->u.i);
	else if (!varying)
		rt_str_add(out, "(1)");
	return true;
}

/* Uuid(native_uuid=False) is CHAR(32) everywhere. */
static bool write_uuid(rt_am *am, const rt_am_type *type, rt_str *out)
{
	bool native;

	if (!rt_am_flag(am, rt_am_type_param(type, "native_uuid"), true,
			&native))
		return false;
	rt_str_add(out, native && am->pg ? "UUID" : "CHAR(32)");
	return true;
}

static bool write_interval(rt_am *am, const rt_am_type *type, rt_str *out)
{
	const rt_py_value *p = rt_am_type_param(type, "second_precision");
	bool native;

	if (!rt_am_flag(am, rt_am_type_param(type, "native"), true, &native))
		return false;
	if (!am->pg) {
		rt_str_add(out, "DATETIME");
	} else if (!native) {
		rt_str_add(out, "TIMESTAMP WITHOUT TIME ZONE");
	} else {
		rt_str_add(out, "INTERVAL");
		if (p && p->kind == RT_PY_V_INT)
			rt_str_addf(out, " (%lld)", (long long)p->u.i);
	}
	return true;
}

/* sqlalchemy_utils.UUIDType: binary where the server has no uuid. */
static bool write_uuid_type(rt_am *am, const rt_am_type *type, rt_str *out)
{
	bool binary, native;

	if (!rt_am_flag(am, rt_am_type_param(type, "binary"), true, &binary) ||
	    !rt_am_flag(am, rt_am_type_param(type, "native"), true, &native))
		return false;
	rt_str_add(out, am->pg && native ? "UUID" :
		   !binary ? "CHAR(32)" : am->pg ? "BYTEA" : "BLOB");
	return true;
}

static bool write_domain(rt_am *am, const rt_am_type *type, rt_str *out)
{
	rt_sv name, schema;

	if (!rt_am_text(am, rt_am_type_param(type, "name"), &name) ||
	    !rt_am_text(am, rt_am_type_param(type, "schema"), &schema))
		return false;
	rt_am_quote_dotted(am, out, schema, name);
	return true;
}

static bool write_null(rt_am *am, const rt_am_type *type, rt_str *out)
{
	(void)out;
	return rt_am_fail(am, type->v, "a column has no type");
}

enum {
	SA = 1 << RT_AM_SA,
	PG = 1 << RT_AM_POSTGRESQL,
	LITE = 1 << RT_AM_SQLITE,
	OTHER = 1 << RT_AM_OTHER,
	ALL = SA | PG | LITE,
	SA_PG = SA | PG
};

#define TZ "{precision}{timezone}"

static const rt_am_type_row rows[] = {
	/* of SQLAlchemy, by what they mean */
	{ SA, "String", "length collation", "VARCHAR{length}{collation}",
	  "VARCHAR{length}{collation}", "str", NULL },
	{ SA, "Unicode", "length collation", "VARCHAR{length}{collation}",
	  "VARCHAR{length}{collation}", "str", NULL },
	{ SA, "Text", "length collation", "TEXT{length}{collation}",
	  "TEXT{length}{collation}", "str", NULL },
	{ SA, "UnicodeText", "length collation", "TEXT{length}{collation}",
	  "TEXT{length}{collation}", "str", NULL },
	{ SA, "Integer", "", "INTEGER", "INTEGER", "int", NULL },
	{ SA, "SmallInteger", "", "SMALLINT", "SMALLINT", "smallint", NULL },
	{ SA, "BigInteger", "", "BIGINT", "BIGINT", "bigint", NULL },
	{ SA, "Numeric", "precision scale", "NUMERIC{precision,scale}",
	  "NUMERIC{precision,scale}", "number", NULL },
	{ SA, "Float", "precision", "FLOAT", "FLOAT{precision}", "number",
	  NULL },
	{ SA, "Double", "precision", "DOUBLE", "DOUBLE PRECISION", "number",
	  NULL },
	{ SA, "Boolean", "create_constraint name", "BOOLEAN", "BOOLEAN", "bool", NULL },
	{ SA, "Date", "", "DATE", "DATE", "date", NULL },
	{ SA, "Time", "timezone", "TIME", "TIME{timezone}", "time", NULL },
	{ SA, "DateTime", "timezone", "DATETIME", "TIMESTAMP{timezone}",
	  "datetime", NULL },
	{ SA, "Interval", "native second_precision day_precision", "", "",
	  "interval", write_interval },
	{ SA, "LargeBinary", "length", "BLOB", "BYTEA", "bytes", NULL },
	{ SA, "PickleType", "", "BLOB", "BYTEA", "pickle", NULL },
	{ SA, "Uuid", "as_uuid native_uuid", "", "", "uuid", write_uuid },
	{ SA, "MatchType", "", "BOOLEAN", "BOOLEAN", "bool", NULL },
	{ SA, "Enum", "", "", "", "enum", rt_am_write_enum },
	{ SA, "NullType", "", "", "", "", write_null },
	/* by their names in SQL */
	{ ALL, "VARCHAR", "length collation", "VARCHAR{length}{collation}",
	  "VARCHAR{length}{collation}", "str", NULL },
	{ SA, "NVARCHAR", "length collation", "NVARCHAR{length}{collation}",
	  "NVARCHAR{length}{collation}", "str", NULL },
	{ ALL, "CHAR", "length collation", "CHAR{length}{collation}",
	  "CHAR{length}{collation}", "str", NULL },
	{ SA, "NCHAR", "length collation", "NCHAR{length}{collation}",
	  "NCHAR{length}{collation}", "str", NULL },
	{ ALL, "TEXT", "length collation", "TEXT{length}{collation}",
	  "TEXT{length}{collation}", "str", NULL },
	{ SA, "CLOB", "length collation", "CLOB", "CLOB", "str", NULL },
	{ ALL, "INTEGER", "", "INTEGER", "INTEGER", "int", NULL },
	{ SA, "INT", "", "INTEGER", "INTEGER", "int", NULL },
	{ ALL, "SMALLINT", "", "SMALLINT", "SMALLINT", "smallint", NULL },
	{ ALL, "BIGINT", "", "BIGINT", "BIGINT", "bigint", NULL },
	{ ALL, "NUMERIC", "precision scale", "NUMERIC{precision,scale}",
	  "NUMERIC{precision,scale}", "number", NULL },
	{ SA | LITE, "DECIMAL", "precision scale", "DECIMAL{precision,scale}",
	  "DECIMAL{precision,scale}", "number", NULL },
	{ ALL, "FLOAT", "precision", "FLOAT", "FLOAT{precision}", "number",
	  NULL },
	{ SA, "DOUBLE", "precision", "DOUBLE", "DOUBLE", "number", NULL },
	{ SA_PG, "DOUBLE_PRECISION", "precision", "DOUBLE PRECISION",
	  "DOUBLE PRECISION", "number", NULL },
	{ ALL, "REAL", "precision", "REAL", "REAL", "number", NULL },
	{ ALL, "BOOLEAN", "", "BOOLEAN", "BOOLEAN", "bool", NULL },
	{ ALL, "DATE", "", "DATE", "DATE", "date", NULL },
	{ SA, "TIME", "timezone", "TIME", "TIME{timezone}", "time", NULL },
	{ LITE, "TIME", "", "TIME", "TIME WITHOUT TIME ZONE", "time", NULL },
	{ PG, "TIME", "timezone precision", "TIME", "TIME" TZ, "time", NULL },
	{ SA, "DATETIME", "timezone", "DATETIME", "DATETIME", "datetime",
	  NULL },
	{ LITE, "DATETIME", "", "DATETIME", "TIMESTAMP WITHOUT TIME ZONE",
	  "datetime", NULL },
	{ SA | LITE, "TIMESTAMP", "timezone", "TIMESTAMP",
	  "TIMESTAMP{timezone}", "datetime", NULL },
	{ PG, "TIMESTAMP", "timezone precision", "TIMESTAMP", "TIMESTAMP" TZ,
	  "datetime", NULL },
	{ SA, "BINARY", "length", "BINARY{length}", "BINARY{length}", "bytes",
	  NULL },
	{ SA, "VARBINARY", "length", "VARBINARY{length}",
	  "VARBINARY{length}", "bytes", NULL },
	{ SA | LITE, "BLOB", "length", "BLOB", "BLOB", "bytes", NULL },
	{ SA_PG, "UUID", "as_uuid", "UUID", "UUID", "uuid", NULL },
	{ SA | LITE | PG, "JSON", "", "JSON", "JSON", "json", NULL },
	{ SA, "ARRAY", "item_type as_tuple dimensions", "", "", "array",
	  write_array },
	/* of PostgreSQL */
	{ PG, "ARRAY", "item_type as_tuple dimensions", "", "", "array",
	  write_array },
	{ PG, "ENUM", "", "", "", "enum", rt_am_write_enum },
	{ PG, "DOMAIN", "name data_type", NULL, "", "", write_domain },
	{ PG, "JSONB", "", NULL, "JSONB", "json", NULL },
	{ PG, "JSONPATH", "", NULL, "JSONPATH", "str", NULL },
	{ PG, "BYTEA", "length", NULL, "BYTEA", "bytes", NULL },
	{ PG, "BIT", "length varying", NULL, "", "str", write_bit },
	{ PG, "INTERVAL", "precision fields", NULL,
	  "INTERVAL{+fields}{?precision}", "interval", NULL },
	{ PG, "INET", "", NULL, "INET", "str", NULL },
	{ PG, "CIDR", "", NULL, "CIDR", "str", NULL },
	{ PG, "MACADDR", "", NULL, "MACADDR", "str", NULL },
	{ PG, "MACADDR8", "", NULL, "MACADDR8", "str", NULL },
	{ PG, "MONEY", "", NULL, "MONEY", "str", NULL },
	{ PG, "OID", "", NULL, "OID", "int", NULL },
	{ PG, "REGCLASS", "", NULL, "REGCLASS", "str", NULL },
	{ PG, "REGCONFIG", "", NULL, "REGCONFIG", "str", NULL },
	{ PG, "TSVECTOR", "", NULL, "TSVECTOR", "str", NULL },
	{ PG, "TSQUERY", "", NULL, "TSQUERY", "str", NULL },
	{ PG, "CITEXT", "length", NULL, "CITEXT", "str", NULL },
	{ PG, "HSTORE", "text_type", NULL, "HSTORE", "hstore", NULL },
	{ PG, "INT4RANGE", "", NULL, "INT4RANGE", "range", NULL },
	{ PG, "INT8RANGE", "", NULL, "INT8RANGE", "range", NULL },
	{ PG, "NUMRANGE", "", NULL, "NUMRANGE", "range", NULL },
	{ PG, "DATERANGE", "", NULL, "DATERANGE", "range", NULL },
	{ PG, "TSRANGE", "", NULL, "TSRANGE", "range", NULL },
	{ PG, "TSTZRANGE", "", NULL, "TSTZRANGE", "range", NULL },
	{ PG, "INT4MULTIRANGE", "", NULL, "INT4MULTIRANGE", "range", NULL },
	{ PG, "INT8MULTIRANGE", "", NULL, "INT8MULTIRANGE", "range", NULL },
	{ PG, "NUMMULTIRANGE", "", NULL, "NUMMULTIRANGE", "range", NULL },
	{ PG, "DATEMULTIRANGE", "", NULL, "DATEMULTIRANGE", "range", NULL },
	{ PG, "TSMULTIRANGE", "", NULL, "TSMULTIRANGE", "range", NULL },
	{ PG, "TSTZMULTIRANGE", "", NULL, "TSTZMULTIRANGE", "range", NULL },
	/* of other packages, for what they are known to make */
	{ OTHER, "sqlmodel.*.AutoString", "length", "VARCHAR{length}",
	  "VARCHAR{length}", "str", NULL },
	{ OTHER, "sqlmodel.*.GUID", "", "CHAR(32)", "UUID", "uuid", NULL },
	{ OTHER, "sqlalchemy_utils.*.UUIDType", "binary native", "", "",
	  "uuid", write_uuid_type },
	{ OTHER, "sqlalchemy_utils.*.ArrowType", "", "DATETIME",
	  "TIMESTAMP WITHOUT TIME ZONE", "datetime", NULL },
	{ OTHER, "sqlalchemy_utils.*.JSONType", "", "TEXT", "JSON", "json",
	  NULL },
	{ OTHER, "sqlalchemy_utils.*.TSVectorType", "", "TEXT", "TSVECTOR",
	  "str", NULL },
	{ OTHER, "sqlalchemy_utils.*.EmailType", "length", "VARCHAR(255)",
	  "VARCHAR(255)", "str", NULL },
	{ OTHER, "sqlalchemy_utils.*.IPAddressType", "", "VARCHAR(50)",
	  "VARCHAR(50)", "str", NULL },
	{ OTHER, "sqlalchemy_utils.*.TimezoneType", "", "VARCHAR(50)",
	  "VARCHAR(50)", "str", NULL },
	{ OTHER, "sqlalchemy_utils.*.LocaleType", "", "VARCHAR(10)",
	  "VARCHAR(10)", "str", NULL },
	{ OTHER, "sqlalchemy_utils.*.URLType", "", "TEXT", "TEXT", "str",
	  NULL },
	{ OTHER, "fastapi_users_db_sqlalchemy.*.GUID", "", "CHAR(36)", "UUID",
	  "uuid", NULL },
	{ OTHER, "fastapi_users_db_sqlalchemy.*.TIMESTAMPAware", "",
	  "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "datetime", NULL },
	{ OTHER, "pgvector.*.Vector", "dim", NULL, "VECTOR{dim}", "str",
	  NULL },
	{ OTHER, "pgvector.*.VECTOR", "dim", NULL, "VECTOR{dim}", "str",
	  NULL },
	{ OTHER, "pgvector.*.HALFVEC", "dim", NULL, "HALFVEC{dim}", "str",
	  NULL },
};

/* "package.*.Name" against "package.a.b.Name" and "package.Name". */
static bool fits(const char *pattern, rt_sv path)
{
	const char *star = strstr(pattern, ".*.");
	size_t head, tail;

	if (!star)
		return rt_sv_is(path, pattern);
	head = (size_t)(star - pattern) + 1; /* with the point */
	tail = strlen(star + 2);             /* with the point */
	if (path.n < head + tail - 1)
		return false;
	return rt_sv_eq(rt_sv_sub(path, 0, head), (rt_sv){ pattern, head }) &&
	       rt_sv_eq(rt_sv_sub(path, path.n - tail, tail),
			(rt_sv){ star + 2, tail });
}

const rt_am_type_row *rt_am_type_row_find(const rt_am_ref *ref)
{
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!(rows[i].spaces & 1u << ref->space))
			continue;
		if (ref->space == RT_AM_OTHER ?
			    fits(rows[i].name, ref->name) :
			    rt_sv_is(ref->name, rows[i].name))
			return &rows[i];
	}
	return NULL;
}
