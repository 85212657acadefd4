# SPDX-License-Identifier: MIT
"""add column computed"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0049"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.add_column("t", sa.Column("c", sa.Integer, sa.Computed("b * 2", persisted=True)))

def downgrade():
    op.drop_column("t", "c")
