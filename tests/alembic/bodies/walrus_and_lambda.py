# SPDX-License-Identifier: MIT
"""walrus and lambda"""
from alembic import op
import sqlalchemy as sa

revision = "0118"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    if (n := len("abc")) > 2:
        op.execute(f"INSERT INTO t (id) VALUES ({n})")
    pick = lambda x, y=2: x * y
    op.execute(f"INSERT INTO t (id) VALUES ({pick(5)})")
    a = b = 7
    a += 1
    op.execute("INSERT INTO t (id, b) VALUES (%d, %d)" % (a, b))
    d = {}
    d["k"] = [1, 2]
    d["k"].append(3)
    d.setdefault("z", []).extend(d["k"][1:])
    op.execute("UPDATE t SET b = %d" % sum(d["z"]))
    del d["k"]
    op.execute("UPDATE t SET b = b + %d" % len(d))

def downgrade():
    pass
