# SPDX-License-Identifier: MIT
"""index pg"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0066"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.create_index("i1", "t", ["a"], postgresql_using="btree", postgresql_ops={"a": "varchar_pattern_ops"})
    op.create_index("i2", "t", ["a"], postgresql_include=["b"], postgresql_with={"fillfactor": 70})
    op.create_index("i3", "t", [sa.text("a"), sa.column("b").desc()])

def downgrade():
    op.drop_index("i1", table_name="t", postgresql_using="btree", if_exists=True)
