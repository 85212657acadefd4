# SPDX-License-Identifier: MIT
"""create fk self"""
from alembic import op
import sqlalchemy as sa

revision = "0008"
down_revision = None


def upgrade():
    op.create_table("node", sa.Column("id", sa.Integer, primary_key=True), sa.Column("parent_id", sa.Integer, sa.ForeignKey("node.id", name="fk_parent", onupdate="CASCADE"), index=True))

def downgrade():
    op.drop_table("node")
