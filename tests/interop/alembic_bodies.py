#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""retort runs the revisions of an Alembic project from its .py files.

A project with batches, an enum, an autocommit_block, a helper function and a
merge is upgraded by Alembic, by retort, by both in turn, and by the script of
retort's --sql: tables, rows and version rows must be the same.  Then one more
revision that only Python understands: refused, and through alembic_command.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(
    0, os.path.join(os.environ["top_srcdir"], "tests", "support")
)

import tap
from cluster import Cluster, NoServer

try:
    import alembic.config
    import sqlalchemy
    from sqlalchemy import text
except ImportError as why:
    tap.skip_all(f"Debian's alembic is not installed: {why}")

ENV_PY = """\
import os
from alembic import context
from sqlalchemy import create_engine, pool

url = os.environ["PROJECT_URL"]
if context.is_offline_mode():
    context.configure(url=url, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection, target_metadata=None,
                          transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
"""

HEAD = """\
from alembic import op
import sqlalchemy as sa
revision = {0!r}
down_revision = {1!r}
"""

# id, down revision, body
REVISIONS = [
    ("a1", None, """
def audit():
    return [sa.Column("by", sa.String(20), server_default="me")]

def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True),
                    sa.Column("name", sa.String(30)), *audit())
    users = sa.table("users", sa.column("id"), sa.column("name"))
    op.bulk_insert(users, [{"id": n, "name": f"user {n}"}
                           for n in range(1, 4)])

def downgrade():
    op.drop_table("users")
"""),
    ("b1", "a1", """
def upgrade():
    with op.batch_alter_table("users") as batch:
        batch.alter_column("name", nullable=False,
                           existing_type=sa.String(30))
        batch.create_unique_constraint("uq_users_name", ["name"])

def downgrade():
    with op.batch_alter_table("users") as batch:
        batch.drop_constraint("uq_users_name", type_="unique")
        batch.alter_column("name", nullable=True,
                           existing_type=sa.String(30))
"""),
    ("b2", "a1", """
mood = sa.Enum("glad", "sad", name="mood")

def upgrade():
    op.create_table("moods", sa.Column("id", sa.Integer, primary_key=True),
                    sa.Column("mood", mood))
    if op.get_bind().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            op.execute("ALTER TYPE mood ADD VALUE 'fair'")
    op.execute("INSERT INTO moods (id, mood) VALUES (1, 'glad')")

def downgrade():
    op.drop_table("moods")
    mood.drop(op.get_bind(), checkfirst=True)
"""),
    ("c1", ("b1", "b2"), "def upgrade():\n    pass\n\n"
     "def downgrade():\n    pass\n"),
    ("d1", "c1", """
def upgrade():
    columns = sa.inspect(op.get_bind()).get_columns("users")
    if "age" not in [c["name"] for c in columns]:
        op.add_column("users", sa.Column("age", sa.Integer))
    op.get_bind().execute(sa.text("UPDATE users SET age = 7"))

def downgrade():
    with op.batch_alter_table("users") as batch:
        batch.drop_column("age")
"""),
]

OPAQUE = ("e1", "d1", """
from secrets import randbelow

def upgrade():
    op.execute("UPDATE users SET age = %d" % randbelow(1))

def downgrade():
    op.execute("UPDATE users SET age = %d" % (7 + randbelow(1)))
""")


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(content)


def write_revision(root, revision):
    rev, down, body = revision
    write(os.path.join(root, "alembic", "versions", f"{rev}_x.py"),
          f'"""step {rev}"""\n' + HEAD.format(rev, down) + body)


def run(root, url, argv, ok=True, feed=None):
    env = dict(os.environ, PROJECT_URL=url.replace(
        "postgresql://", "postgresql+psycopg2://", 1))
    done = subprocess.run(argv, cwd=root, env=env, input=feed or "",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True)
    if ok and done.returncode:
        raise RuntimeError(f"{argv}: {done.returncode}: "
                           + done.stdout + done.stderr)
    return done


def by_alembic(root, url, *words):
    return run(root, url, [sys.executable, "-m", "alembic.config", *words])


def by_retort(root, url, *words, ok=True):
    return run(root, url, [os.environ["RETORT"], *words, "--url", url], ok)


def state(url):
    """Version rows, columns, uniques and rows."""
    engine = sqlalchemy.create_engine(
        url.replace("postgresql://", "postgresql+psycopg2://", 1),
        poolclass=sqlalchemy.pool.NullPool)
    out = {}
    with engine.connect() as c:
        look = sqlalchemy.inspect(c)
        for table in sorted(look.get_table_names()):
            if table == "retort_journal":
                continue
            columns = [(x["name"], str(x["type"]), x["nullable"])
                       for x in look.get_columns(table)]
            names = sorted(x[0] for x in columns)
            rows = c.execute(text(
                f"SELECT {', '.join(chr(34) + n + chr(34) for n in names)} "
                f"FROM {table}"))
            out[table] = (sorted(columns),
                          sorted(u["name"] for u in
                                 look.get_unique_constraints(table)),
                          sorted(map(tuple, rows), key=str))
    return out


