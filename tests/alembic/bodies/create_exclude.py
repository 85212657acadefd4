# SPDX-License-Identifier: MIT
"""create exclude"""
# only: postgresql
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("r", postgresql.INT4RANGE()), postgresql.ExcludeConstraint(("r", "&&"), using="gist", name="ex", where=sa.text("r IS NOT NULL")))

def downgrade():
    op.drop_table("t")
