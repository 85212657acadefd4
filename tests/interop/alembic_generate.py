# SPDX-License-Identifier: MIT
"""`revision --autogenerate` in a project of Alembic: what it writes does the
same under Alembic and under retort, up and down."""

import os
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests",
                                "support"))

import tap  # noqa: E402
from alembic_pair import Project  # noqa: E402
from cluster import Cluster, NoServer  # noqa: E402

# Text that Python, SQLAlchemy's text() and the drivers might change.
HARD = (r"""50% %s %(x)s %% :name ::x a:b \:c \\ \n """
        r'''""" " größe 日本 {x} ${y} E\'x''').replace("\\'", "''")

SQLITE = [
    """CREATE TABLE parent (id integer PRIMARY KEY, name text);
CREATE TABLE child (id integer PRIMARY KEY,
  parent integer REFERENCES parent (id) ON DELETE CASCADE);
CREATE TABLE aa (id integer PRIMARY KEY, x text);
""",
    f"""CREATE TABLE parent (id integer PRIMARY KEY, name text);
CREATE TABLE child (id integer PRIMARY KEY,
  parent integer REFERENCES parent (id) ON DELETE CASCADE);
CREATE TABLE aa (id integer PRIMARY KEY, x text);
CREATE TABLE hard (a text DEFAULT '{HARD}', b text DEFAULT ':b',
  CHECK (a NOT LIKE '%\\:c%'));
CREATE VIEW v AS SELECT '{HARD}' AS x, name FROM parent
  WHERE name <> ':y' AND name NOT LIKE '%z';
CREATE TRIGGER t AFTER INSERT ON child BEGIN
  UPDATE parent SET name = ':x; %' || new.id WHERE id = new.parent;
  DELETE FROM child WHERE id < 0;
END;
""",
    # two tables are made anew, with constraints that ALTER TABLE cannot add;
    # the rows of the first begin a transaction
    f"""CREATE TABLE aa (id integer PRIMARY KEY, x text CHECK (x <> 'y'));
CREATE TABLE parent (id integer PRIMARY KEY,
  name text NOT NULL DEFAULT '?' CHECK (name <> ':never'));
CREATE TABLE child (id integer PRIMARY KEY,
  parent integer REFERENCES parent (id) ON DELETE CASCADE);
CREATE TABLE hard (a text DEFAULT '{HARD}', b text DEFAULT ':b',
  CHECK (a NOT LIKE '%\\:c%'));
""",
]

LONG = "\n".join(f"  -- line {i}: 100% of ':x' and \\\\ \"\"\"\n"
                 f"  n := n + {i};" for i in range(200))

POSTGRESQL = [
    """CREATE TABLE parent (id integer PRIMARY KEY, name text);
CREATE TABLE child (id integer PRIMARY KEY,
  parent integer REFERENCES parent (id) ON DELETE CASCADE);
CREATE TYPE mood AS ENUM ('ok', 'so:so');
""",
    f"""CREATE TABLE parent (id integer PRIMARY KEY, name text);
CREATE TABLE child (id integer PRIMARY KEY,
  parent integer REFERENCES parent (id) ON DELETE CASCADE);
CREATE TYPE mood AS ENUM ('ok', 'so:so');
CREATE TABLE hard (a text DEFAULT '{HARD}',
  b text DEFAULT E'\\:x\\n'::text, c text[] DEFAULT ARRAY[':a'::text],
  CHECK (a !~ '%[[:digit:]]\\:c:'));
COMMENT ON TABLE hard IS '{HARD}';
CREATE VIEW v AS SELECT '{HARD}'::text AS x, name FROM parent
  WHERE name <> ':y' AND name NOT LIKE '%z';
CREATE FUNCTION f(n integer) RETURNS integer LANGUAGE plpgsql AS $body$
BEGIN
  IF n % 2 = 0 THEN n := n::bigint; END IF;
  EXECUTE 'SELECT $$:x$$';
{LONG}
  RETURN n;
END $body$;
""",
    f"""CREATE TABLE parent (id bigint PRIMARY KEY, name text NOT NULL
  DEFAULT '?');
CREATE TABLE child (id integer PRIMARY KEY,
  parent integer REFERENCES parent (id) ON DELETE CASCADE);
CREATE INDEX child_parent ON child (parent);
CREATE TYPE mood AS ENUM ('ok', 'so:so', '100%:x');
CREATE TABLE hard (a text DEFAULT '{HARD}',
  b text DEFAULT E'\\:x\\n'::text, c text[] DEFAULT ARRAY[':a'::text],
  CHECK (a !~ '%[[:digit:]]\\:c:'));
COMMENT ON TABLE hard IS '{HARD}';
""",
]

ROWS = ["INSERT INTO parent (id, name) VALUES (1, 'p')",
        "INSERT INTO child (id, parent) VALUES (1, 1), (2, 1)"]


class Sqlite:
    name = "sqlite"
    schemas = SQLITE
    ini = ""
    url = "sqlite:///%(here)s/dev.db"

    def begin(self, project):
        path = project.path("dev.db")
        if os.path.exists(path):
            os.unlink(path)

    def run(self, project, *sql):
        db = sqlite3.connect(project.path("dev.db"))
        with db:
            found = [db.execute(one).fetchall() for one in sql]
        db.close()
        return found[-1]

    def schema(self, project):
        return self.run(project, "SELECT type, name, tbl_name, sql FROM "
                                 "sqlite_master WHERE name NOT LIKE "
                                 "'alembic%' ORDER BY 1, 2")


