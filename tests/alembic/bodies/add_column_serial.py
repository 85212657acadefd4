# SPDX-License-Identifier: MIT
"""add column serial"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0050"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer))
    op.add_column("t", sa.Column("id", sa.Integer, primary_key=True))
    op.create_primary_key("pk", "t", ["id"])

def downgrade():
    op.drop_constraint("pk", "t")
    op.drop_column("t", "id")
