# SPDX-License-Identifier: MIT
"""rename index by sql"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0120"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.create_index("i1", "t", ["a"])
    op.execute("ALTER INDEX i1 RENAME TO i2")
    op.execute("ALTER TABLE t RENAME CONSTRAINT t_pkey TO pk_t")

def downgrade():
    op.execute("ALTER INDEX i2 RENAME TO i1")
