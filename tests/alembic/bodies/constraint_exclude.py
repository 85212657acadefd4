# SPDX-License-Identifier: MIT
"""constraint exclude"""
# only: postgresql
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0060"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("r", postgresql.TSRANGE()))
    op.create_exclude_constraint("ex", "t", ("r", "&&"), where=sa.text("NOT isempty(r)"), using="gist")

def downgrade():
    op.drop_constraint("ex", "t")
