/* SPDX-License-Identifier: MIT */
/*
 * What the queries of inspect_postgres_{alone,tables,links}.c are made of;
 * for them alone, so that the names are short.
 */
#ifndef RT_DB_INSPECT_POSTGRES_SQL_H
#define RT_DB_INSPECT_POSTGRES_SQL_H

#include "db/inspect_postgres.h"

/* --- parts of a query --- */

/* What is not the system's; n is pg_namespace. */
#define USERS_SCHEMA                                                          \
	"n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "

/* What an extension did not bring. */
#define NO_MEMBER(class_oid, oid)                                             \
	"NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = " class_oid    \
	" AND x.objid = " oid " AND x.deptype = 'e') "

#define COMMENT(class_oid, oid)                                               \
	"(SELECT m.description FROM pg_description m WHERE m.classoid = "     \
	class_oid " AND m.objoid = " oid " AND m.objsubid = 0)"

/* "a=1, b='x y'" */
#define OPTIONS(array)                                                        \
	"(SELECT string_agg(o.option_name || '=' || CASE WHEN "               \
	"o.option_value ~ '^([a-z][a-z0-9_]*|[0-9]+([.][0-9]+)?)$' THEN "     \
	"o.option_value ELSE quote_literal(o.option_value) END, ', ' "        \
	"ORDER BY o.option_name) FROM pg_options_to_table(" array ") o)"

/* OPTIONS (a '1', b 'x') of foreign things */
#define FOREIGN_OPTIONS(array)                                                \
	"(SELECT string_agg(quote_ident(o.option_name) || ' ' || "            \
	"quote_literal(o.option_value), ', ' ORDER BY o.option_name) "        \
	"FROM pg_options_to_table(" array ") o)"

/* A text less what format() gives. */
#define BEHIND(text, ...)                                                     \
	"substr(" text ", length(format(" __VA_ARGS__ ")) + 1)"

#define COLLATION_NAME(oid)                                                   \
	"(SELECT CASE WHEN cn.nspname IN ('pg_catalog', 'public') THEN '' "   \
	"ELSE quote_ident(cn.nspname) || '.' END || quote_ident(co.collname) " \
	"FROM pg_collation co JOIN pg_namespace cn ON cn.oid = "              \
	"co.collnamespace WHERE co.oid = " oid ")"

/* --- rows of a table of catalogs --- */

#define PROPERTY(name) RT_PROPERTY_##name
#define LIST(name, ...)                                                       \
	static const rt_property name##_properties[] = { __VA_ARGS__ }

#define ROWS(sql, row, columns, properties)                                   \
	{ sql, row, columns, properties##_properties,                         \
	  sizeof(properties##_properties) / sizeof(rt_property) }
#define OBJECTS(sql, properties)                                              \
	ROWS(sql, rt_pg_row_object, 7, properties)
#define END { NULL, NULL, 0, NULL, 0 }

#endif
