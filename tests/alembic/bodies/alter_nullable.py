# SPDX-License-Identifier: MIT
"""alter nullable"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0051"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.alter_column("t", "a", existing_type=sa.String(20), nullable=False)
    op.alter_column("t", "a", existing_type=sa.String(20), nullable=True)

def downgrade():
    pass
