# SPDX-License-Identifier: MIT
"""execute offline branch"""
from alembic import op
import sqlalchemy as sa
from alembic import context

revision = "0078"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    if context.is_offline_mode():
        op.execute("INSERT INTO t (id) VALUES (1)")
    else:
        op.execute("INSERT INTO t (id) VALUES (1)")

def downgrade():
    pass
