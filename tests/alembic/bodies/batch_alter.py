# SPDX-License-Identifier: MIT
"""batch alter"""
from alembic import op
import sqlalchemy as sa

revision = "0102"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute("INSERT INTO t (id, a, b) VALUES (1, 'x', 1)")
    with op.batch_alter_table("t") as b:
        b.alter_column("a", existing_type=sa.String(20), nullable=False, new_column_name="z")
        b.alter_column("b", type_=sa.BigInteger(), server_default="3")

def downgrade():
    pass
