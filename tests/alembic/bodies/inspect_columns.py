# SPDX-License-Identifier: MIT
"""inspect columns"""
from alembic import op
import sqlalchemy as sa

revision = "0115"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    insp = sa.inspect(op.get_bind())
    have = {c["name"] for c in insp.get_columns("t")}
    for name in ("a", "b", "c"):
        if name not in have:
            op.add_column("t", sa.Column(name, sa.Integer()))
    if not any(c["name"] == "zz" for c in sa.inspect(op.get_bind()).get_columns("t")):
        op.add_column("t", sa.Column("zz", sa.Integer))

def downgrade():
    insp = sa.inspect(op.get_bind())
    if insp.has_table("t"):
        op.drop_table("t")
    if insp.has_table("u"):
        op.drop_table("u")
