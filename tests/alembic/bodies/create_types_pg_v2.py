# SPDX-License-Identifier: MIT
"""create types pg v2"""
# only: postgresql
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", postgresql.REGCONFIG), sa.Column("b", postgresql.INT4MULTIRANGE), sa.Column("c", postgresql.DATEMULTIRANGE()), sa.Column("d", postgresql.TSTZMULTIRANGE), sa.Column("e", postgresql.MACADDR8), sa.Column("f", postgresql.JSONPATH), sa.Column("g", postgresql.TSQUERY))

def downgrade():
    op.drop_table("t")
