# SPDX-License-Identifier: MIT
"""add column"""
from alembic import op
import sqlalchemy as sa

revision = "0043"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.add_column("t", sa.Column("c", sa.String(3), nullable=True))
    op.add_column("t", sa.Column("d", sa.Integer(), server_default="5", nullable=False))
    op.add_column("t", column=sa.Column("e", sa.Boolean(), server_default=sa.text("0") if op.get_bind().dialect.name == "sqlite" else sa.false()))
    op.add_column(table_name="t", column=sa.Column("f", sa.Text))

def downgrade():
    op.drop_column("t", "c")
    op.drop_column("t", "d")
    op.drop_column(table_name="t", column_name="e")