def check_same(root, engine, new_url):
    one, two, turn = new_url("one"), new_url("two"), new_url("turn")
    for i, target in enumerate(["a1", "b1", "heads"]):
        by_alembic(root, one, "upgrade", target)
        by_retort(root, two, "upgrade", target)
        tap.equal(state(two), state(one), f"{engine}: upgrade {target}")
        (by_retort, by_alembic)[i % 2](root, turn, "upgrade", target)
    tap.equal(state(turn), state(one), f"{engine}: in turn")
    by_alembic(root, one, "downgrade", "a1")
    by_retort(root, two, "downgrade", "a1")
    tap.equal(state(two), state(one), f"{engine}: downgrade a1")
    by_alembic(root, two, "upgrade", "heads")
    by_retort(root, one, "upgrade", "heads")
    tap.equal(state(two), state(one), f"{engine}: each goes on")
    by_retort(root, one, "downgrade", "base")
    tap.equal(list(state(one)), ["alembic_version"],
              f"{engine}: downgrade base")
    return state(two)


def check_script(root, engine, url, right, client):
    script = by_retort(root, url, "upgrade", "base:heads", "--sql").stdout
    try:
        client(script)
        tap.equal(state(url), right, f"{engine}: --sql")
    except Exception as why:  # whatever the client says
        tap.ok(False, f"{engine}: --sql", why, script)


def check_opaque(root, engine, url):
    by_retort(root, url, "upgrade", "c1")
    done = by_retort(root, url, "upgrade", "heads", ok=False)
    tap.ok(done.returncode == 3 and "e1_x.py:" in done.stderr and
           "alembic_command" in done.stderr,
           f"{engine}: what is opaque is refused", done.stderr)
    tap.equal(state(url)["alembic_version"][2], [("c1",)],
              f"{engine}: before anything runs")
    shown = by_retort(root, url, "show", "e1", "--sql").stdout
    tap.ok("-- opaque: " in shown and "e1_x.py:" in shown,
           f"{engine}: and shown so", shown)
    env_command = f"{sys.executable} -m alembic.config"
    with open(os.path.join(root, "alembic.ini"), "a", encoding="utf-8") as f:
        f.write(f"\n[retort]\nalembic_command = {env_command}\n")
    shown = by_retort(root, url, "show", "e1", "--sql").stdout
    tap.ok("UPDATE users SET age = 0" in shown,
           f"{engine}: alembic_command tells its SQL", shown)
    by_retort(root, url, "upgrade", "heads")
    got = state(url)
    tap.equal((got["alembic_version"][2], got["users"][2][0][0]),
              ([("e1",)], 0), f"{engine}: alembic_command runs it")
    by_retort(root, url, "downgrade", "-1")
    got = state(url)
    tap.equal((got["alembic_version"][2], got["users"][2][0][0]),
              ([("d1",)], 7), f"{engine}: and takes it back")


FAILING = ("f1", "d1", """
from secrets import randbelow

def upgrade():
    op.execute("UPDATE users SET age = %d" % randbelow(1))
    op.execute("UPDATE nowhere SET age = 0")

def downgrade():
    pass
""")


def check_failing(root, engine, url):
    """What alembic_command fails to run is in the journal."""
    by_retort(root, url, "upgrade", "d1", "-x", "journal=on")
    failed = by_retort(root, url, "upgrade", "f1", "-x", "journal=on",
                       ok=False)
    tap.ok(failed.returncode == 3 and "alembic_command ended" in failed.stderr
           and "nowhere" in failed.stderr
           and "the database is at d1" in failed.stderr,
           f"{engine}: alembic's failure is told", failed.stderr)
    log = by_retort(root, url, "log", "--json", "-x", "journal=on").stdout
    row = json.loads(log)["runs"][0]
    tap.equal((row["revision"], row["outcome"], "alembic_command ended"
               in row["error"]), ("f1", "failed", True),
              f"{engine}: and written down")
    got = state(url)
    tap.equal(got["alembic_version"][2], [("d1",)],
              f"{engine}: with the rows as they were")


def check(root, engine, new_url, client):
    write(os.path.join(root, "alembic.ini"),
          "[alembic]\nscript_location = %(here)s/alembic\n")
    opaque = os.path.join(root, "alembic", "versions", "e1_x.py")
    if os.path.exists(opaque):
        os.unlink(opaque)
    right = check_same(root, engine, new_url)
    url = new_url("script")
    check_script(root, engine, url, right, lambda sql: client(url, sql))
    write_revision(root, OPAQUE)
    check_opaque(root, engine, new_url("opaque"))
    write_revision(root, FAILING)
    check_failing(root, engine, new_url("failing"))
    os.unlink(os.path.join(root, "alembic", "versions", "f1_x.py"))


def sqlite_client(url, script):
    connection = sqlite3.connect(url[len("sqlite:///"):],
                                 isolation_level=None)
    connection.executescript(script)
    connection.close()


def main():
    root = tempfile.mkdtemp(prefix="retort-bodies-")
    os.chmod(root, 0o755)
    try:
        write(os.path.join(root, "alembic", "env.py"), ENV_PY)
        for revision in REVISIONS:
            write_revision(root, revision)
        check(root, "sqlite", lambda name: "sqlite:///"
              + os.path.join(root, name + ".db"), sqlite_client)
        try:
            with Cluster(os.path.join(root, "pg")) as cluster:
                check(root, "postgresql", cluster.create,
                      lambda url, sql: run(
                          root, url, ["psql", "-qX", "-v",
                                      "ON_ERROR_STOP=1", url], feed=sql))
        except NoServer as why:
            tap.skip("postgresql", why)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    tap.done()


main()
