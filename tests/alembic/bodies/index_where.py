# SPDX-License-Identifier: MIT
"""index where"""
from alembic import op
import sqlalchemy as sa

revision = "0065"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.create_index("i1", "t", ["a"], postgresql_where=sa.text("b > 1"), sqlite_where=sa.text("b > 1"))
    op.create_index("i2", "t", ["a"], unique=True, postgresql_where=sa.column("b").is_(None), sqlite_where=sa.column("b").is_(None))

def downgrade():
    op.drop_index("i1", "t", postgresql_where=sa.text("b > 1"))
