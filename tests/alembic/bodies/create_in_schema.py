# SPDX-License-Identifier: MIT
"""create in schema"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0038"
down_revision = None


def upgrade():
    op.execute(sa.schema.CreateSchema("s"))
    op.create_table("p", sa.Column("id", sa.Integer, primary_key=True), schema="s")
    op.create_table("c", sa.Column("p", sa.Integer, sa.ForeignKey("s.p.id")), sa.Column("x", sa.Integer, index=True), schema="s")
    op.create_index("ix", "c", ["p"], schema="s")
    op.add_column("c", sa.Column("y", sa.Integer, comment="why"), schema="s")
    op.alter_column("c", "y", nullable=False, schema="s")

def downgrade():
    op.drop_index("ix", table_name="c", schema="s")
    op.drop_column("c", "y", schema="s")
    op.drop_table("c", schema="s")
    op.drop_table("p", schema="s")
    op.execute(sa.schema.DropSchema("s"))
