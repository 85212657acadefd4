# SPDX-License-Identifier: MIT
"""try finally"""
from alembic import op
import sqlalchemy as sa

revision = "0090"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    try:
        op.execute("INSERT INTO t (id) VALUES (1)")
    finally:
        op.execute("INSERT INTO t (id) VALUES (2)")
    try:
        x = {"a": 1}["b"]
    except KeyError:
        x = 7
    op.execute(f"INSERT INTO t (id) VALUES ({x})")

def downgrade():
    pass
