# SPDX-License-Identifier: MIT
"""nested functions"""
from alembic import op
import sqlalchemy as sa

revision = "0093"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    def add(i):
        def inner(v):
            op.execute(f"INSERT INTO t (id, a) VALUES ({i}, '{v}')")
        inner("v" * i)
        return i + 1
    n = add(1)
    n = add(n)
    op.execute("UPDATE t SET b = " + str(n))
    list(map(lambda i: op.execute(f"DELETE FROM t WHERE id = {i}"), [1]))

def downgrade():
    pass
