# SPDX-License-Identifier: MIT
"""create identity plain"""
from alembic import op
import sqlalchemy as sa

revision = "0034"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), sa.Identity(), nullable=False), sa.PrimaryKeyConstraint("id"))

def downgrade():
    op.drop_table("t")
