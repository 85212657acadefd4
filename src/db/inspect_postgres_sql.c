/* SPDX-License-Identifier: MIT */
/*
 * Reading PostgreSQL's catalog: the queries.
 *
 * Source: chapter "System Catalogs" of the PostgreSQL manuals 12 to 18.
 */
#include "config.h"

#include "db/inspect_postgres.h"

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

static const char schemas[] =
	"SELECT 'schema', " RT_PG_NAMESPACE ", n.oid, NULL, n.nspname, NULL, "
	"NULL, " COMMENT(RT_PG_NAMESPACE, "n.oid") " FROM pg_namespace n "
	"WHERE " USERS_SCHEMA "AND n.nspname <> 'public' AND "
	NO_MEMBER(RT_PG_NAMESPACE, "n.oid")
	/* the journal's own */
	"AND NOT (n.nspname = 'retort' AND EXISTS (SELECT FROM pg_class c "
	"WHERE c.relnamespace = n.oid AND c.relname = 'retort_journal') AND "
	"NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND "
	"c.relname !~ '^retort_journal'))";

static const char extensions[] =
	"SELECT 'extension', " RT_PG_EXTENSION ", e.oid, NULL, e.extname, "
	"NULL, NULL, CASE WHEN n.nspname !~ '^(public|pg_catalog)$' AND NOT "
	"EXISTS (SELECT FROM pg_depend d WHERE d.classid = " RT_PG_NAMESPACE
	" AND d.objid = n.oid AND d.refobjid = e.oid AND d.deptype = 'e') "
	"THEN 'SCHEMA ' || quote_ident(n.nspname) END, e.extversion, "
	/* a comment that differs from the one it came with */
	"(SELECT m.description FROM pg_description m WHERE m.classoid = "
	RT_PG_EXTENSION " AND m.objoid = e.oid AND m.description IS DISTINCT "
	"FROM (SELECT a.comment FROM pg_available_extension_versions a WHERE "
	"a.name = e.extname AND a.version = e.extversion)) "
	"FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
	"WHERE e.extname <> 'plpgsql'";

static const char collations[] =
	"SELECT 'collation', " RT_PG_COLLATION ", c.oid, n.nspname, "
	"c.collname, NULL, NULL, '(' || concat_ws(', ', "
	"'PROVIDER = ' || CASE c.collprovider WHEN 'i' THEN 'icu' "
	"WHEN 'b' THEN 'builtin' ELSE 'libc' END, "
	"CASE WHEN c.collprovider IN ('i', 'b') THEN 'LOCALE = ' || "
	"quote_literal(@17{c.colllocale}{@15{c.colliculocale}{c.collcollate}}) "
	"WHEN c.collcollate = c.collctype THEN 'LOCALE = ' || "
	"quote_literal(c.collcollate) ELSE 'LC_COLLATE = ' || "
	"quote_literal(c.collcollate) || ', LC_CTYPE = ' || "
	"quote_literal(c.collctype) END, "
	"CASE WHEN NOT c.collisdeterministic THEN 'DETERMINISTIC = false' END"
	"@16{, 'RULES = ' || quote_literal(c.collicurules)}{}) || ')', "
	COMMENT(RT_PG_COLLATION, "c.oid")
	" FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace "
	"WHERE " USERS_SCHEMA "AND " NO_MEMBER(RT_PG_COLLATION, "c.oid");

static const char types[] =
	"SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' "
	"WHEN 'c' THEN 'composite type' ELSE 'range type' END, " RT_PG_TYPE
	", t.oid, n.nspname, t.typname, NULL, NULL, "
	"CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) "
	"END, CASE WHEN t.typnotnull THEN 'yes' END, "
	"CASE WHEN t.typtype = 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, "
	"0, true), quote_literal(t.typdefault)) END, "
	"CASE WHEN t.typtype = 'd' AND t.typcollation <> (SELECT "
	"b.typcollation FROM pg_type b WHERE b.oid = t.typbasetype) THEN "
	COLLATION_NAME("t.typcollation") " END, "
	"CASE t.typtype WHEN 'r' THEN (SELECT '(' || concat_ws(', ', "
	"'SUBTYPE = ' || format_type(g.rngsubtype, NULL), "
	"(SELECT 'SUBTYPE_OPCLASS = ' || CASE WHEN oc.opcnamespace = "
	"'pg_catalog'::regnamespace THEN '' ELSE oc.opcnamespace::regnamespace "
	"|| '.' END || quote_ident(oc.opcname) FROM pg_opclass oc WHERE oc.oid "
	"= g.rngsubopc AND NOT oc.opcdefault), "
	"(SELECT 'COLLATION = ' || " COLLATION_NAME("g.rngcollation")
	" FROM pg_type s WHERE s.oid = g.rngsubtype AND s.typcollation <> "
	"g.rngcollation), "
	"'CANONICAL = ' || nullif(g.rngcanonical, 0)::regproc, "
	"'SUBTYPE_DIFF = ' || nullif(g.rngsubdiff, 0)::regproc"
	"@14{, (SELECT 'MULTIRANGE_TYPE_NAME = ' || quote_ident(m.typname) "
	"FROM pg_type m WHERE m.oid = g.rngmultitypid AND m.typname <> CASE "
	"WHEN t.typname ~ 'range' THEN regexp_replace(t.typname, 'range', "
	"'multirange') ELSE t.typname || '_multirange' END)}{}) || ')' "
	"FROM pg_range g WHERE g.rngtypid = t.oid) END, "
	"CASE t.typtype WHEN 'e' THEN (SELECT string_agg(quote_literal("
	"e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE "
	"e.enumtypid = t.oid) END, " COMMENT(RT_PG_TYPE, "t.oid")
	" FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
	"WHERE " USERS_SCHEMA "AND (t.typtype IN ('e', 'd', 'r') OR "
	"t.typtype = 'c' AND EXISTS (SELECT FROM pg_class c WHERE c.oid = "
	"t.typrelid AND c.relkind = 'c')) AND " NO_MEMBER(RT_PG_TYPE, "t.oid");

