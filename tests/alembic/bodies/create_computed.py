# SPDX-License-Identifier: MIT
"""create computed"""
from alembic import op
import sqlalchemy as sa

revision = "0031"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer), sa.Column("b", sa.Integer, sa.Computed("a * 2", persisted=True)))
    op.execute("INSERT INTO t (a) VALUES (4)")

def downgrade():
    op.drop_table("t")
