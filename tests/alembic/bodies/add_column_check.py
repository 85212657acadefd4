# SPDX-License-Identifier: MIT
"""add column check"""
from alembic import op
import sqlalchemy as sa

revision = "0048"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.add_column("t", sa.Column("c", sa.Integer, sa.CheckConstraint("c > 0", name="ck_c")))

def downgrade():
    op.drop_table("t")
