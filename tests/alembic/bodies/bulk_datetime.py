# SPDX-License-Identifier: MIT
"""bulk datetime"""
from alembic import op
import sqlalchemy as sa
from datetime import datetime

revision = "0080"
down_revision = None


def upgrade():
    t = op.create_table("t", sa.Column("id", sa.Integer), sa.Column("d", sa.DateTime))
    op.bulk_insert(t, [{"id": 1, "d": datetime(2024, 1, 31, 12, 30, 5)}, {"id": 2, "d": datetime(2024, 1, 31)}])

def downgrade():
    pass
