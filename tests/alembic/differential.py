#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Alembic and our translation make the same of a migration.

Every file of tests/alembic/bodies is run twice, on SQLite and on PostgreSQL:
by Debian's Alembic, and as the SQL that we translate it to.  After upgrade()
and after downgrade() both databases must hold the same schema and rows; where
Alembic fails, we must fail, too.  Then the SQL itself is compared with what
Alembic prints offline, white space folded.

What bodies import stands in tests/alembic/modules.

A body may say `# only: sqlite` or `# only: postgresql`.  EXPLAINED lists, with
the reason, what differs from Debian's 1.8.1, because we write what 1.19 with
SQLAlchemy 2.0 does.
"""

import importlib.util
import io
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import warnings

top = os.environ["top_srcdir"]
sys.path.insert(0, os.path.join(top, "tests", "support"))

import tap
from cluster import Cluster, NoServer

try:
    import alembic
    import psycopg2
    import sqlalchemy
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.runtime.environment import EnvironmentContext
except ImportError as why:
    tap.skip_all(f"Debian's alembic is not installed: {why}")

warnings.simplefilter("ignore")
BODIES = os.path.join(top, "tests", "alembic", "bodies")
MODULES = os.path.join(top, "tests", "alembic", "modules")
sys.path.insert(0, MODULES)
sys.dont_write_bytecode = True
PY2SQL = os.path.join(
    os.environ["top_builddir"], "tests", "support", "py2sql"
)

# body: why Alembic 1.8.1 with SQLAlchemy 1.4 cannot be asked
NEWER = {
    "add_column_if": "if_not_exists= of add_column came with 1.16",
    "add_column_inline_fk": "inline_references= came with 1.17",
    "constraint_if_exists": "if_exists= of drop_constraint came with 1.15",
    "create_if_not_exists": "if_not_exists= came with 1.12",
    "create_types_ext": "CITEXT came with SQLAlchemy 2.0",
    "create_types_pg_v2": "multiranges came with SQLAlchemy 2.0",
    "create_types_v2": "Uuid and Double came with SQLAlchemy 2.0",
    "index_concurrently": "if_not_exists= came with 1.12",
    "index_pg": "if_exists= came with 1.12",
}

# (body, dialect): why the databases differ
EXPLAINED = {
    ("batch_rename", "postgresql"): "Alembic copies the table, which leaves "
    "its sequence with another name",
    ("batch_rename_then_use", "sqlite"): "Alembic does not find a column by "
    "the new name that it has in the same batch",
    ("create_defaults", "sqlite"): "1.4 writes expressions without "
    "parentheses",
}

# (body, dialect): why the text differs
TEXT = {
    "timestamps_mixin": "1.4 puts parentheses around constants",
    "alter_rename": "1.8.1 leaves the word COLUMN out",
    "create_defaults": "1.4 puts parentheses around constants",
    "alter_identity": "1.19 takes an existing default for granted",
    "bulk_json": "Alembic has no literal for JSON",
    "create_index_in_table": "Alembic writes the indexes of a table in any "
    "order",
    "execute_bind": "Alembic drops parameters offline",
    "execute_core": "1.4 has no literals for columns without type",
    "execute_core_more": "1.4 leaves parentheses out",
    "execute_dollar": "we leave out the semicolon at the end",
    "execute_multi_line": "we leave out the semicolon at the end",
    "execute_upsert": "1.4 leaves parameters in ON CONFLICT",
}


def load(path):
    spec = importlib.util.spec_from_file_location("body", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_alembic(engine, path, direction):
    """None, or the error."""
    begin = engine.begin if engine.name == "sqlite" else engine.connect
    try:
        with EnvironmentContext(Config(), None), begin() as connection:
            context = MigrationContext.configure(connection)
            with context.begin_transaction():
                with Operations.context(context):
                    getattr(load(path), direction)()
    except Exception as why:
        return f"{type(why).__name__}: {why}"
    return None


def offline(dialect, path, direction):
    out = io.StringIO()
    try:
        with EnvironmentContext(Config(), None, as_sql=True):
            context = MigrationContext.configure(
                dialect_name=dialect,
                dialect_opts={"paramstyle": "named"},
                opts={
                    "as_sql": True,
                    "output_buffer": out,
                    "literal_binds": True,
                },
            )
            with Operations.context(context):
                getattr(load(path), direction)()
    except Exception:
        return None
    return out.getvalue()


def ours(*args):
    return subprocess.run(
        [PY2SQL, "-r", MODULES, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )


# ---- what a database holds


def default(text):
    """A default of SQLite without the parentheses around it."""
    while text and text[0] == "(" and text[-1] == ")":
        text = text[1:-1]
    return text


def of_sqlite(path):
    db = sqlite3.connect(path)

    def ask(sql):
        return db.execute(sql).fetchall()

    out = {}
    for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'"
                       " AND name NOT LIKE 'sqlite_%'"):
        quoted = '"' + name.replace('"', '""') + '"'
        indexes = [
            (row[1] if row[3] == "c" else "", row[2], row[3], tuple(
                col[2:4] for col in ask(f"PRAGMA index_xinfo(\"{row[1]}\")")
            ))
            for row in ask(f"PRAGMA index_list({quoted})")
        ]
        sql = ask("SELECT sql FROM sqlite_master WHERE type = 'table'"
                  f" AND name = '{name}'")[0][0]
        columns = ask(f"PRAGMA table_xinfo({quoted})")
        names = sorted(column[1] for column in columns)
        out[name] = {
            "columns": sorted(
                (c[1], c[2], c[3], default(c[4]), bool(c[5]), c[6])
                for c in columns
            ),
            "indexes": sorted(indexes, key=repr),
            "keys": sorted(
                row[2:] for row in ask(f"PRAGMA foreign_key_list({quoted})")
            ),
            "checks": len(re.findall(r"\bCHECK\b", sql)),
            "auto": "AUTOINCREMENT" in sql,
            "rows": sorted(
                ask("SELECT %s FROM %s" % (
                    ", ".join('"%s"' % n.replace('"', '""') for n in names),
                    quoted,
                )), key=repr
            ),
        }
    db.close()
    return out


POSTGRES = """
SELECT n.nspname, c.relname, c.relkind, a.attname, a.attnum,
       format_type(a.atttypid, a.atttypmod), a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated,
       col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE n.nspname !~ '^pg_|^information' AND NOT attisdropped
