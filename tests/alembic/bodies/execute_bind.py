# SPDX-License-Identifier: MIT
"""execute bind"""
from alembic import op
import sqlalchemy as sa

revision = "0072"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    conn = op.get_bind()
    conn.execute(sa.text("INSERT INTO t (id, a) VALUES (:id, :a)"), {"id": 1, "a": "x"})
    conn.execute(sa.text("UPDATE t SET b = :b"), {"b": None})
    op.get_bind().execute(sa.text("UPDATE t SET b = 3"))

def downgrade():
    pass
