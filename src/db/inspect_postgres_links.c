/* SPDX-License-Identifier: MIT */
/*
 * Reading PostgreSQL's catalog: event triggers, who needs whom, and what
 * is not modelled.
 *
 * Source: chapter "System Catalogs" of the PostgreSQL manuals 12 to 18.
 */
#include "config.h"

#include "db/inspect_postgres_sql.h"

static const char event_triggers[] =
	"SELECT 'event trigger', " RT_PG_EVENT_TRIGGER ", e.oid, NULL, "
	"e.evtname, NULL, NULL, 'ON ' || e.evtevent || coalesce(' WHEN TAG IN "
	"(' || (SELECT string_agg(quote_literal(t), ', ' ORDER BY t) FROM "
	"unnest(e.evttags) t) || ')', '') || ' EXECUTE FUNCTION ' || "
	"e.evtfoid::regproc || '()', "
	"CASE e.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' "
	"WHEN 'A' THEN 'always' END, " COMMENT(RT_PG_EVENT_TRIGGER, "e.oid")
	" FROM pg_event_trigger e WHERE " NO_MEMBER(RT_PG_EVENT_TRIGGER,
						    "e.oid");

/* 16384 is the first OID that is not the system's own. */
static const char needs[] =
	"SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, "
	"d.refobjsubid FROM pg_depend d WHERE d.objid >= 16384 AND d.refobjid "
	">= 16384 AND d.deptype IN ('n', 'a', 'i', 'P', 'S')";

static const char bodies[] =
	"SELECT p.oid, l.lanname, p.prosrc FROM pg_proc p JOIN pg_language l "
	"ON l.oid = p.prolang WHERE p.oid >= 16384 AND l.lanname IN ('sql', "
	"'plpgsql')@14{ AND p.prosqlbody IS NULL}{}";

#define COUNT(word, from)                                                     \
	"SELECT '" word "', count(*) FROM " from " UNION ALL "
#define OF_USER(class, alias)                                                 \
	class " " alias " WHERE " alias ".oid >= 16384 AND NOT EXISTS "       \
	"(SELECT FROM pg_depend x WHERE x.classid = '" class "'::regclass "   \
	"AND x.objid = " alias ".oid AND x.deptype IN ('e', 'i'))"
#define ACL_OF(class, alias, acl)                                             \
	OF_USER(class, alias) " AND " alias "." acl " IS NOT NULL"

static const char ignored[] =
	COUNT("access method", OF_USER("pg_am", "a"))
	COUNT("cast", OF_USER("pg_cast", "a"))
	COUNT("conversion", OF_USER("pg_conversion", "a"))
	COUNT("default privilege", "pg_default_acl")
	COUNT("foreign data wrapper", OF_USER("pg_foreign_data_wrapper", "a"))
	COUNT("foreign server", OF_USER("pg_foreign_server", "a"))
	COUNT("language", OF_USER("pg_language", "a"))
	COUNT("operator", OF_USER("pg_operator", "a"))
	COUNT("operator class", OF_USER("pg_opclass", "a"))
	COUNT("operator family", OF_USER("pg_opfamily", "a"))
	COUNT("publication", OF_USER("pg_publication", "a"))
	COUNT("subscription", "(SELECT oid FROM pg_subscription WHERE subdbid "
	      "= (SELECT oid FROM pg_database WHERE datname = "
	      "current_database())) s")
	COUNT("text search configuration", OF_USER("pg_ts_config", "a"))
	COUNT("text search dictionary", OF_USER("pg_ts_dict", "a"))
	COUNT("text search parser", OF_USER("pg_ts_parser", "a"))
	COUNT("text search template", OF_USER("pg_ts_template", "a"))
	COUNT("transform", OF_USER("pg_transform", "a"))
	"SELECT 'user mapping', count(*) FROM pg_user_mappings";

/* What is not modelled of objects that are. */
static const char ignored_details[] =
	COUNT("base type", OF_USER("pg_type", "a")
	      " AND a.typtype = 'b' AND a.typelem = 0")
	COUNT("set of privileges", ACL_OF("pg_class", "a", "relacl"))
	COUNT("set of privileges", ACL_OF("pg_proc", "a", "proacl"))
	COUNT("set of privileges", ACL_OF("pg_type", "a", "typacl"))
	COUNT("set of privileges", ACL_OF("pg_namespace", "a", "nspacl"))
	COUNT("clustered index", "pg_index WHERE indisclustered AND "
	      "indexrelid >= 16384")
	COUNT("statistics target", "pg_attribute WHERE attrelid >= 16384 AND "
	      "attstattarget > 0 AND NOT attisdropped")
	COUNT("set of column options", "pg_attribute WHERE attrelid >= 16384 "
	      "AND attoptions::text ~ 'n_distinct' AND NOT attisdropped")
	"SELECT 'security label', count(*) FROM pg_seclabel";

LIST(event_trigger, PROPERTY(DEFINITION), PROPERTY(ENABLED),
     PROPERTY(COMMENT));

const rt_pg_catalog rt_pg_links[] = {
	OBJECTS(event_triggers, event_trigger),
	{ needs, rt_pg_row_need, 6, NULL, 0 },
	{ bodies, rt_pg_row_body, 3, NULL, 0 },
	{ ignored, rt_pg_row_ignored, 2, NULL, 0 },
	{ ignored_details, rt_pg_row_ignored, 2, NULL, 0 },
	END,
};
