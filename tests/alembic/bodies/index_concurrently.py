# SPDX-License-Identifier: MIT
"""index concurrently"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0067"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    with op.get_context().autocommit_block():
        op.create_index("i1", "t", ["a"], postgresql_concurrently=True, if_not_exists=True)
        op.create_index("i2", "t", ["b"], postgresql_concurrently=True)

def downgrade():
    with op.get_context().autocommit_block():
        op.drop_index("i1", "t", postgresql_concurrently=True, if_exists=True)
        op.drop_index("i2", "t", postgresql_concurrently=True)
