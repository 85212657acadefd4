# SPDX-License-Identifier: MIT
"""create column keys"""
from alembic import op
import sqlalchemy as sa

revision = "0004"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer(), primary_key=True), sa.Column("b", sa.Integer(), primary_key=True))

def downgrade():
    op.drop_table("t")
