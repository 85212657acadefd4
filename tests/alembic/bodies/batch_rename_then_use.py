# SPDX-License-Identifier: MIT
"""batch rename then use"""
from alembic import op
import sqlalchemy as sa

revision = "0114"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    with op.batch_alter_table("t") as b:
        b.alter_column("a", new_column_name="c", existing_type=sa.String(20))
        b.create_unique_constraint("uq_c", ["c"])
        b.create_index("ix_c", ["c", "b"])

def downgrade():
    pass
