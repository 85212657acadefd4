# SPDX-License-Identifier: MIT
"""create comments"""
from alembic import op
import sqlalchemy as sa

revision = "0030"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer, comment="the 'a'"), sa.Column("b", sa.Integer), comment="a table")

def downgrade():
    op.drop_table("t")
