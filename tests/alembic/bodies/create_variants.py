# SPDX-License-Identifier: MIT
"""create variants"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")), sa.Column("b", sa.BigInteger().with_variant(sa.Integer, "sqlite")), sa.Column("c", sa.String(3).with_variant(sa.Text(), "mysql")))

def downgrade():
    op.drop_table("t")
