# SPDX-License-Identifier: MIT
"""batch keeps"""
from alembic import op
import sqlalchemy as sa

revision = "0113"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Integer), sa.Column("b", sa.String(9), server_default="k"), sa.UniqueConstraint("a", name="uq_a"), sa.CheckConstraint("a < 50", name="ck_a"))
    op.create_index("ix_b", "t", ["b", "a"])
    op.execute("INSERT INTO t (id, a) VALUES (1, 2)")
    with op.batch_alter_table("t") as b:
        b.alter_column("b", nullable=False, existing_type=sa.String(9), existing_server_default="k")

def downgrade():
    pass
