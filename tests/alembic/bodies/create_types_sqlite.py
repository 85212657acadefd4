# SPDX-License-Identifier: MIT
"""create types sqlite"""
# only: sqlite
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

revision = "0015"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sqlite.JSON), sa.Column("b", sqlite.DATETIME()), sa.Column("c", sqlite.DATE()), sa.Column("d", sqlite.VARCHAR(3)), sa.Column("e", sqlite.TIME()), sa.Column("f", sqlite.BLOB))

def downgrade():
    op.drop_table("t")
