# SPDX-License-Identifier: MIT
"""add enum value"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0098"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("k", sa.Enum("a", name="kind")))
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE kind ADD VALUE IF NOT EXISTS 'b'")

def downgrade():
    op.drop_table("t")
    op.execute("DROP TYPE kind")
