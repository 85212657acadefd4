# SPDX-License-Identifier: MIT
"""alter all"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0054"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.alter_column("t", "a", new_column_name="z", type_=sa.String(50), nullable=False, server_default="q", comment="c", existing_type=sa.String(20), existing_nullable=True)

def downgrade():
    op.alter_column("t", "z", new_column_name="a", comment=None, server_default=None)
