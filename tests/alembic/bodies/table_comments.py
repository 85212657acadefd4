# SPDX-License-Identifier: MIT
"""table comments"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0058"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.create_table_comment("t", "it's", existing_comment=None)
    op.drop_table_comment("t", existing_comment="x")
    op.alter_column("t", "a", comment="col")
    op.alter_column("t", "a", comment=None, existing_comment="col")

def downgrade():
    pass
