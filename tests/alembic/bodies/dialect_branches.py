# SPDX-License-Identifier: MIT
"""dialect branches"""
from alembic import op
import sqlalchemy as sa

revision = "0086"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.alter_column("t", "a", nullable=False)
    elif bind.dialect.name == "sqlite":
        op.execute("UPDATE t SET a = 1")
    else:
        raise NotImplementedError("no")
    if op.get_context().dialect.name != "sqlite" and not False:
        op.create_unique_constraint("u", "t", ["a"])
    pg = bind.engine.name == "postgresql"
    op.execute("INSERT INTO t (id, a) VALUES (%d, 'v')" % (1 if pg else 2))

def downgrade():
    pass
