# SPDX-License-Identifier: MIT
"""create keys"""
from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = None


def upgrade():
    op.create_table("p", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("code", sa.String(8), unique=True), sa.Column("n", sa.Integer, index=True))
    op.create_table("c", sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True), sa.Column("p_id", sa.Integer(), sa.ForeignKey("p.id", ondelete="CASCADE"), nullable=False),
        sa.Column("x", sa.Integer), sa.UniqueConstraint("p_id", "x", name="uq_c"), sa.CheckConstraint("x > 0", name="ck_x"))

def downgrade():
    op.drop_table("c")
    op.drop_table("p")
