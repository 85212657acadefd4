# SPDX-License-Identifier: MIT
"""view by sql"""
from alembic import op
import sqlalchemy as sa

revision = "0122"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute("CREATE VIEW v AS SELECT id, a FROM t")

def downgrade():
    op.execute("DROP VIEW v")
    op.drop_table("t")
