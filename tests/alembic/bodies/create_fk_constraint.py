# SPDX-License-Identifier: MIT
"""create fk constraint"""
from alembic import op
import sqlalchemy as sa

revision = "0007"
down_revision = None


def upgrade():
    op.create_table("p", sa.Column("a", sa.Integer, nullable=False), sa.Column("b", sa.Integer, nullable=False), sa.PrimaryKeyConstraint("a", "b"))
    op.create_table("c", sa.Column("x", sa.Integer), sa.Column("y", sa.Integer), sa.ForeignKeyConstraint(["x", "y"], ["p.a", "p.b"], name="fk_c", onupdate="CASCADE", ondelete="SET NULL", deferrable=True, initially="DEFERRED"))

def downgrade():
    op.drop_table("c")
    op.drop_table("p")
