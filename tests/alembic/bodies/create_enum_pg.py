# SPDX-License-Identifier: MIT
"""create enum pg"""
# only: postgresql
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = None


def upgrade():
    kind = postgresql.ENUM("a", "b", name="kind", create_type=False)
    kind.create(op.get_bind(), checkfirst=True)
    op.create_table("t", sa.Column("k", kind, nullable=False), sa.Column("l", postgresql.ARRAY(postgresql.ENUM("x", name="other"))))
    op.add_column("t", sa.Column("m", postgresql.ENUM("a", "b", name="kind", create_type=False), server_default="b"))

def downgrade():
    op.drop_table("t")
    postgresql.ENUM(name="kind").drop(op.get_bind())
    postgresql.ENUM(name="other").drop(op.get_bind(), checkfirst=True)