;
SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid),
       convalidated
FROM pg_constraint WHERE conrelid <> 0
  AND conrelid::regclass::text !~ '^(pg_|information_)'
;
SELECT schemaname, indexname, indexdef FROM pg_indexes
WHERE schemaname !~ '^pg_'
;
SELECT n.nspname, typname, enumlabel, enumsortorder
FROM pg_enum JOIN pg_type t ON t.oid = enumtypid
JOIN pg_namespace n ON n.oid = typnamespace
;
SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'
"""


def of_postgres(url):
    db = psycopg2.connect(url)
    cursor = db.cursor()
    out = []
    for sql in POSTGRES.split("\n;\n"):
        cursor.execute(sql)
        out.append(sorted(cursor.fetchall(), key=repr))
    for schema, table in sorted({r[:2] for r in out[0] if r[2] == "r"}):
        cursor.execute(f'SELECT * FROM "{schema}"."{table}"')
        out.append((table, sorted(cursor.fetchall(), key=repr)))
    db.close()
    return out


def empty_postgres(url):
    db = psycopg2.connect(url)
    db.autocommit = True
    cursor = db.cursor()
    cursor.execute("DROP SCHEMA IF EXISTS s CASCADE;"
                   "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    db.close()


class Sqlite:
    name = "sqlite"

    def __init__(self, directory):
        self.paths = [os.path.join(directory, n) for n in ("a", "b")]

    def reset(self):
        for path in self.paths:
            if os.path.exists(path):
                os.unlink(path)

    def engine(self):
        return sqlalchemy.create_engine("sqlite:///" + self.paths[0])

    def url(self):
        return "sqlite:///" + self.paths[1]

    def snapshots(self):
        return [of_sqlite(path) for path in self.paths]


class Postgres:
    name = "postgresql"

    def __init__(self, cluster):
        self.urls = [cluster.create(n) for n in ("a", "b")]

    def reset(self):
        for url in self.urls:
            empty_postgres(url)

    def engine(self):
        return sqlalchemy.create_engine(
            self.urls[0].replace("postgresql:", "postgresql+psycopg2:", 1),
            poolclass=sqlalchemy.pool.NullPool,
        )

    def url(self):
        return self.urls[1]

    def snapshots(self):
        return [of_postgres(url) for url in self.urls]


def fold(sql):
    parts = re.split(r";\n\n", sql)
    return [re.sub(r"\s+", " ", p).strip() for p in parts if p.strip()]


def run_both(server, name, path):
    """Whether it went well, so that downgrade() has something to do."""
    server.reset()
    engine = server.engine()
    for direction in ("upgrade", "downgrade"):
        what = f"{name}: {direction} on {server.name}"
        error = by_alembic(engine, path, direction)
        run = ours(server.name, direction, path, server.url())
        if (name, server.name) in EXPLAINED:
            tap.ok(True, f"{what} # {EXPLAINED[name, server.name]}")
        elif error:
            tap.ok(run.returncode != 0, f"{what}: both fail", error,
                   run.stdout)
            return
        elif not tap.ok(run.returncode == 0, f"{what}: runs", run.stderr,
                        run.stdout):
            return
        else:
            want, got = server.snapshots()
            tap.ok(got == want, f"{what}: same database", f"got:  {got}",
                   f"want: {want}", run.stdout)


def compare_text(dialect, name, path):
    for direction in ("upgrade", "downgrade"):
        want = offline(dialect, path, direction)
        run = ours(dialect, direction, path)
        what = f"{name}: text of {direction} on {dialect}"
        if want is None or run.returncode != 0:
            continue
        if name in TEXT:
            tap.skip(what, TEXT[name])
            continue
        tap.equal(fold(run.stdout), fold(want), what)


def run_all(server):
    for name in sorted(os.listdir(BODIES)):
        if not name.endswith(".py"):
            continue
        path = os.path.join(BODIES, name)
        name = name[:-3]
        with open(path, encoding="utf-8") as f:
            only = re.search(r"^# only: (\w+)$", f.read(), re.M)
        if only and only.group(1) != server.name:
            continue
        if name in NEWER and alembic.__version__.startswith("1.8."):
            tap.skip(f"{name} on {server.name}", NEWER[name])
            continue
        run_both(server, name, path)
        compare_text(server.name, name, path)


with tempfile.TemporaryDirectory() as directory:
    os.chmod(directory, 0o711)  # the server may run as another user
    run_all(Sqlite(directory))
    try:
        with Cluster(os.path.join(directory, "pg")) as cluster:
            run_all(Postgres(cluster))
    except NoServer as why:
        tap.skip("PostgreSQL", str(why))
tap.done()
