# SPDX-License-Identifier: MIT
"""add column fk"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0045"
down_revision = None


def upgrade():
    op.create_table("p", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.add_column("t", sa.Column("p_id", sa.Integer, sa.ForeignKey("p.id", name="fk_p", ondelete="CASCADE")))
    op.add_column("t", sa.Column("q", sa.Integer, unique=True, comment="q"))

def downgrade():
    op.drop_constraint("fk_p", "t", type_="foreignkey")
    op.drop_column("t", "p_id")
