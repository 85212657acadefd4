# SPDX-License-Identifier: MIT
"""index expr"""
from alembic import op
import sqlalchemy as sa

revision = "0064"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.create_index("i1", "t", [sa.text("lower(a)")])
    op.create_index("i2", "t", [sa.text("b DESC"), "a"])
    op.create_index("i3", "t", [sa.func.lower(sa.column("a"))])

def downgrade():
    op.drop_index("i1", "t")
