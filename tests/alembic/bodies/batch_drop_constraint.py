# SPDX-License-Identifier: MIT
"""batch drop constraint"""
from alembic import op
import sqlalchemy as sa

revision = "0105"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Integer), sa.UniqueConstraint("a", name="uq"), sa.CheckConstraint("a > 0", name="ck"))
    op.create_index("ix", "t", ["a"])
    op.execute("INSERT INTO t VALUES (1, 2)")
    with op.batch_alter_table("t") as b:
        b.drop_constraint("uq", type_="unique")
        b.drop_constraint("ck", type_="check")

def downgrade():
    pass
