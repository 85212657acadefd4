# SPDX-License-Identifier: MIT
"""rename table"""
from alembic import op
import sqlalchemy as sa

revision = "0057"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.rename_table("t", "u")

def downgrade():
    op.rename_table("u", "t")
