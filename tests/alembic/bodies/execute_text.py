# SPDX-License-Identifier: MIT
"""execute text"""
from alembic import op
import sqlalchemy as sa

revision = "0068"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute("INSERT INTO t (id, a) VALUES (1, 'x')")
    op.execute(sa.text("UPDATE t SET b = 2 WHERE id = 1"))
    op.execute(sa.text("UPDATE t SET a = :v WHERE id = :i").bindparams(v="it's", i=1))
    op.execute(sa.text("INSERT INTO t (id, a) VALUES (:i, :a)").bindparams(sa.bindparam("i", 2), sa.bindparam("a", "q", sa.String)))
    op.execute("UPDATE t SET a = '10\\:30' WHERE id = 1")

def downgrade():
    op.execute("DELETE FROM t")
    op.drop_table("t")
