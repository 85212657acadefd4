# SPDX-License-Identifier: MIT
"""batch key"""
from alembic import op
import sqlalchemy as sa

revision = "0108"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer, nullable=False), sa.Column("a", sa.Integer, nullable=False))
    with op.batch_alter_table("t") as b:
        b.create_primary_key("pk", ["id", "a"])

def downgrade():
    pass
