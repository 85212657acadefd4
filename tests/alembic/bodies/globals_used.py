# SPDX-License-Identifier: MIT
"""globals used"""
from alembic import op
import sqlalchemy as sa

revision = "0119"
down_revision = None

COUNT = 0


def _count():
    global COUNT
    COUNT += 1


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    _count()
    _count()
    op.execute("INSERT INTO t (id) VALUES (%d)" % COUNT)

def downgrade():
    pass
