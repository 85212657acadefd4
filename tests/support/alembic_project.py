# SPDX-License-Identifier: MIT
"""A project of Alembic with branches, a merge, labels, dependencies, batches,
an enum, an autocommit_block and rows, for either database; and who drives
it."""

import json
import os
import subprocess
import sys

import tap

try:
    import alembic.config
    import sqlalchemy
    from sqlalchemy import text
except ImportError as why:
    tap.skip_all(f"Debian's alembic is not installed: {why}")

ALEMBIC = [sys.executable, "-m", "alembic.config"]

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

# name: header, body
REVISIONS = {
    "a1_users": ("""\"\"\"make users

The table that all begins with: ids, names.

Revision ID: a1
Revises:
Create Date: 2024-05-06 07:08:09.101112
\"\"\"
revision = "a1"
down_revision = None
""", """
def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True),
                    sa.Column("name", sa.String(30)),
                    sa.Column("added", sa.DateTime,
                              server_default=sa.func.now()))
    users = sa.table("users", sa.column("id"), sa.column("name"))
    op.bulk_insert(users, [{"id": n, "name": f"user -- {n};'"}
                           for n in range(1, 4)])

def downgrade():
    op.drop_table("users")
"""),
    "b1_name": ("""\"\"\"names are unique\"\"\"
revision = "b1"
down_revision = "a1"
branch_labels = ("left", "lefter")
""", """
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
    "b2_moods": ("""\"\"\"moods\"\"\"
revision = "b2"
down_revision = "a1"
""", """
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
    "c1_merge": ("""\"\"\"merge\"\"\"
revision = "c1"
down_revision = ("b1", "b2")
""", """
def upgrade():
    pass

def downgrade():
    pass
"""),
    "d1_age": ("""\"\"\"ages\"\"\"
revision = "d1"
down_revision = "c1"
depends_on = "x1"
""", """
def upgrade():
    columns = sa.inspect(op.get_bind()).get_columns("users")
    if "age" not in [c["name"] for c in columns]:
        op.add_column("users", sa.Column("age", sa.Integer))
    op.get_bind().execute(sa.text("UPDATE users SET age = 7"))

def downgrade():
    with op.batch_alter_table("users") as batch:
        batch.drop_column("age")
"""),
    "x1_audit": ("""\"\"\"audit\"\"\"
revision = "x1"
down_revision = None
branch_labels = "audit"
""", """
def upgrade():
    op.create_table("audit", sa.Column("id", sa.Integer))
    op.execute("INSERT INTO audit (id) VALUES (1), (2)")

def downgrade():
    op.drop_table("audit")
"""),
}

OPAQUE = ("""\"\"\"only Python knows\"\"\"
revision = "e1"
down_revision = "d1"
""", """from secrets import randbelow

def upgrade():
    # -- migrate:down
    op.execute("UPDATE users SET age = %d" % randbelow(1))

def downgrade():
    raise NotImplementedError("no way back")
""")


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(content)


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def write_revision(root, name, revision, folder="alembic/versions"):
    head, body = revision
    write(os.path.join(root, folder, name + ".py"),
          head + "from alembic import op\nimport sqlalchemy as sa\n" + body)


def write_project(root, more="", revisions=REVISIONS):
    write(os.path.join(root, "alembic.ini"),
          "[alembic]\nscript_location = %(here)s/alembic\n" + more)
    write(os.path.join(root, "alembic", "env.py"), ENV_PY)
    os.makedirs(os.path.join(root, "alembic", "versions"), exist_ok=True)
    for name, revision in revisions.items():
        write_revision(root, name, revision)


def retort(root, *arguments, **variables):
    """Status, output and messages; variables are of the environment."""
    run = subprocess.run(
        [os.environ["RETORT"], *arguments], cwd=root,
        env=dict(os.environ, **variables), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return run.returncode, run.stdout, run.stderr


def by_alembic(root, url, *arguments):
    run = subprocess.run(
        [*ALEMBIC, *arguments], cwd=root,
        env=dict(os.environ, PROJECT_URL=sqlalchemy_url(url)),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True)
    if run.returncode:
        raise RuntimeError(run.stdout)
    return run.stdout


def sqlalchemy_url(url):
    return url.replace("postgresql://", "postgresql+psycopg2://", 1)


def state(url):
    """Version rows, tables, columns, and rows but for the clock's."""
    engine = sqlalchemy.create_engine(
        sqlalchemy_url(url), poolclass=sqlalchemy.pool.NullPool)
    found = {}
    with engine.connect() as connection:
        inspector = sqlalchemy.inspect(connection)
        for table in sorted(inspector.get_table_names()):
            if table == "retort_journal":
                continue
            columns = [c["name"] for c in inspector.get_columns(table)
                       if c["name"] != "added"]
            rows = connection.execute(text(
                f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1"))
            found[table] = (
                sorted((c["name"], str(c["type"]), c["nullable"])
                       for c in inspector.get_columns(table)),
                sorted(map(str, inspector.get_unique_constraints(table))),
                [tuple(r) for r in rows])
    return found


def files_below(root):
    return sorted(os.path.relpath(os.path.join(folder, name), root)
                  for folder, _, names in os.walk(root) for name in names)


def graph_of(root, *options):
    """What the graph says of itself, without where its files are."""
    code, out, messages = retort(root, *options, "history", "--json")
    if code:
        return messages
    revisions = json.loads(out)["revisions"]
    return [{k: r[k] for k in r if k not in ("path", "doc", "is_current")}
            for r in revisions]
