# SPDX-License-Identifier: MIT
"""batch default"""
from alembic import op
import sqlalchemy as sa

revision = "0107"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute("INSERT INTO t (id) VALUES (5)")
    with op.batch_alter_table("t") as b:
        b.alter_column("a", server_default=sa.text("'k'"), existing_type=sa.String(20))
        b.alter_column("b", server_default=None, nullable=True, existing_type=sa.Integer())
    op.execute("INSERT INTO t (id) VALUES (6)")

def downgrade():
    pass
