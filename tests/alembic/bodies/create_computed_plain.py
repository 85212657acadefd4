# SPDX-License-Identifier: MIT
"""create computed plain"""
from alembic import op
import sqlalchemy as sa

revision = "0032"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer), sa.Column("b", sa.Integer, sa.Computed("a + 1")))

def downgrade():
    op.drop_table("t")
