# SPDX-License-Identifier: MIT
"""constraint if exists"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0061"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.drop_constraint("nope", "t", if_exists=True)

def downgrade():
    pass
