#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What Alembic's autogenerate is known to miss, a row each: `check` finds it,
or says of what kind it is that it does not compare.

The rows are doc/autogenerate.md, too; with RETORT_UPDATE_GOLDEN=1 it is
written anew.
"""

import os
import sys
import tempfile

sys.path.insert(
    0, os.path.join(os.environ["top_srcdir"], "tests", "support")
)

import tap
from cluster import Cluster, NoServer
from schemadiff import Postgresql, Sqlite, words

L, P = "sqlite", "postgresql"

T = "CREATE TABLE t (a integer NOT NULL, b text, c integer);"
FN = ("CREATE FUNCTION f() RETURNS %s LANGUAGE plpgsql AS "
      "$$ BEGIN %s END $$;")
TRIGGER_FN = FN % ("trigger", "RETURN NEW;")
LITE_TRIGGER = (T + "CREATE TRIGGER r AFTER INSERT ON t BEGIN "
                "UPDATE t SET c = %d; END;")
RANGED = "CREATE TABLE t (a integer, b text) PARTITION BY RANGE (a);"


def table(column, rest=""):
    return f"CREATE TABLE t (a integer, {column}){rest};"


def index(text):
    return T + f"CREATE INDEX i ON t {text};"


def pair(make, before, after):
    return make(before), make(after)


# what, engine, (before, after), what must be among the differences
ROWS = [
    ("a renamed table", L, (T, T.replace(" t ", " u ")),
     ["removed table t", "added table u"]),
    ("a renamed column", P, pair(table, "b text", "z text"),
     ["removed column t.b", "added column t.z"]),
    ("an unnamed unique constraint", L,
     pair(table, "b text", "b text UNIQUE"),
     ["added unique constraint t UNIQUE (b)"]),
    ("an unnamed check constraint", L,
     pair(table, "b text", "b text CHECK (b <> '')"),
     ["added check constraint t CHECK (b <> '')"]),
    ("an unnamed check constraint", P,
     pair(table, "b text", "b text CHECK (b <> '')"),
     ["added check constraint t.t_b_check"]),
    ("an unnamed foreign key", L,
     pair(table, "b int", "b int REFERENCES t (a)"),
     ["added foreign key t FOREIGN KEY (b) REFERENCES t (a)"]),
    ("a primary key that is new", P,
     pair(table, "b int", "b int PRIMARY KEY"), ["added primary key t.t_pkey"]),
    ("a primary key of other columns", P,
     pair(table, "b int, PRIMARY KEY (a)", "b int, PRIMARY KEY (a, b)"),
     ["changed primary key t.t_pkey definition"]),
    ("a primary key of other columns", L,
     pair(table, "b int, PRIMARY KEY (a)", "b int, PRIMARY KEY (a, b)"),
     ["removed primary key t PRIMARY KEY (a)",
      "added primary key t PRIMARY KEY (a, b)"]),
    ("a name of a foreign key", P,
     pair(table, "b int, UNIQUE (a), CONSTRAINT x FOREIGN KEY (b) REFERENCES "
          "t (a)", "b int, UNIQUE (a), CONSTRAINT y FOREIGN KEY (b) "
          "REFERENCES t (a)"),
     ["removed foreign key t.x", "added foreign key t.y"]),
    ("MATCH FULL", P,
     pair(table, "b int, UNIQUE (a), CONSTRAINT x FOREIGN KEY (b) REFERENCES "
          "t (a)", "b int, UNIQUE (a), CONSTRAINT x FOREIGN KEY (b) "
          "REFERENCES t (a) MATCH FULL"),
     ["changed foreign key t.x definition"]),
    ("an exclusion constraint", P,
     pair(table, "b int4range",
          "b int4range, CONSTRAINT x EXCLUDE USING gist (b WITH &&)"),
     ["added exclusion constraint t.x"]),
    ("NOT VALID", P,
     (table("b int, CONSTRAINT k CHECK (b > 0)"), table("b int")
      + "ALTER TABLE t ADD CONSTRAINT k CHECK (b > 0) NOT VALID;"),
     ["changed check constraint t.k not valid"]),
    ("a check constraint's text", P,
     pair(table, "b int, CONSTRAINT k CHECK (b > 0)",
          "b int, CONSTRAINT k CHECK (b > 1)"),
     ["changed check constraint t.k definition"]),
    ("a check constraint's text", L,
     pair(table, "b int, CONSTRAINT k CHECK (b > 0)",
          "b int, CONSTRAINT k CHECK (b > 1)"),
     ["changed check constraint t.k definition"]),
    ("a sequence", P, ("", "CREATE SEQUENCE s;"), ["added sequence s"]),
    ("a sequence's options", P,
     ("CREATE SEQUENCE s;", "CREATE SEQUENCE s INCREMENT 5 CACHE 9;"),
     ["changed sequence s sequence options"]),
    ("an enum", P, ("", "CREATE TYPE e AS ENUM ('a');"), ["added enum e"]),
    ("a value of an enum", P,
     ("CREATE TYPE e AS ENUM ('a');", "CREATE TYPE e AS ENUM ('a', 'b');"),
     ["changed enum e labels"]),
    ("a domain's check", P,
     ("CREATE DOMAIN d AS int CONSTRAINT k CHECK (VALUE > 0);",
      "CREATE DOMAIN d AS int CONSTRAINT k CHECK (VALUE > 1);"),
     ["changed check constraint d.k definition"]),
    ("a composite type", P, ("CREATE TYPE y AS (a int);",
                             "CREATE TYPE y AS (a int, b text);"),
     ["added column y.b"]),
    ("a view", L, (T, T + "CREATE VIEW v AS SELECT a FROM t;"),
     ["added view v"]),
    ("a view's query", L, (T + "CREATE VIEW v AS SELECT a FROM t;",
                           T + "CREATE VIEW v AS SELECT a, b FROM t;"),
     ["changed view v definition"]),
    ("a view's query", P, (T + "CREATE VIEW v AS SELECT a FROM t;",
                           T + "CREATE VIEW v AS SELECT a, b FROM t;"),
     ["changed view v definition"]),
    ("a materialized view", P,
     (T, T + "CREATE MATERIALIZED VIEW v AS SELECT a FROM t;"),
     ["added materialized view v"]),
    ("a function's body", P,
     (FN % ("int", "RETURN 1;"), FN % ("int", "RETURN 2;")),
     ["changed function f() definition"]),
    ("a procedure", P,
     ("", "CREATE PROCEDURE p() LANGUAGE sql AS $$ SELECT 1 $$;"),
     ["added procedure p()"]),
    ("an aggregate", P,
     ("", "CREATE AGGREGATE g(int) (SFUNC = int4pl, STYPE = int);"),
     ["added aggregate g(integer)"]),
    ("a trigger", P,
     (T + TRIGGER_FN, T + TRIGGER_FN + "CREATE TRIGGER r BEFORE INSERT ON t "
      "FOR EACH ROW EXECUTE FUNCTION f();"), ["added trigger t.r"]),
    ("a trigger's body", L, pair(LITE_TRIGGER.__mod__, 1, 2),
     ["changed trigger t.r definition"]),
    ("an event trigger", P,
     (FN % ("event_trigger", "NULL;"), FN % ("event_trigger", "NULL;")
      + "CREATE EVENT TRIGGER h ON ddl_command_end EXECUTE FUNCTION f();"),
     ["added event trigger h"]),
    ("a rule", P,
     (T, T + "CREATE RULE u AS ON DELETE TO t DO INSTEAD NOTHING;"),
     ["added rule t.u"]),
    ("a policy", P, (T, T + "CREATE POLICY o ON t USING (a > 0);"),
     ["added policy t.o"]),
    ("row security", P,
     (T, T + "ALTER TABLE t ENABLE ROW LEVEL SECURITY;"),
     ["changed table t row security"]),
    ("an extension", P, ("", "CREATE EXTENSION btree_gist;"),
     ["added extension btree_gist"]),
    ("statistics", P, (T, T + "CREATE STATISTICS x ON a, c FROM t;"),
     ["added statistics t.x"]),
    ("the order of columns", L,
     (table("b text"), "CREATE TABLE t (b text, a integer);"),
     ["moved table t columns"]),
    ("the order of columns", P,
     (table("b text"), "CREATE TABLE t (b text, a integer);"),
     ["moved table t columns"]),
    ("storage parameters", P, pair(lambda rest: table("b text", rest), "",
                                   " WITH (fillfactor = 70)"),
     ["changed table t options"]),
    ("a column's storage", P, (T, T + "ALTER TABLE t ALTER b SET STORAGE "
                               "EXTERNAL;"), ["changed column t.b storage"]),
    ("UNLOGGED", P, (T, T.replace("CREATE", "CREATE UNLOGGED")),
     ["changed table t unlogged"]),
    ("partitioning", P, (table("b text"), RANGED),
     ["changed table t partition by"]),
    ("a partition", P, (RANGED, RANGED + "CREATE TABLE t1 PARTITION OF t FOR "
                        "VALUES FROM (1) TO (9);"), ["added table t1"]),
    ("a partition's bounds", P,
     pair((RANGED + "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO "
           "(%d);").__mod__, 8, 9), ["changed table t1 bound"]),
    ("inheritance", P,
     (T + "CREATE TABLE k (a integer NOT NULL, b text, c integer);",
      T + "CREATE TABLE k () INHERITS (t);"), ["changed table k inherits"]),
    ("STRICT", L, pair(lambda rest: table("b text", rest), "", " STRICT"),
     ["changed table t strict"]),
    ("WITHOUT ROWID", L,
     pair(lambda rest: table("b text PRIMARY KEY NOT NULL", rest), "",
          " WITHOUT ROWID"), ["changed table t without rowid"]),
    ("AUTOINCREMENT", L,
     pair(table, "b integer PRIMARY KEY", "b integer PRIMARY KEY "
          "AUTOINCREMENT"), ["changed table t autoincrement"]),
    ("ON CONFLICT", L,
     pair(table, "b text, UNIQUE (b)", "b text, UNIQUE (b) ON CONFLICT "
          "IGNORE"), ["changed unique constraint t UNIQUE (b) on conflict"]),
    ("DEFERRABLE", L,
     pair(table, "b int REFERENCES t (a)",
          "b int REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED"),
     ["changed foreign key t FOREIGN KEY (b) REFERENCES t (a) deferrable"]),
    ("a virtual table", L,
     ("", "CREATE VIRTUAL TABLE f USING fts5(a);"), ["added virtual table f"]),
    ("collation", L, pair(table, "b text", "b text COLLATE NOCASE"),
     ["changed column t.b collation"]),
    ("collation", P, pair(table, "b text", 'b text COLLATE "C"'),
     ["changed column t.b collation"]),
    ("a GENERATED expression", L,
     pair(table, "b int GENERATED ALWAYS AS (a + 1)",
          "b int GENERATED ALWAYS AS (a + 2)"),
     ["changed column t.b generated"]),
    ("a GENERATED expression", P,
     pair(table, "b int GENERATED ALWAYS AS (a + 1) STORED",
          "b int GENERATED ALWAYS AS (a + 2) STORED"),
     ["changed column t.b generated"]),
    ("identity without compare_server_default", P,
     pair(table, "b int GENERATED ALWAYS AS IDENTITY",
          "b int GENERATED BY DEFAULT AS IDENTITY"),
     ["changed column t.b identity"]),
    ("options of an identity", P,
     pair(table, "b int GENERATED ALWAYS AS IDENTITY",
          "b int GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 3)"),
     ["changed column t.b sequence options"]),
    ("an index's WHERE", P, pair(index, "(a) WHERE b > ''",
                                 "(a) WHERE b > 'x'"),
     ["changed index t.i definition"]),
    ("an index's WHERE", L, pair(index, "(a) WHERE b > ''",
                                 "(a) WHERE b > 'x'"),
     ["changed index t.i definition"]),
    ("an index's INCLUDE", P, pair(index, "(a)", "(a) INCLUDE (b)"),
     ["changed index t.i definition"]),
    ("an index's USING", P, pair(index, "(a)", "USING hash (a)"),
     ["changed index t.i definition"]),
    ("an index's operator class", P,
     pair(index, "(b)", "(b text_pattern_ops)"),
     ["changed index t.i definition"]),
    ("an index's parameters", P,
     pair(index, "(a)", "(a) WITH (fillfactor = 50)"),
     ["changed index t.i definition"]),
    ("the sort order in an index", L, pair(index, "(a)", "(a DESC)"),
     ["changed index t.i definition"]),
    ("an index of an expression", L, (T, index("(lower(b))")),
     ["added index t.i"]),
    ("NULLS NOT DISTINCT", P,
     pair(table, "b text, CONSTRAINT u UNIQUE (b)",
          "b text, CONSTRAINT u UNIQUE NULLS NOT DISTINCT (b)"),
     ["changed unique constraint t.u definition"]),
    ("a schema", P, ("", "CREATE SCHEMA s;"), ["added schema s"]),
    ("a comment on a view", P,
     (T + "CREATE VIEW v AS SELECT a FROM t;",
      T + "CREATE VIEW v AS SELECT a FROM t; COMMENT ON VIEW v IS 'x';"),
     ["changed view v comment"]),
    ("a collation", P,
     ("", "CREATE COLLATION o (provider = libc, locale = 'C');"),
     ["added collation o"]),
    ("a range type", P, ("", "CREATE TYPE n AS RANGE (subtype = int);"),
     ["added range type n"]),
    ("replica identity", P, (T, T + "ALTER TABLE t REPLICA IDENTITY FULL;"),
     ["changed table t replica identity"]),
    ("privileges", P, (T, T + "GRANT SELECT ON t TO PUBLIC;"),
     ["not compared: 1 set of privileges"]),
    ("a publication", P, (T, T + "CREATE PUBLICATION q FOR TABLE t;"),
     ["not compared: 1 publication"]),
    ("a statistics target", P,
     (T, T + "ALTER TABLE t ALTER a SET STATISTICS 9;"),
     ["not compared: 1 statistics target"]),
    ("a cast", P,
     ("CREATE TYPE y AS (a int);", "CREATE TYPE y AS (a int); CREATE CAST "
      "(y AS text) WITH INOUT;"), ["not compared: 1 cast"]),
]


def said(result):
    return [words(d) for d in result["differences"]] + [
        f"not compared: {i['count']} {i['kind']}" for i in result["ignored"]]


def run(engine):
    for what, name, sides, want in ROWS:
        if name != engine.name:
            continue
        got = said(engine.compare(*sides))
        tap.ok(all(w in got for w in want), f"{name}: {what}: "
               + ", ".join(want), "said:", *got)


def cell(text):
    return text.replace("|", "\\|")


PAGE = """\
# What autogenerate finds that Alembic's does not

