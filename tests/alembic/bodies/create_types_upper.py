# SPDX-License-Identifier: MIT
"""create types upper"""
from alembic import op
import sqlalchemy as sa

revision = "0012"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.VARCHAR(length=12)), sa.Column("b", sa.CHAR(2)), sa.Column("c", sa.TEXT), sa.Column("d", sa.INTEGER()), sa.Column("e", sa.SMALLINT), sa.Column("f", sa.BIGINT()),
        sa.Column("g", sa.NUMERIC(precision=5, scale=1)), sa.Column("h", sa.DECIMAL(4, 2)), sa.Column("i", sa.FLOAT), sa.Column("j", sa.REAL), sa.Column("k", sa.BOOLEAN()), sa.Column("l", sa.DATE()),
        sa.Column("m", sa.TIME()), sa.Column("n", sa.TIMESTAMP()), sa.Column("o", sa.TIMESTAMP(timezone=True)), sa.Column("p", sa.JSON()), sa.Column("q", sa.types.VARCHAR(3)), sa.Column("r", sa.INT))

def downgrade():
    op.drop_table("t")
