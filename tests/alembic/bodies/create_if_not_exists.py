# SPDX-License-Identifier: MIT
"""create if not exists"""
from alembic import op
import sqlalchemy as sa

revision = "0027"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer), if_not_exists=True)
    op.create_table("t", sa.Column("a", sa.Integer), if_not_exists=True)
    op.create_index("i", "t", ["a"], if_not_exists=True)

def downgrade():
    op.drop_index("i", if_exists=True)
    op.drop_table("t", if_exists=True)
    op.drop_table("t", if_exists=True)
