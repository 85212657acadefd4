# SPDX-License-Identifier: MIT
"""Pairs of schemas that autogenerate once stumbled over: up and down, with
rows that must come through."""

import os
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import tap  # noqa: E402

RETORT = os.environ.get("RETORT", "./retort")
env = {k: v for k, v in os.environ.items() if not k.startswith("RETORT_")}

# What is tried; the schema before, its rows, the schema after; what is asked
# up there and back down here, and both answers.
SQLITE = [
    ("a renamed table whose name wants quotes",
     'CREATE TABLE "a b" ("c d" integer);',
     'INSERT INTO "a b" VALUES (7)',
     '-- retort:renamed from="a b"\nCREATE TABLE "x y" (\n'
     '"x" integer -- retort:renamed from="c d"\n);',
     'SELECT x FROM "x y"', 'SELECT "c d" FROM "a b"', "7", "7"),
    ("an old name that something new takes",
     "CREATE TABLE t (a text); CREATE TABLE o (x integer);",
     "INSERT INTO t VALUES ('x'); INSERT INTO o VALUES (5)",
     "CREATE TABLE t (\n-- retort:renamed from=a\nb text,\na integer);"
     "-- retort:renamed from=o\nCREATE TABLE p (x integer);"
     "CREATE TABLE o (y integer);",
     "SELECT b, a, (SELECT x FROM p) FROM t",
     "SELECT a, (SELECT x FROM o) FROM t", "x|None|5", "x|5"),
    ("a column goes below a view of a view that changes",
     "CREATE TABLE t (a integer, b integer, c integer);"
     "CREATE VIEW v AS SELECT a, b FROM t;"
     "CREATE VIEW w AS SELECT * FROM v;"
     "CREATE TRIGGER io INSTEAD OF DELETE ON w BEGIN SELECT 1; END;",
     "INSERT INTO t VALUES (1, 2, 3)",
     "CREATE TABLE t (a integer, b integer);"
     "CREATE VIEW v AS SELECT b, a FROM t;"
     "CREATE VIEW w AS SELECT * FROM v;"
     "CREATE TRIGGER io INSTEAD OF DELETE ON w BEGIN SELECT 1; END;",
     "SELECT * FROM w", "SELECT * FROM w", "2|1", "1|2"),
    ("a renamed column that is seen through two views, unquoted",
     "CREATE TABLE t (id integer, b integer);"
     "CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT id FROM v;",
     "INSERT INTO t VALUES (1, 2)",
     "CREATE TABLE t (\nn integer, -- retort:renamed from=id\nb integer);"
     "CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT n FROM v;",
     "SELECT n FROM w", "SELECT id FROM w", "1", "1"),
    ("a renamed column that is seen through two views, quoted",
     'CREATE TABLE t ("id" integer, b integer);'
     'CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT "id" FROM v;'
     "CREATE TRIGGER io INSTEAD OF DELETE ON v BEGIN SELECT OLD.id; END;",
     "INSERT INTO t VALUES (1, 2)",
     "CREATE TABLE t (\nn integer, -- retort:renamed from=id\nb integer);"
     'CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT "n" FROM v;'
     "CREATE TRIGGER io INSTEAD OF DELETE ON v BEGIN SELECT OLD.n; END;",
     "SELECT n FROM w", "SELECT id FROM w", "1", "1"),
]


def write(root, name, text):
    with open(os.path.join(root, name), "w", encoding="utf-8") as f:
        f.write(text)


def lines(rows):
    return "\n".join("|".join(map(str, r)) for r in rows)


def sqlite_sql(url, sql):
    db = sqlite3.connect(url[len("sqlite:///"):])
    try:
        with db:
            if not sql.startswith("SELECT"):
                return db.executescript(sql) and ""
            return lines(db.execute(sql).fetchall())
    finally:
        db.close()


def try_pair(root, url, execute, pair):
    what, before, rows, after, up, down, there, here = pair
    log = []

    def retort(*words):
        p = subprocess.run([RETORT, "--url", url, *words], cwd=root, env=env,
                           stdin=subprocess.DEVNULL, capture_output=True,
                           text=True)
        log.append((words, p.returncode, p.stdout, p.stderr))
        return p.returncode == 0

    def turn(name, schema):
        write(root, "schema.sql", schema)
        return retort("revision", "--autogenerate", "-m", name, "--rev-id",
                      name) and retort("upgrade", "head") and retort("check")

    write(root, "retort.ini", "[retort]\nschema = %(here)s/schema.sql\n")
    os.mkdir(os.path.join(root, "migrations"))
    ok = turn("before", before)
    if ok:
        execute(url, rows)
        ok = turn("after", after)
    if ok:
        tap.equal(execute(url, up), there, what + ": rows, up")
        write(root, "schema.sql", before)
        ok = retort("downgrade", "before") and retort("check")
    if ok:
        tap.equal(execute(url, down), here, what + ": rows, down")
    tap.ok(ok, what, *log)


def sqlite_part():
    for pair in SQLITE:
        with tempfile.TemporaryDirectory() as root:
            try_pair(root, "sqlite:///" + os.path.join(root, "x.db"),
                     sqlite_sql, pair)


sqlite_part()
tap.done()
