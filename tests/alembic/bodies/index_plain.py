# SPDX-License-Identifier: MIT
"""index plain"""
from alembic import op
import sqlalchemy as sa

revision = "0063"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.create_index("i1", "t", ["a"])
    op.create_index(op.f("i2"), "t", ["a", "b"], unique=True)
    op.create_index("i3", table_name="t", columns=["b"])

def downgrade():
    op.drop_index("i1")
    op.drop_index(op.f("i2"), table_name="t")
    op.drop_index("i3", "t")
