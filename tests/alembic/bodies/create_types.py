# SPDX-License-Identifier: MIT
"""create types"""
from alembic import op
import sqlalchemy as sa

revision = "0011"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.String), sa.Column("b", sa.String(7)), sa.Column("c", sa.Text), sa.Column("d", sa.Unicode(3)), sa.Column("e", sa.UnicodeText()),
        sa.Column("f", sa.Integer), sa.Column("g", sa.SmallInteger), sa.Column("h", sa.BigInteger), sa.Column("i", sa.Numeric), sa.Column("j", sa.Numeric(10)), sa.Column("k", sa.Numeric(10, 2)),
        sa.Column("l", sa.Float), sa.Column("m", sa.Float(precision=24)), sa.Column("n", sa.Boolean), sa.Column("o", sa.Date), sa.Column("p", sa.Time), sa.Column("q", sa.DateTime),
        sa.Column("r", sa.DateTime(timezone=True)), sa.Column("s", sa.Interval), sa.Column("u", sa.LargeBinary), sa.Column("v", sa.PickleType), sa.Column("w", sa.JSON), sa.Column("x", sa.Time(timezone=True)), sa.Column("y", sa.LargeBinary(length=16)))

def downgrade():
    op.drop_table("t")