class Enforced(Sqlite):
    """An env.py that turns the checks of foreign keys on, as applications
    do: there DROP TABLE deletes what refers to the table."""
    name = "sqlite with foreign keys"
    ini = "enforce = yes\n\n[retort]\n"


class Postgresql:
    name = "postgresql"
    schemas = POSTGRESQL

    def __init__(self, cluster):
        self.cluster = cluster
        self.url = cluster.create("generate")
        self.ini = "\n[retort]\nscratch_url = " + \
            cluster.url.replace("%", "%%") + "\n"

    def begin(self, project):
        self.cluster.create("generate")

    def run(self, project, *sql):
        done = subprocess.run(
            ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-d", self.url] +
            [word for one in sql for word in ("-c", one)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return [tuple(int(x) if x.isdigit() else x
                      for x in line.split("|"))
                for line in done.stdout.splitlines()]

    def schema(self, project):
        done = subprocess.run(
            ["pg_dump", "--schema-only", "--no-owner", "-N", "retort",
             "-T", "alembic_version", "-d", self.url], check=True,
            stdout=subprocess.PIPE, text=True)
        return [line for line in done.stdout.splitlines()
                if not line.startswith(("--", "\\"))]


def write_all(engine, project, template=""):
    """A revision for each schema; the SQL in them is proved by retort."""
    for i, schema in enumerate(engine.schemas):
        project.write("schema.sql", schema)
        rc, out, err = project.retort("revision", "--autogenerate", "-m",
                                      f"step {i}", *more_of(i))
        tap.ok(rc == 0, f"{engine.name}: revision {i} is written", err)
        files = [os.path.join(project.folder, line)
                 for line in out.splitlines()]
        compile(open(files[-1], encoding="utf-8").read(), files[-1], "exec")
    return project.retort("history")[1]


def more_of(i):
    return ("--online",) if i == 2 else ()


def states(engine, project, run):
    """The schemas on the way up and down, and the rows of the child."""
    engine.begin(project)
    ids = [line.split(" -> ")[1].split(" ")[0].rstrip(",")
           for line in reversed(project.retort("history")[1].splitlines())]
    found = []
    for i, id in enumerate(ids + ids[-2::-1]):
        verb = "upgrade" if i < len(ids) else "downgrade"
        result = run(verb, id)
        if result[0] != 0:
            return [f"{verb} {id}: {result}"]
        if i == 0:
            engine.run(project, *ROWS)
        found.append(engine.schema(project))
        found.append(engine.run(
            project, "SELECT id, parent FROM child ORDER BY id"))
    result = run("downgrade", "base")
    found.append(engine.schema(project))
    return found


def check(engine):
    with tempfile.TemporaryDirectory() as top:
        ini = engine.ini or "\n[retort]\n"
        project = Project(os.path.join(top, "p"), None,
                          ini + "schema = %(here)s/schema.sql\n", engine.url)
        write_all(engine, project)
        ours = states(engine, project, project.retort)
        theirs = states(engine, project, project.alembic)
        for i, (a, b) in enumerate(zip(ours, theirs)):
            tap.ok(a == b, f"{engine.name}: state {i} is the same",
                   *(f"retort:  {x}" for x in a if x not in b),
                   *(f"Alembic: {x}" for x in b if x not in a))
        tap.equal((len(ours), len(theirs)),
                  (len(ours), max(len(ours), 9)),
                  f"{engine.name}: all revisions ran")
        rows = [state for state in theirs if state == [(1, 1), (2, 1)]]
        tap.ok(len(rows) >= 5, f"{engine.name}: the child's rows stay",
               theirs)
        rc, out, err = project.retort("upgrade", "heads")
        rc, out, err = project.retort("check")
        tap.ok(rc == 0, f"{engine.name}: check after upgrade", out, err)
        return project


def check_begun():
    """An env.py that has begun a transaction: it fails, and keeps rows."""
    engine = Enforced()
    with tempfile.TemporaryDirectory() as top:
        project = Project(os.path.join(top, "p"), None, engine.ini +
                          "schema = %(here)s/schema.sql\n", engine.url)
        write_all(engine, project)
        project.alembic("upgrade", "head-1")
        engine.run(project, *ROWS)
        project.write("mig/env.py", project.read("mig/env.py").replace(
            b"engine.connect() as connection:\n",
            b"engine.begin() as connection:\n"
            b"        connection.exec_driver_sql("
            b"\"INSERT INTO aa VALUES (9, 'x')\")\n"))
        rc, out = project.alembic("upgrade", "head")
        tap.ok(rc == 1 and "integer overflow" in out and
               "DROP TABLE would delete rows" in out,
               "a transaction that env.py began: refused", rc, out)
        tap.equal(engine.run(project, "SELECT id FROM child"), [(1,), (2,)],
                  "a transaction that env.py began: the rows stay")


check(Sqlite())
check(Enforced())
check_begun()
with tempfile.TemporaryDirectory() as top:
    try:
        with Cluster(top) as cluster:
            check(Postgresql(cluster))
    except NoServer as why:
        tap.skip("PostgreSQL", why)
tap.done()
