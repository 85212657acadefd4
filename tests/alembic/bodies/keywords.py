# SPDX-License-Identifier: MIT
"""keywords"""
from alembic import op
import sqlalchemy as sa

revision = "0094"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column(name="id", type_=sa.Integer(), primary_key=True), sa.Column("a", type_=sa.String(length=3)))
    op.create_index(index_name="i", table_name="t", columns=("a",), unique=False)
    op.add_column(table_name="t", column=sa.Column("c", sa.Integer))
    op.execute(sqltext="INSERT INTO t (id) VALUES (1)")

def downgrade():
    op.drop_index(index_name="i", table_name="t")
    op.drop_column(table_name="t", column_name="c")
    op.drop_table(table_name="t")
