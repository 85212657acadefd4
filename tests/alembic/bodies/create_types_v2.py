# SPDX-License-Identifier: MIT
"""create types v2"""
from alembic import op
import sqlalchemy as sa

revision = "0013"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Uuid), sa.Column("b", sa.Uuid(native_uuid=False)), sa.Column("c", sa.Double), sa.Column("d", sa.DOUBLE_PRECISION), sa.Column("e", sa.Uuid(as_uuid=False)), sa.Column("f", sa.UUID()))

def downgrade():
    op.drop_table("t")
