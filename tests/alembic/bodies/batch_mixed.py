# SPDX-License-Identifier: MIT
"""batch mixed"""
from alembic import op
import sqlalchemy as sa

revision = "0104"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute("INSERT INTO t (id, a, b) VALUES (1, 'x', 1)")
    with op.batch_alter_table("t") as b:
        b.add_column(sa.Column("c", sa.Integer, server_default=sa.text("1")))
        b.drop_column("b")
        b.create_index("ix", ["c"])

def downgrade():
    pass
