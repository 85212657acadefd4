# SPDX-License-Identifier: MIT
"""create unique conflict"""
from alembic import op
import sqlalchemy as sa

revision = "0042"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer), sa.UniqueConstraint("a", sqlite_on_conflict="REPLACE"))

def downgrade():
    op.drop_table("t")
