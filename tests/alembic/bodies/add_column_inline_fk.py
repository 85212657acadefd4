# SPDX-License-Identifier: MIT
"""add column inline fk"""
from alembic import op
import sqlalchemy as sa

revision = "0046"
down_revision = None


def upgrade():
    op.create_table("p", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.add_column("t", sa.Column("p_id", sa.Integer, sa.ForeignKey("p.id", ondelete="CASCADE")), inline_references=True)

def downgrade():
    op.drop_table("t")
    op.drop_table("p")
