# SPDX-License-Identifier: MIT
"""inspect table"""
from alembic import op
import sqlalchemy as sa

revision = "0109"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    insp = sa.inspect(op.get_bind())
    if "t" in insp.get_table_names():
        op.add_column("t", sa.Column("c", sa.Integer))
    if not insp.has_table("nope"):
        op.create_table("nope", sa.Column("a", sa.Integer))
    cols = [c["name"] for c in insp.get_columns("t")]
    if "a" in cols and "zz" not in cols:
        op.execute("INSERT INTO t (id) VALUES (1)")

def downgrade():
    pass
