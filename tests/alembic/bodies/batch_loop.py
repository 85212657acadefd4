# SPDX-License-Identifier: MIT
"""batch loop"""
from alembic import op
import sqlalchemy as sa

revision = "0112"
down_revision = None


def upgrade():
    for n in ("t1", "t2"):
        op.create_table(n, sa.Column("id", sa.Integer, primary_key=True), sa.Column("old", sa.String(5)))
        with op.batch_alter_table(n) as b:
            for c in ("x", "y"):
                b.add_column(sa.Column(c, sa.Integer()))
            b.drop_column("old")

def downgrade():
    for n in ("t1", "t2"):
        op.drop_table(n)
