# SPDX-License-Identifier: MIT
"""create composite key"""
from alembic import op
import sqlalchemy as sa

revision = "0003"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer(), nullable=False), sa.Column("b", sa.String(4), nullable=False), sa.PrimaryKeyConstraint("a", "b", name=op.f("pk_t")))

def downgrade():
    op.drop_table("t")
