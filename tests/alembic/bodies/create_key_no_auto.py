# SPDX-License-Identifier: MIT
"""create key no auto"""
from alembic import op
import sqlalchemy as sa

revision = "0005"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer(), primary_key=True, autoincrement=False), sa.Column("s", sa.String(36), default="x"))

def downgrade():
    op.drop_table("t")
