# SPDX-License-Identifier: MIT
"""alter identity"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0056"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer, nullable=False))
    op.alter_column("t", "a", server_default=sa.Identity(start=3), existing_server_default=None)
    op.alter_column("t", "a", server_default=sa.Identity(always=True, increment=3))
    op.alter_column("t", "a", server_default=None, existing_server_default=sa.Identity())

def downgrade():
    pass
