# SPDX-License-Identifier: MIT
"""execute upsert"""
# only: postgresql
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0076"
down_revision = None

T = sa.table("t", sa.column("id", sa.Integer), sa.column("a", sa.String))


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    ins = postgresql.insert(T).values(id=1, a="x")
    op.execute(ins.on_conflict_do_nothing(index_elements=["id"]))
    op.execute(ins.on_conflict_do_update(index_elements=["id"], set_={"a": "z"}))
    op.execute(ins.on_conflict_do_nothing())

def downgrade():
    pass
