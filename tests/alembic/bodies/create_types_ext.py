# SPDX-License-Identifier: MIT
"""create types ext"""
# only: postgresql
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = None


def upgrade():
    op.execute("CREATE EXTENSION IF NOT EXISTS citext")
    op.execute("CREATE EXTENSION IF NOT EXISTS hstore")
    op.create_table("t", sa.Column("a", postgresql.CITEXT()), sa.Column("b", postgresql.HSTORE(text_type=sa.Text())))

def downgrade():
    op.drop_table("t")
