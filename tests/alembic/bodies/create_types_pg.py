# SPDX-License-Identifier: MIT
"""create types pg"""
# only: postgresql
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", postgresql.UUID()), sa.Column("b", postgresql.UUID(as_uuid=True)), sa.Column("c", postgresql.JSONB(astext_type=sa.Text())), sa.Column("d", postgresql.JSON()), sa.Column("e", postgresql.ARRAY(sa.String(length=3))),
        sa.Column("f", postgresql.ARRAY(sa.Integer(), dimensions=2)), sa.Column("g", postgresql.TIMESTAMP(timezone=True, precision=3)), sa.Column("h", postgresql.TIMESTAMP()), sa.Column("i", postgresql.TIME(precision=2)),
        sa.Column("j", postgresql.INTERVAL()), sa.Column("k", postgresql.INTERVAL(fields="DAY TO SECOND", precision=3)), sa.Column("l", postgresql.BYTEA()), sa.Column("m", postgresql.INET()), sa.Column("n", postgresql.CIDR),
        sa.Column("o", postgresql.MACADDR()), sa.Column("p", postgresql.MONEY), sa.Column("q", postgresql.OID), sa.Column("r", postgresql.REGCLASS), sa.Column("s", postgresql.TSVECTOR()),
        sa.Column("v", postgresql.BIT(3)), sa.Column("w", postgresql.BIT(varying=True)), sa.Column("x", postgresql.DOUBLE_PRECISION()), sa.Column("y", postgresql.VARCHAR(4)), sa.Column("z", postgresql.INT4RANGE()), sa.Column("aa", postgresql.TSTZRANGE()),
        sa.Column("ab", postgresql.NUMRANGE), sa.Column("ac", postgresql.DATERANGE), sa.Column("ad", postgresql.INT8RANGE), sa.Column("ae", postgresql.TSRANGE), sa.Column("af", sa.ARRAY(sa.Text)), sa.Column("ag", postgresql.REAL), sa.Column("ah", postgresql.NUMERIC(5, 2)), sa.Column("ai", postgresql.CHAR(2)))

def downgrade():
    op.drop_table("t")
