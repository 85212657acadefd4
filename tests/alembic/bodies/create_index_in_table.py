# SPDX-License-Identifier: MIT
"""create index in table"""
from alembic import op
import sqlalchemy as sa

revision = "0026"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer), sa.Column("b", sa.Integer, index=True, unique=True), sa.Index("ix_t_a", "a", unique=True))

def downgrade():
    op.drop_table("t")
