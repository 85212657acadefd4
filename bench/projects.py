# SPDX-License-Identifier: MIT
"""Write the same synthetic project for every program that is measured.

A revision creates a table of five columns and an index on it.  Every tenth
revision is a merge: two branches of one revision each leave its grandparent.

A schema does not grow by a table a revision, though.  9,499 revisions of 102
public projects hold 4,790 calls of create_table and 4,221 of drop_table, in
both directions: at most one revision in two makes a table, and some of those
are dropped again.  So a project may also have a table only every third
revision; those between add columns to the tables there are (`tables=3`).
"""

import hashlib
import os


def revision_id(n):
    return hashlib.sha1(b"bench %d" % n).hexdigest()[:12]


class Revision:
    def __init__(self, n, down, table=None):
        """Makes a table, or adds a column to that of revision `table`."""
        self.n = n
        self.id = revision_id(n)
        self.down = down
        if table is not None:
            self.up = [f"ALTER TABLE t{table} ADD COLUMN more{n} INTEGER"]
            self.undo = [f"ALTER TABLE t{table} DROP COLUMN more{n}"]
            return
        self.up = [
            f"CREATE TABLE t{n} (id INTEGER PRIMARY KEY, name VARCHAR(80) "
            f"NOT NULL, amount INTEGER, note TEXT, created TIMESTAMP)",
            f"CREATE INDEX ix_t{n}_name ON t{n} (name)",
        ]
        self.undo = [f"DROP TABLE t{n}"]


def revisions(count, tables=1):
    """`count` revisions, parents first, one base and one head; a table is
    made by every `tables`-th."""
    out, tip, last = [], [], None
    while len(out) < count:
        n = len(out)
        fork = n % 10 == 7 and n + 2 < count and tip
        made = [
            Revision(m, tip, last if m % tables else None)
            for m in ((n, n + 1) if fork else (n,))
        ]
        for r in made:  # no branch changes what the other one makes
            last = r.n if r.n % tables == 0 else last
        out += made
        tip = [r.id for r in made]
    return out


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def write_retort(root, revs):
    write(
        os.path.join(root, "retort.ini"),
        "[retort]\nscript_location = %(here)s/migrations\n",
    )
    for r in revs:
        write(
            os.path.join(root, "migrations", f"{r.id}_table_{r.n}.sql"),
            f"-- revision: {r.id}\n"
            + f"-- down_revision: {', '.join(r.down)}".rstrip()
            + f"\n-- message: table {r.n}\n"
            "-- created: 2026-01-01T00:00:00Z\n\n-- migrate:up\n"
            + "".join(s + ";\n" for s in r.up)
            + "\n-- migrate:down\n"
            + "".join(s + ";\n" for s in r.undo),
        )


ENV_PY = """\
import os
from alembic import context
from sqlalchemy import create_engine, pool

engine = create_engine(os.environ["BENCH_URL"], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
"""


def write_alembic(root, revs):
    write(
        os.path.join(root, "alembic.ini"),
        "[alembic]\nscript_location = %(here)s/alembic\n",
    )
    write(os.path.join(root, "alembic", "env.py"), ENV_PY)
    write(os.path.join(root, "alembic", "script.py.mako"), "")
    for r in revs:
        down = tuple(r.down) if len(r.down) > 1 else (r.down or [None])[0]
        ups = "".join(f"    op.execute({s!r})\n" for s in r.up)
        downs = "".join(f"    op.execute({s!r})\n" for s in r.undo)
        write(
            os.path.join(
                root, "alembic", "versions", f"{r.id}_table_{r.n}.py"
            ),
            f'"""table {r.n}\n\nRevision ID: {r.id}\n"""\n'
            "from alembic import op\n\n"
            f"revision = {r.id!r}\ndown_revision = {down!r}\n"
            "branch_labels = None\ndepends_on = None\n\n\n"
            f"def upgrade():\n{ups}\n\ndef downgrade():\n{downs}",
        )


def write_script(path, revs, begin):
    """One SQL script with a transaction per revision, version row included:
    what the shell of the database runs for the same work."""
    parts = [
        f"{begin};\nCREATE TABLE alembic_version (version_num VARCHAR(32) "
        "NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY "
        "(version_num));\nCOMMIT;\n"
    ]
    rows = set()
    for r in revs:
        gone = [d for d in r.down if d in rows]
        if gone:
            rows.discard(gone[0])
            version = (
                f"UPDATE alembic_version SET version_num='{r.id}' "
                f"WHERE version_num='{gone[0]}';\n"
            )
            for d in gone[1:]:
                rows.discard(d)
                version = (
                    "DELETE FROM alembic_version WHERE "
                    f"version_num='{d}';\n" + version
                )
        else:
            version = f"INSERT INTO alembic_version VALUES ('{r.id}');\n"
        rows.add(r.id)
        parts.append(
            f"{begin};\n"
            + "".join(s + ";\n" for s in r.up)
            + version
            + "COMMIT;\n"
        )
    write(path, "".join(parts))


def write_schema(root, revs):
    """The tables that the revisions make, the last with a column more."""
    sql = "".join(s + ";\n" for r in revs for s in r.up)
    write(os.path.join(root, "schema.sql"),
          sql + f"ALTER TABLE t{revs[-1].n} ADD COLUMN extra INTEGER;\n")
    write(
        os.path.join(root, "retort.ini"),
        "[retort]\nscript_location = %(here)s/migrations\n"
        "schema = %(here)s/schema.sql\n",
    )
