/* SPDX-License-Identifier: MIT */
/*
 * Reading PostgreSQL's catalog: relations, and what is theirs.
 *
 * Source: chapter "System Catalogs" of the PostgreSQL manuals 12 to 18.
 */
#include "config.h"

#include "db/inspect_postgres_sql.h"

static const char relations[] =
	"SELECT CASE c.relkind WHEN 'f' THEN 'foreign table' WHEN 'v' THEN "
	"'view' WHEN 'm' THEN 'materialized view' ELSE 'table' END, "
	RT_PG_CLASS ", c.oid, n.nspname, c.relname, NULL, NULL, "
	"CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END, "
	"CASE WHEN c.relkind IN ('v', 'm') THEN trim(both E' \\n;' from "
	"pg_get_viewdef(c.oid, true)) WHEN c.relkind = 'f' THEN (SELECT "
	"'SERVER ' || quote_ident(s.srvname) || coalesce(' OPTIONS (' || "
	FOREIGN_OPTIONS("f.ftoptions") " || ')', '') FROM pg_foreign_table f "
	"JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = "
	"c.oid) END, "
	"CASE c.relpersistence WHEN 'u' THEN 'yes' END, "
	"CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END, "
	"CASE WHEN c.relispartition THEN (SELECT i.inhparent::regclass::text "
	"FROM pg_inherits i WHERE i.inhrelid = c.oid LIMIT 1) END, "
	"pg_get_expr(c.relpartbound, c.oid, true), "
	"CASE WHEN NOT c.relispartition THEN (SELECT string_agg("
	"i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM "
	"pg_inherits i WHERE i.inhrelid = c.oid) END, "
	"nullif(concat_ws(', ', " OPTIONS("c.reloptions") ", "
	"(SELECT " OPTIONS("(SELECT array_agg('toast.' || q) FROM "
	"unnest(t.reloptions) q)") " FROM pg_class t WHERE t.oid = "
	"c.reltoastrelid AND t.reloptions IS NOT NULL)), ''), "
	"(SELECT quote_ident(a.amname) FROM pg_am a WHERE a.oid = c.relam AND "
	"a.amname <> 'heap'), "
	"(SELECT quote_ident(s.spcname) FROM pg_tablespace s WHERE s.oid = "
	"c.reltablespace), "
	"CASE WHEN c.relkind IN ('v', 'f') THEN NULL WHEN c.relreplident = 'f' "
	"THEN 'FULL' WHEN c.relreplident = 'n' THEN 'NOTHING' WHEN "
	"c.relreplident = 'i' THEN (SELECT 'USING INDEX ' || "
	"quote_ident(x.relname) FROM pg_index i JOIN pg_class x ON x.oid = "
	"i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) END, "
	"CASE WHEN c.relrowsecurity AND c.relforcerowsecurity THEN "
	"'enabled, forced' WHEN c.relforcerowsecurity THEN 'forced' WHEN "
	"c.relrowsecurity THEN 'enabled' END, "
	COMMENT(RT_PG_CLASS, "c.oid")
	" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
	"WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> "
	"'t' AND " USERS_SCHEMA "AND " NO_MEMBER(RT_PG_CLASS, "c.oid");

/* Names that rows of later queries use for objects of earlier ones. */
static const char aliases[] =
	"SELECT " RT_PG_TYPE ", t.typarray, 0, " RT_PG_TYPE ", t.oid, 0 "
	"FROM pg_type t WHERE t.oid >= 16384 AND t.typarray <> 0 "
	"AND t.typrelid = 0 "
	"@14{UNION ALL SELECT " RT_PG_TYPE ", g.rngmultitypid, 0, " RT_PG_TYPE
	", g.rngtypid, 0 FROM pg_range g WHERE g.rngtypid >= 16384 "
	"UNION ALL SELECT " RT_PG_TYPE ", m.typarray, 0, " RT_PG_TYPE
	", g.rngtypid, 0 FROM pg_range g JOIN pg_type m ON m.oid = "
	"g.rngmultitypid WHERE g.rngtypid >= 16384 }{}"
	"UNION ALL SELECT " RT_PG_CLASS ", c.oid, 0, " RT_PG_TYPE
	", c.reltype, 0 FROM pg_class c WHERE c.relkind = 'c' AND c.oid >= "
	"16384 "
	"UNION ALL SELECT " RT_PG_TYPE ", t.typarray, 0, " RT_PG_TYPE
	", t.oid, 0 FROM pg_class c JOIN pg_type t ON t.oid = c.reltype "
	"WHERE c.relkind = 'c' AND c.oid >= 16384 "
	"UNION ALL SELECT " RT_PG_TYPE ", c.reltype, 0, " RT_PG_CLASS
	", c.oid, 0 FROM pg_class c WHERE c.relkind <> 'c' AND c.reltype <> 0 "
	"AND c.oid >= 16384 "
	"UNION ALL SELECT " RT_PG_TYPE ", t.typarray, 0, " RT_PG_CLASS
	", c.oid, 0 FROM pg_class c JOIN pg_type t ON t.oid = c.reltype "
	"WHERE c.relkind <> 'c' AND t.typarray <> 0 AND c.oid >= 16384 "
	"UNION ALL SELECT " RT_PG_REWRITE ", w.oid, 0, " RT_PG_CLASS
	", w.ev_class, 0 FROM pg_rewrite w WHERE w.rulename = '_RETURN' AND "
	"w.oid >= 16384 "
	"UNION ALL SELECT d.classid, d.objid, 0, d.refclassid, d.refobjid, 0 "
	"FROM pg_depend d WHERE d.deptype = 'e' AND d.objid >= 16384";

