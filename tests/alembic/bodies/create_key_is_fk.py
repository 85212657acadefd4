# SPDX-License-Identifier: MIT
"""create key is fk"""
from alembic import op
import sqlalchemy as sa

revision = "0009"
down_revision = None


def upgrade():
    op.create_table("p", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("c", sa.Column("id", sa.Integer, sa.ForeignKey("p.id"), primary_key=True))

def downgrade():
    op.drop_table("c")
    op.drop_table("p")
