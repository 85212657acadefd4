# SPDX-License-Identifier: MIT
"""create unique options"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0041"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer), sa.UniqueConstraint("a", name="u", deferrable=True, initially="IMMEDIATE"))

def downgrade():
    op.drop_table("t")
