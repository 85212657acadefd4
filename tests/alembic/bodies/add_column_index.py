# SPDX-License-Identifier: MIT
"""add column index"""
from alembic import op
import sqlalchemy as sa

revision = "0044"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.add_column("t", sa.Column("c", sa.Integer, index=True))

def downgrade():
    op.drop_index("ix_t_c", "t")
    op.drop_column("t", "c")
