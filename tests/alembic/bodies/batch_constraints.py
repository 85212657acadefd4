# SPDX-License-Identifier: MIT
"""batch constraints"""
from alembic import op
import sqlalchemy as sa

revision = "0103"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute("INSERT INTO t (id, a, b) VALUES (1, 'x', 1)")
    with op.batch_alter_table("t") as b:
        b.create_unique_constraint("uq", ["a"])
        b.create_check_constraint("ck", "b > 0")
        b.create_foreign_key("fk", "t", ["b"], ["id"], ondelete="CASCADE")

def downgrade():
    pass
