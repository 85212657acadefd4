# SPDX-License-Identifier: MIT
"""create identity"""
from alembic import op
import sqlalchemy as sa

revision = "0033"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True), sa.Column("n", sa.BigInteger, sa.Identity(start=5, increment=2, cycle=True, maxvalue=99), nullable=False))

def downgrade():
    op.drop_table("t")