/* Options are in the words of CREATE SEQUENCE, where they are not what it
 * would choose itself. */
static const char sequences[] =
	"SELECT c.oid, n.nspname, c.relname, format_type(s.seqtypid, NULL), "
	"concat_ws(' ', "
	"CASE WHEN s.seqincrement <> 1 THEN 'INCREMENT BY ' || s.seqincrement "
	"END, CASE WHEN s.seqmin <> u.lowest THEN 'MINVALUE ' || s.seqmin END, "
	"CASE WHEN s.seqmax <> u.highest THEN 'MAXVALUE ' || s.seqmax END, "
	"CASE WHEN s.seqstart <> CASE WHEN s.seqincrement > 0 THEN s.seqmin "
	"ELSE s.seqmax END THEN 'START WITH ' || s.seqstart END, "
	"CASE WHEN s.seqcache <> 1 THEN 'CACHE ' || s.seqcache END, "
	"CASE WHEN s.seqcycle THEN 'CYCLE' END), "
	"CASE c.relpersistence WHEN 'u' THEN 'yes' END, "
	"format('nextval(%L::regclass)', c.oid::regclass::text), "
	COMMENT(RT_PG_CLASS, "c.oid") ", d.refobjid, d.refobjsubid "
	"FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
	"JOIN pg_sequence s ON s.seqrelid = c.oid "
	"CROSS JOIN LATERAL (SELECT CASE WHEN s.seqincrement > 0 THEN 1 WHEN "
	"s.seqtypid = 'smallint'::regtype THEN -32768 WHEN s.seqtypid = "
	"'integer'::regtype THEN -2147483648 ELSE -9223372036854775808 END, "
	"CASE WHEN s.seqincrement < 0 THEN -1 WHEN s.seqtypid = "
	"'smallint'::regtype THEN 32767 WHEN s.seqtypid = 'integer'::regtype "
	"THEN 2147483647 ELSE 9223372036854775807 END) u(lowest, highest) "
	"LEFT JOIN pg_depend d ON d.classid = " RT_PG_CLASS " AND d.objid = "
	"c.oid AND d.objsubid = 0 AND d.refclassid = " RT_PG_CLASS " AND "
	"d.deptype IN ('a', 'i') AND d.refobjsubid > 0 "
	"WHERE " USERS_SCHEMA "AND " NO_MEMBER(RT_PG_CLASS, "c.oid")
	"ORDER BY c.oid";

