# SPDX-License-Identifier: MIT
"""create small big serial"""
from alembic import op
import sqlalchemy as sa

revision = "0006"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.SmallInteger(), primary_key=True))
    op.create_table("u", sa.Column("a", sa.BigInteger(), primary_key=True, autoincrement=True))

def downgrade():
    op.drop_table("u")
    op.drop_table("t")
