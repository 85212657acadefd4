#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Alembic and retort drive one database in turn.

The same graph is written twice, as .py files for Alembic and as .sql files
for retort.  A list of commands is run three times: by Alembic alone (what is
right), and twice by both in turn, once with either beginning.  After every
command the version rows and the tables must be those of the first run.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(
    0, os.path.join(os.environ["top_srcdir"], "tests", "support")
)

import tap
from cluster import Cluster, NoServer

try:
    import sqlalchemy
    from alembic import command
    from alembic.config import Config
except ImportError as why:
    tap.skip_all(f"Debian's alembic is not installed: {why}")

# id, down revisions, depends_on, labels
GRAPH = [
    ("a1111111", [], [], []),
    ("b2222222", ["a1111111"], [], []),
    ("c3333333", ["b2222222"], [], ["left"]),
    ("d4444444", ["b2222222"], [], ["right"]),
    ("e5555555", ["d4444444"], ["c3333333"], []),
    ("f6666666", ["c3333333", "e5555555"], [], []),
    ("a7777777", [], ["b2222222"], ["audit"]),
    ("b8888888", ["a7777777"], [], []),
]

# what is run, in turn
COMMANDS = [
    ("upgrade", "a1111111"),
    ("upgrade", "+1"),
    ("upgrade", "left@head"),
    ("downgrade", "b2222222"),
    ("upgrade", "audit@+1"),
    ("upgrade", "e5555555"),
    ("upgrade", "heads"),
    ("downgrade", "d4444444"),
    ("stamp", "f6666666"),
    ("stamp", "right@d4444444"),
    ("upgrade", "heads"),
    ("downgrade", "audit@base"),
    ("upgrade", "heads"),
    ("downgrade", "base"),
    ("upgrade", "heads"),
    ("downgrade", "base"),
]

ENV_PY = """\
from alembic import context
from sqlalchemy import create_engine, pool

engine = create_engine(context.config.attributes["url"],
                       poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def write_projects(root):
    write(
        os.path.join(root, "retort.ini"),
        "[retort]\nscript_location = %(here)s/migrations\n",
    )
    write(
        os.path.join(root, "alembic.ini"),
        "[alembic]\nscript_location = %(here)s/alembic\n",
    )
    write(os.path.join(root, "alembic", "env.py"), ENV_PY)
    for rev, down, deps, labels in GRAPH:
        # IF [NOT] EXISTS: a stamp says applied what never ran
        up = f"CREATE TABLE IF NOT EXISTS t_{rev} (id INTEGER)"
        undo = f"DROP TABLE IF EXISTS t_{rev}"
        write(
            os.path.join(root, "migrations", f"{rev}_step.sql"),
            f"-- revision: {rev}\n"
            f"-- down_revision: {', '.join(down)}\n"
            + (f"-- depends_on: {', '.join(deps)}\n" if deps else "")
            + (f"-- branch_labels: {', '.join(labels)}\n" if labels else "")
            + f"-- message: step\n\n-- migrate:up\n{up};\n"
            f"\n-- migrate:down\n{undo};\n",
        )
        write(
            os.path.join(root, "alembic", "versions", f"{rev}_step.py"),
            '"""step"""\nfrom alembic import op\n'
            f"revision = {rev!r}\n"
            f"down_revision = {tuple(down) or None!r}\n"
            f"depends_on = {tuple(deps) or None!r}\n"
            f"branch_labels = {tuple(labels) or None!r}\n\n"
            f"def upgrade():\n    op.execute({up!r})\n\n"
            f"def downgrade():\n    op.execute({undo!r})\n",
        )


def by_alembic(root, url, verb, argument):
    config = Config(os.path.join(root, "alembic.ini"), stdout=io.StringIO())
    config.attributes["url"] = sqlalchemy_url(url)
    getattr(command, verb)(config, argument)


def by_retort(root, url, verb, argument):
    run = subprocess.run(
        [os.environ["RETORT"], verb, argument, "--url", url],
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if run.returncode != 0:
        raise RuntimeError(f"retort exited with {run.returncode}: "
                           + run.stdout)


def sqlalchemy_url(url):
    return url.replace("postgresql://", "postgresql+psycopg2://", 1)


def state(url):
    """Version rows and tables, sorted; the journal is retort's own."""
    engine = sqlalchemy.create_engine(
        sqlalchemy_url(url), poolclass=sqlalchemy.pool.NullPool
    )
    with engine.connect() as connection:
        tables = set(sqlalchemy.inspect(connection).get_table_names())
        rows = [
            r[0]
            for r in connection.execute(
                sqlalchemy.text("SELECT version_num FROM alembic_version")
            )
        ]
    return sorted(rows), sorted(tables - {"retort_journal"})


def drive(root, url, who):
    """Run the commands; who(i) runs number i.  The state after each."""
    states = []
    for i, (verb, argument) in enumerate(COMMANDS):
        who(i)(root, url, verb, argument)
        states.append(state(url))
    return states


def check(root, engine, new_url):
    right = drive(root, new_url("alone"), lambda i: by_alembic)
    for first, name in ((0, "retort"), (1, "alembic")):
        tools = (by_retort, by_alembic)
        url = new_url(f"turn{first}")
        for i, (verb, argument) in enumerate(COMMANDS):
            tool = tools[(i + first) % 2]
            what = (
                f"{engine}, {name} first: {tool.__name__[3:]} "
                f"{verb} {argument}"
            )
            try:
                tool(root, url, verb, argument)
            except Exception as why:  # whatever either tool raises
                tap.ok(False, what, why)
                return
            tap.equal(state(url), right[i], what)


def main():
    root = tempfile.mkdtemp(prefix="retort-interop-")
    os.chmod(root, 0o755)
    try:
        write_projects(root)
        check(
            root,
            "sqlite",
            lambda name: "sqlite:///" + os.path.join(root, name + ".db"),
        )
        try:
            with Cluster(os.path.join(root, "pg")) as cluster:
                check(root, "postgresql", cluster.create)
        except NoServer as why:
            tap.skip("postgresql", why)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    tap.done()


main()
