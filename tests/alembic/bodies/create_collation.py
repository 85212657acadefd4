# SPDX-License-Identifier: MIT
"""create collation"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0019"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.String(5, collation="C")), sa.Column("b", sa.Text(collation="C")), sa.Column("c", sa.ARRAY(sa.String(3, collation="C"))))

def downgrade():
    op.drop_table("t")
