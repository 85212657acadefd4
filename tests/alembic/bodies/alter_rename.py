# SPDX-License-Identifier: MIT
"""alter rename"""
from alembic import op
import sqlalchemy as sa

revision = "0055"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.alter_column("t", "a", new_column_name="Z")

def downgrade():
    op.alter_column("t", "Z", new_column_name="a", existing_type=sa.String())
