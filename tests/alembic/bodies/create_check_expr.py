# SPDX-License-Identifier: MIT
"""create check expr"""
from alembic import op
import sqlalchemy as sa

revision = "0039"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer, sa.CheckConstraint("a > 1", name="ck1")), sa.Column("b", sa.Integer), sa.CheckConstraint(sa.column("b") > 5, name="ck2"), sa.CheckConstraint("a < b"))

def downgrade():
    op.drop_table("t")
