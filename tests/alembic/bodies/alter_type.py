# SPDX-License-Identifier: MIT
"""alter type"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0052"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.alter_column("t", "a", existing_type=sa.VARCHAR(20), type_=sa.Text(), existing_nullable=True)
    op.alter_column("t", "b", type_=sa.BigInteger, postgresql_using="b::bigint")
    op.alter_column("t", "a", type_=sa.Integer(), postgresql_using="a::integer")

def downgrade():
    op.alter_column("t", "b", existing_type=sa.BigInteger(), type_=sa.Integer())
