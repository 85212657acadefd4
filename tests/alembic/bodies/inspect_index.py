# SPDX-License-Identifier: MIT
"""inspect index"""
from alembic import op
import sqlalchemy as sa

revision = "0110"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.create_index("ix", "t", ["a"])
    names = {i["name"] for i in sa.inspect(op.get_bind()).get_indexes("t")}
    if "ix" in names:
        op.drop_index("ix", table_name="t")

def downgrade():
    pass
