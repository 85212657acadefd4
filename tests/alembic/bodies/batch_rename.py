# SPDX-License-Identifier: MIT
"""batch rename"""
from alembic import op
import sqlalchemy as sa

revision = "0106"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.create_index("ix", "t", ["a"])
    with op.batch_alter_table("t", recreate="always") as b:
        b.alter_column("a", new_column_name="q")
    with op.batch_alter_table("t", recreate="never") as b:
        b.alter_column("b", new_column_name="r")

def downgrade():
    pass
