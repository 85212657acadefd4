# SPDX-License-Identifier: MIT
"""create prefix"""
from alembic import op
import sqlalchemy as sa

revision = "0028"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer), prefixes=["TEMPORARY"])

def downgrade():
    pass
