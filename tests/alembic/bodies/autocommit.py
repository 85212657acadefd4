# SPDX-License-Identifier: MIT
"""autocommit"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0097"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY ix ON t (a)")
    op.execute("INSERT INTO t (id) VALUES (1)")

def downgrade():
    pass
