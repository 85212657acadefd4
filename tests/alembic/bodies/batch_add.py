# SPDX-License-Identifier: MIT
"""batch add"""
from alembic import op
import sqlalchemy as sa

revision = "0100"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    with op.batch_alter_table("t") as batch_op:
        batch_op.add_column(sa.Column("c", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("d", sa.String(3), server_default="x"))
        batch_op.create_index("ix_c", ["c"], unique=True)
        batch_op.create_index(batch_op.f("ix_d"), ["d", "a"])

def downgrade():
    with op.batch_alter_table("t", schema=None) as batch_op:
        batch_op.drop_index("ix_c")
        batch_op.drop_index(batch_op.f("ix_d"))
