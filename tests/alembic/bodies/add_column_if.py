# SPDX-License-Identifier: MIT
"""add column if"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0047"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.add_column("t", sa.Column("c", sa.Integer), if_not_exists=True)
    op.add_column("t", sa.Column("c", sa.Integer), if_not_exists=True)

def downgrade():
    op.drop_column("t", "c", if_exists=True)
    op.drop_column("t", "c", if_exists=True)
