# SPDX-License-Identifier: MIT
"""execute concat"""
from alembic import op
import sqlalchemy as sa

revision = "0071"
down_revision = None

TABLE = "t"
NAME = "zed"


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute("INSERT INTO t (id, a) " + "VALUES (1, " + "'x')")
    op.execute("INSERT INTO t (id) VALUES (%d)" % 2)
    op.execute("INSERT INTO t (id, a) VALUES (%s, '%s')" % (3, "y"))
    op.execute("INSERT INTO {} (id) VALUES ({id})".format("t", id=4))
    op.execute(f"INSERT INTO {TABLE} (id, a) VALUES ({5 + 1}, {NAME!r})")
    op.execute("INSERT INTO %(t)s (id) VALUES (%(i)05d)" % {"t": TABLE, "i": 7})
    op.execute(" ".join(["DELETE", "FROM", TABLE, "WHERE id = 4"]))

def downgrade():
    pass
