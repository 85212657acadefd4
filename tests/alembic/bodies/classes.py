# SPDX-License-Identifier: MIT
"""classes"""
from alembic import op
import sqlalchemy as sa
from enum import Enum

revision = "0091"
down_revision = None

class Status(Enum):
    ACTIVE = 1
    GONE = 2


class C:
    TABLE = "t"


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute("INSERT INTO t (id, a) VALUES (%d, '%s')" % (Status.ACTIVE.value, Status.ACTIVE.name))
    for s in Status:
        op.execute(f"INSERT INTO t (id, a) VALUES ({s.value + 10}, '{s.name}')")
    op.execute(f"INSERT INTO {C.TABLE} (id) VALUES (99)")

def downgrade():
    pass