static const char columns[] =
	"SELECT a.attrelid, a.attnum, a.attname, CASE WHEN h.inherited THEN "
	"'yes' END, CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN "
	"'by default' END, "
	"CASE WHEN a.attgenerated <> '' THEN NULL WHEN h.inherited AND "
	"f.adbin IS NULL AND h.expression IS NOT NULL THEN 'NULL' WHEN "
	"h.inherited AND h.expression IS NOT DISTINCT FROM x.expression THEN "
	"NULL ELSE x.expression END, "
	"format_type(a.atttypid, a.atttypmod), "
	"CASE WHEN a.attnotnull AND NOT (h.inherited AND h.attnotnull) THEN "
	"'yes' END, "
	"CASE WHEN a.attgenerated <> '' AND NOT h.inherited THEN x.expression "
	"END, CASE WHEN a.attgenerated = 's' AND NOT h.inherited THEN 'yes' "
	"END, CASE WHEN a.attcollation <> t.typcollation AND NOT h.inherited "
	"THEN " COLLATION_NAME("a.attcollation") " END, "
	"CASE WHEN a.attstorage <> t.typstorage AND c.relkind IN ('r', 'p', "
	"'f', 'm') AND NOT h.inherited THEN CASE a.attstorage WHEN 'p' THEN "
	"'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' "
	"END END, "
	"@14{CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' "
	"END}{NULL}, "
	FOREIGN_OPTIONS("a.attfdwoptions") ", m.description "
	"FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
	"JOIN pg_namespace n ON n.oid = c.relnamespace "
	"JOIN pg_type t ON t.oid = a.atttypid "
	"LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = "
	"a.attnum "
	"LEFT JOIN pg_description m ON m.classoid = " RT_PG_CLASS " AND "
	"m.objoid = a.attrelid AND m.objsubid = a.attnum "
	"CROSS JOIN LATERAL (SELECT pg_get_expr(f.adbin, f.adrelid, true)) "
	"x(expression) "
	/* what it inherits: a column of its own that its parent has, too,
	 * counts as inherited */
	"CROSS JOIN LATERAL (SELECT a.attinhcount > 0, "
	"p.expression, p.attnotnull FROM (SELECT 1) one LEFT JOIN LATERAL "
	"(SELECT pg_get_expr(pf.adbin, pf.adrelid, true), pa.attnotnull FROM "
	"pg_inherits i JOIN pg_attribute pa ON pa.attrelid = i.inhparent AND "
	"pa.attname = a.attname LEFT JOIN pg_attrdef pf ON pf.adrelid = "
	"pa.attrelid AND pf.adnum = pa.attnum WHERE i.inhrelid = a.attrelid "
	"ORDER BY i.inhseqno LIMIT 1) p(expression, attnotnull) ON "
	"a.attinhcount > 0) h(inherited, expression, attnotnull) "
	"WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', "
	"'f', 'v', 'm', 'c') AND " USERS_SCHEMA
	"AND (NOT h.inherited OR h.expression IS DISTINCT FROM x.expression OR "
	"a.attnotnull <> h.attnotnull OR m.description IS NOT NULL) "
	"ORDER BY a.attrelid, a.attnum";

static const char defaults[] =
	"SELECT " RT_PG_ATTRDEF ", f.oid, 0, " RT_PG_CLASS ", f.adrelid, "
	"f.adnum FROM pg_attrdef f WHERE f.oid >= 16384";

