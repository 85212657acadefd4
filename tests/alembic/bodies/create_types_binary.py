# SPDX-License-Identifier: MIT
"""create types binary"""
# only: sqlite
from alembic import op
import sqlalchemy as sa

revision = "0014"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.BINARY(3)), sa.Column("b", sa.VARBINARY(length=4)), sa.Column("c", sa.BLOB), sa.Column("d", sa.NVARCHAR(3)), sa.Column("e", sa.NCHAR(2)), sa.Column("f", sa.CLOB), sa.Column("g", sa.DATETIME))

def downgrade():
    op.drop_table("t")
