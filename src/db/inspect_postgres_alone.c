/* SPDX-License-Identifier: MIT */
/*
 * Reading PostgreSQL's catalog: what stands by itself.
 *
 * Source: chapter "System Catalogs" of the PostgreSQL manuals 12 to 18.
 */
#include "config.h"

#include "db/inspect_postgres_sql.h"

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

LIST(schema, PROPERTY(COMMENT));
LIST(extension, PROPERTY(OPTIONS), PROPERTY(VERSION), PROPERTY(COMMENT));
LIST(text, PROPERTY(DEFINITION), PROPERTY(COMMENT));
LIST(type, PROPERTY(TYPE), PROPERTY(NOT_NULL), PROPERTY(DEFAULT),
     PROPERTY(COLLATION), PROPERTY(DEFINITION), PROPERTY(LABELS),
     PROPERTY(COMMENT));
LIST(function, PROPERTY(TYPE), PROPERTY(DEFINITION), PROPERTY(COMMENT));

const rt_pg_catalog rt_pg_alone[] = {
	OBJECTS(schemas, schema),
	OBJECTS(extensions, extension),
	OBJECTS(collations, text),
	OBJECTS(types, type),
	{ sequences, rt_pg_row_sequence, 10, NULL, 0 },
	OBJECTS(functions, function),
	END,
};