/* PostgreSQL prints what we have properties for at the end. */
static const char constraints[] =
	"SELECT CASE c.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN "
	"'unique constraint' WHEN 'c' THEN 'check constraint' WHEN 'x' THEN "
	"'exclusion constraint' ELSE 'foreign key' END, " RT_PG_CONSTRAINT
	", c.oid, NULL, c.conname, CASE WHEN c.contypid <> 0 THEN " RT_PG_TYPE
	" ELSE " RT_PG_CLASS " END, CASE WHEN c.contypid <> 0 THEN c.contypid "
	"ELSE c.conrelid END, "
	"regexp_replace(regexp_replace(pg_get_constraintdef(c.oid, true), "
	"' NOT VALID$', ''), '( DEFERRABLE)?( INITIALLY DEFERRED)?$', ''), "
	"CASE WHEN NOT c.convalidated@18{ AND c.conenforced}{} THEN 'yes' END, "
	"CASE WHEN c.condeferred THEN 'deferrable initially deferred' WHEN "
	"c.condeferrable THEN 'deferrable' END, "
	"CASE c.contype WHEN 'f' THEN c.confrelid::regclass::text END, "
	OPTIONS("x.reloptions") ", "
	"(SELECT quote_ident(s.spcname) FROM pg_tablespace s WHERE s.oid = "
	"x.reltablespace), " COMMENT(RT_PG_CONSTRAINT, "c.oid")
	" FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace "
	"LEFT JOIN pg_class x ON x.oid = c.conindid AND c.contype IN ('p', "
	"'u', 'x') WHERE c.contype IN ('p', 'u', 'c', 'x', 'f') AND "
	"c.conparentid = 0 AND c.coninhcount = 0 AND "
	USERS_SCHEMA "AND " NO_MEMBER(RT_PG_CONSTRAINT, "c.oid");

static const char constraint_indexes[] =
	"SELECT " RT_PG_CLASS ", c.conindid, 0, " RT_PG_CONSTRAINT
	", c.oid, 0 FROM pg_constraint c WHERE c.contype IN ('p', 'u', 'x') "
	"AND c.conindid >= 16384";

static const char indexes[] =
	"SELECT 'index', " RT_PG_CLASS ", c.oid, NULL, c.relname, " RT_PG_CLASS
	", i.indrelid, "
	BEHIND("pg_get_indexdef(c.oid, 0, true)",
	       "'CREATE %sINDEX %I ON %s%s ', CASE WHEN i.indisunique THEN "
	       "'UNIQUE ' END, c.relname, CASE c.relkind WHEN 'I' THEN "
	       "'ONLY ' END, i.indrelid::regclass")
	", CASE WHEN i.indisunique THEN 'yes' END, "
	"CASE WHEN NOT i.indisvalid THEN 'yes' END, "
	"(SELECT quote_ident(s.spcname) FROM pg_tablespace s WHERE s.oid = "
	"c.reltablespace), " COMMENT(RT_PG_CLASS, "c.oid")
	" FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
	"JOIN pg_namespace n ON n.oid = c.relnamespace "
	"WHERE NOT c.relispartition AND NOT EXISTS (SELECT FROM pg_constraint "
	"k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x')) AND "
	USERS_SCHEMA;

static const char statistics[] =
	"SELECT 'statistics', " RT_PG_STATISTICS ", s.oid, NULL, s.stxname, "
	RT_PG_CLASS ", s.stxrelid, "
	"CASE WHEN s.stxnamespace <> c.relnamespace THEN "
	"quote_ident(n.nspname) END, "
	BEHIND("pg_get_statisticsobjdef(s.oid)",
	       "'CREATE STATISTICS %I.%I ', n.nspname, s.stxname") ", "
	COMMENT(RT_PG_STATISTICS, "s.oid")
	" FROM pg_statistic_ext s JOIN pg_class c ON c.oid = s.stxrelid "
	"JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE " USERS_SCHEMA
	"AND " NO_MEMBER(RT_PG_STATISTICS, "s.oid");

/* DEFERRABLE is there for constraint triggers alone. */
static const char triggers[] =
	"SELECT 'trigger', " RT_PG_TRIGGER ", t.oid, NULL, t.tgname, "
	RT_PG_CLASS ", t.tgrelid, "
	BEHIND("pg_get_triggerdef(t.oid, true)",
	       "'CREATE %sTRIGGER %I ', CASE WHEN t.tgconstraint <> 0 THEN "
	       "'CONSTRAINT ' END, t.tgname") ", "
	"CASE WHEN t.tgconstraint = 0 THEN NULL WHEN t.tginitdeferred THEN "
	"'deferrable initially deferred' WHEN t.tgdeferrable THEN 'deferrable' "
	"ELSE 'not deferrable' END, "
	"CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' "
	"WHEN 'A' THEN 'always' END, " COMMENT(RT_PG_TRIGGER, "t.oid")
	" FROM pg_trigger t WHERE NOT t.tgisinternal"
	"@13{ AND t.tgparentid = 0}{} AND " NO_MEMBER(RT_PG_TRIGGER, "t.oid");