Alembic compares a program's metadata with what SQLAlchemy reflects; what
either has no word for, it misses.  `retort` compares two databases, both read
from their server's catalogs.  A row for each thing that Alembic 1.19 is known
not to see, and what `retort check` says of it.  `revision --autogenerate`
writes the SQL for it, up and down, or says that no statement does it; what is
marked *not compared* is named with its count in every result.

The rows are those of `tests/interop/alembic_misses.py`, which tries them all.

| what | SQLite | PostgreSQL |
| --- | --- | --- |
"""


def page():
    rows = {}
    for what, name, _, want in ROWS:
        rows.setdefault(what, {})[name] = "; ".join(want)
    return PAGE + "".join(
        f"| {cell(what)} | {cell(said.get(L, ''))} | {cell(said.get(P, ''))} "
        "|\n" for what, said in rows.items())


def check_page():
    path = os.path.join(os.environ["top_srcdir"], "doc", "autogenerate.md")
    if os.environ.get("RETORT_UPDATE_GOLDEN"):
        with open(path, "w", encoding="utf-8") as f:
            f.write(page())
    with open(path, encoding="utf-8") as f:
        tap.equal(f.read(), page(), "doc/autogenerate.md has these rows")


check_page()
with tempfile.TemporaryDirectory() as work:
    os.chmod(work, 0o755)
    run(Sqlite(work))
    try:
        with Cluster(os.path.join(work, "pg")) as server:
            run(Postgresql(work, server))
    except NoServer as why:
        tap.skip("PostgreSQL", str(why))
tap.done()
