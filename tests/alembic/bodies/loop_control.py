# SPDX-License-Identifier: MIT
"""loop control"""
from alembic import op
import sqlalchemy as sa

revision = "0084"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    for i in range(10):
        if i % 2:
            continue
        if i > 6:
            break
        op.execute(f"INSERT INTO t (id) VALUES ({i})")
    else:
        op.execute("DELETE FROM t")
    n = 20
    while n < 23:
        op.execute("INSERT INTO t (id) VALUES (" + str(n) + ")")
        n += 1

def downgrade():
    pass
