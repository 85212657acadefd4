# SPDX-License-Identifier: MIT
"""bulk types"""
from alembic import op
import sqlalchemy as sa
import datetime
from decimal import Decimal

revision = "0079"
down_revision = None


def upgrade():
    t = op.create_table("t", sa.Column("id", sa.Integer), sa.Column("s", sa.String(20)), sa.Column("f", sa.Float), sa.Column("b", sa.Boolean), sa.Column("d", sa.Date), sa.Column("n", sa.Numeric(6, 2)))
    op.bulk_insert(t, [
        {"id": 1, "s": "it's", "f": 1.5, "b": True, "d": datetime.date(2024, 1, 31), "n": Decimal("12.50")},
        {"id": -2, "s": None, "f": -0.25, "b": False, "d": None, "n": None},
        {"id": 3, "s": "é ü 漢", "f": 1e10, "b": None, "d": datetime.date(1999, 12, 1), "n": Decimal("-1")},
    ])
    op.bulk_insert(t, [], multiinsert=False)
    op.bulk_insert(t, rows=[{"s": "x", "id": 4}], multiinsert=False)

def downgrade():
    op.drop_table("t")