static const char functions[] =
	"SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN "
	"'aggregate' ELSE 'function' END, " RT_PG_PROC ", p.oid, n.nspname, "
	"p.proname || '(' || CASE WHEN p.prokind <> 'a' THEN "
	"oidvectortypes(p.proargtypes) WHEN p.pronargs = 0 THEN '*' ELSE "
	"pg_get_function_identity_arguments(p.oid) END || ')', NULL, NULL, "
	"pg_get_function_result(p.oid), "
	"CASE WHEN p.prokind <> 'a' THEN rtrim("
	BEHIND("pg_get_functiondef(p.oid)",
	       "'CREATE OR REPLACE %s %I.%I', CASE p.prokind WHEN 'p' THEN "
	       "'PROCEDURE' ELSE 'FUNCTION' END, n.nspname, p.proname")
	", E'\\n') ELSE (SELECT '(' || CASE WHEN p.pronargs = 0 THEN '*' ELSE "
	"pg_get_function_arguments(p.oid) END || ') (' || concat_ws(', ', "
	"'SFUNC = ' || a.aggtransfn, "
	"'STYPE = ' || format_type(a.aggtranstype, NULL), "
	"'SSPACE = ' || nullif(a.aggtransspace, 0), "
	"'FINALFUNC = ' || nullif(a.aggfinalfn, 0)::regproc, "
	"CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END, "
	"CASE WHEN a.aggfinalfn <> 0 AND a.aggfinalmodify <> CASE WHEN "
	"a.aggkind = 'n' THEN 'r'::\"char\" ELSE 'w' END THEN "
	"'FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN "
	"'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END, "
	"'COMBINEFUNC = ' || nullif(a.aggcombinefn, 0)::regproc, "
	"'SERIALFUNC = ' || nullif(a.aggserialfn, 0)::regproc, "
	"'DESERIALFUNC = ' || nullif(a.aggdeserialfn, 0)::regproc, "
	"'INITCOND = ' || quote_literal(a.agginitval), "
	"'MSFUNC = ' || nullif(a.aggmtransfn, 0)::regproc, "
	"'MINVFUNC = ' || nullif(a.aggminvtransfn, 0)::regproc, "
	"'MSTYPE = ' || format_type(nullif(a.aggmtranstype, 0), NULL), "
	"'MSSPACE = ' || nullif(a.aggmtransspace, 0), "
	"'MFINALFUNC = ' || nullif(a.aggmfinalfn, 0)::regproc, "
	"CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END, "
	"CASE WHEN a.aggmfinalfn <> 0 AND a.aggmfinalmodify <> CASE WHEN "
	"a.aggkind = 'n' THEN 'r'::\"char\" ELSE 'w' END THEN "
	"'MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify WHEN 'r' THEN "
	"'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END, "
	"'MINITCOND = ' || quote_literal(a.aggminitval), "
	"(SELECT 'SORTOP = OPERATOR(' || quote_ident(z.nspname) || '.' || "
	"o.oprname || ')' FROM pg_operator o JOIN pg_namespace z ON z.oid = "
	"o.oprnamespace WHERE o.oid = a.aggsortop), "
	"CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN "
	"'PARALLEL = RESTRICTED' END, "
	"CASE a.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END) || ')' "
	"FROM pg_aggregate a WHERE a.aggfnoid = p.oid) END, "
	COMMENT(RT_PG_PROC, "p.oid")
	" FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
	"WHERE " USERS_SCHEMA "AND " NO_MEMBER(RT_PG_PROC, "p.oid")
	/* the constructors that come with a range type */
	"AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = " RT_PG_PROC
	" AND i.objid = p.oid AND i.deptype = 'i' AND i.refclassid = "
	RT_PG_TYPE ")";

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

#define PROPERTY(name) RT_PROPERTY_##name
#define LIST(name, ...)                                                       \
	static const rt_property name##_properties[] = { __VA_ARGS__ }

LIST(schema, PROPERTY(COMMENT));
LIST(extension, PROPERTY(OPTIONS), PROPERTY(VERSION), PROPERTY(COMMENT));
LIST(text, PROPERTY(DEFINITION), PROPERTY(COMMENT));
LIST(type, PROPERTY(TYPE), PROPERTY(NOT_NULL), PROPERTY(DEFAULT),
     PROPERTY(COLLATION), PROPERTY(DEFINITION), PROPERTY(LABELS),
     PROPERTY(COMMENT));
LIST(function, PROPERTY(TYPE), PROPERTY(DEFINITION), PROPERTY(COMMENT));
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
LIST(switched, PROPERTY(DEFINITION), PROPERTY(ENABLED), PROPERTY(COMMENT));

#define ROWS(sql, row, columns, properties)                                   \
	{ sql, row, columns, properties##_properties,                         \
	  sizeof(properties##_properties) / sizeof(rt_property) }
#define OBJECTS(sql, properties)                                              \
	ROWS(sql, rt_pg_row_object, 7, properties)

const rt_pg_catalog rt_pg_catalogs[] = {
	OBJECTS(schemas, schema),
	OBJECTS(extensions, extension),
	OBJECTS(collations, text),
	OBJECTS(types, type),
	{ sequences, rt_pg_row_sequence, 10, NULL, 0 },
	OBJECTS(functions, function),
	ROWS(relations, rt_pg_row_relation, 7, relation),
	{ aliases, rt_pg_row_alias, 6, NULL, 0 },
	ROWS(columns, rt_pg_row_column, 8, column),
	{ defaults, rt_pg_row_alias, 6, NULL, 0 },
	OBJECTS(constraints, constraint),
	{ constraint_indexes, rt_pg_row_alias, 6, NULL, 0 },
	OBJECTS(indexes, index),
	OBJECTS(statistics, statistics),
	OBJECTS(triggers, trigger),
	OBJECTS(rules, switched),
	OBJECTS(policies, text),
	OBJECTS(event_triggers, switched),
	{ needs, rt_pg_row_need, 6, NULL, 0 },
	{ bodies, rt_pg_row_body, 3, NULL, 0 },
	{ ignored, rt_pg_row_ignored, 2, NULL, 0 },
	{ ignored_details, rt_pg_row_ignored, 2, NULL, 0 },
	{ NULL, NULL, 0, NULL, 0 },
};
