# SPDX-License-Identifier: MIT
"""alter default"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0053"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.alter_column("t", "a", server_default="x")
    op.alter_column("t", "b", server_default=sa.text("1"))
    op.alter_column("t", "a", server_default=None)
    op.alter_column("t", "b", server_default=sa.func.length("abc"), existing_server_default=sa.text("1"))

def downgrade():
    pass
