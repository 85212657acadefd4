# SPDX-License-Identifier: MIT
"""execute multi line"""
from alembic import op
import sqlalchemy as sa

revision = "0069"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute(
        """
        INSERT INTO t (id, a)
        VALUES (1, '100%'),
               (2, 'a:b')
        """
    )
    op.execute("""UPDATE t SET b = 1""")

def downgrade():
    op.execute("DROP TABLE t;")
