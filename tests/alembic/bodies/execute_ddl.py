# SPDX-License-Identifier: MIT
"""execute ddl"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0077"
down_revision = None


def upgrade():
    op.execute(sa.DDL("CREATE TABLE q (a integer)"))
    op.execute(sa.schema.CreateSequence(sa.Sequence("sq", start=3, increment=2)))
    op.create_table("t", sa.Column("id", sa.Integer, server_default=sa.Sequence("sq").next_value()))

def downgrade():
    op.drop_table("t")
    op.execute(sa.schema.DropSequence(sa.Sequence("sq")))
