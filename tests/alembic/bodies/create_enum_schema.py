# SPDX-License-Identifier: MIT
"""create enum schema"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0024"
down_revision = None


def upgrade():
    op.execute("CREATE SCHEMA s")
    op.create_table("t", sa.Column("k", sa.Enum("a", name="Kind", schema="s")), schema="s")

def downgrade():
    op.drop_table("t", schema="s")
    op.execute('DROP TYPE s."Kind"')
    op.execute("DROP SCHEMA s")