static const char rules[] =
	"SELECT 'rule', " RT_PG_REWRITE ", w.oid, NULL, w.rulename, "
	RT_PG_CLASS ", w.ev_class, rtrim("
	BEHIND("pg_get_ruledef(w.oid, true)", "'CREATE RULE %I ', w.rulename")
	", ';'), CASE w.ev_enabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN "
	"'replica' WHEN 'A' THEN 'always' END, "
	COMMENT(RT_PG_REWRITE, "w.oid")
	" FROM pg_rewrite w WHERE w.rulename <> '_RETURN' AND w.oid >= 16384";

static const char policies[] =
	"SELECT 'policy', " RT_PG_POLICY ", p.oid, NULL, p.polname, "
	RT_PG_CLASS ", p.polrelid, concat_ws(' ', "
	"CASE WHEN NOT p.polpermissive THEN 'AS RESTRICTIVE' END, "
	"CASE p.polcmd WHEN 'r' THEN 'FOR SELECT' WHEN 'a' THEN 'FOR INSERT' "
	"WHEN 'w' THEN 'FOR UPDATE' WHEN 'd' THEN 'FOR DELETE' END, "
	"'TO ' || (SELECT string_agg(CASE WHEN r.o = 0 THEN 'PUBLIC' ELSE "
	"quote_ident(pg_get_userbyid(r.o)) END, ', ' ORDER BY "
	"pg_get_userbyid(r.o)) FROM unnest(p.polroles) r(o) WHERE p.polroles "
	"<> '{0}'), "
	"'USING (' || pg_get_expr(p.polqual, p.polrelid, true) || ')', "
	"'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid, true) || "
	"')'), " COMMENT(RT_PG_POLICY, "p.oid") " FROM pg_policy p";

LIST(policy, PROPERTY(DEFINITION), PROPERTY(COMMENT));
LIST(relation, PROPERTY(TYPE), PROPERTY(DEFINITION), PROPERTY(UNLOGGED),
     PROPERTY(PARTITION_BY), PROPERTY(PARTITION_OF), PROPERTY(BOUND),
     PROPERTY(INHERITS), PROPERTY(OPTIONS), PROPERTY(ACCESS_METHOD),
     PROPERTY(TABLESPACE), PROPERTY(REPLICA_IDENTITY), PROPERTY(ROW_SECURITY),
     PROPERTY(COMMENT));
LIST(column, PROPERTY(GENERATED), PROPERTY(STORED), PROPERTY(COLLATION),
     PROPERTY(STORAGE), PROPERTY(COMPRESSION), PROPERTY(OPTIONS),
     PROPERTY(COMMENT));
LIST(constraint, PROPERTY(DEFINITION), PROPERTY(NOT_VALID),
     PROPERTY(DEFERRABLE), PROPERTY(REFERENCES), PROPERTY(OPTIONS),
     PROPERTY(TABLESPACE), PROPERTY(COMMENT));
LIST(index, PROPERTY(DEFINITION), PROPERTY(UNIQUE), PROPERTY(INVALID),
     PROPERTY(TABLESPACE), PROPERTY(COMMENT));
LIST(statistics, PROPERTY(OPTIONS), PROPERTY(DEFINITION), PROPERTY(COMMENT));
LIST(trigger, PROPERTY(DEFINITION), PROPERTY(DEFERRABLE), PROPERTY(ENABLED),
     PROPERTY(COMMENT));
LIST(rule, PROPERTY(DEFINITION), PROPERTY(ENABLED), PROPERTY(COMMENT));

const rt_pg_catalog rt_pg_tables[] = {
	ROWS(relations, rt_pg_row_relation, 7, relation),
	{ aliases, rt_pg_row_alias, 6, NULL, 0 },
	ROWS(columns, rt_pg_row_column, 8, column),
	{ defaults, rt_pg_row_alias, 6, NULL, 0 },
	OBJECTS(constraints, constraint),
	{ constraint_indexes, rt_pg_row_alias, 6, NULL, 0 },
	OBJECTS(indexes, index),
	OBJECTS(statistics, statistics),
	OBJECTS(triggers, trigger),
	OBJECTS(rules, rule),
	OBJECTS(policies, policy),
	END,
};
