# SPDX-License-Identifier: MIT
"""loop literals"""
from alembic import op
import sqlalchemy as sa

revision = "0083"
down_revision = None


def upgrade():
    for name, size in (("t1", 5), ("t2", 6)):
        op.create_table(name, sa.Column("a", sa.String(size)))
    for i, c in enumerate(["x", "y"], start=1):
        op.add_column("t1", sa.Column(f"{c}{i}", sa.Integer))
    for k, v in {"p": sa.Integer(), "q": sa.Text()}.items():
        op.add_column("t2", sa.Column(k, v))

def downgrade():
    for name in reversed(["t1", "t2"]):
        op.drop_table(name)
