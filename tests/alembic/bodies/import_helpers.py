# SPDX-License-Identifier: MIT
from alembic import op
import sqlalchemy as sa

import shop.db.tables
from shop.constants import ALIASES, LIMITS, NAME_LENGTH, TABLES, Status
from shop.db import helpers
from shop.db.helpers import make


def upgrade():
    for name in TABLES:
        make(name, sa.Column("label", sa.String(NAME_LENGTH)))
    op.bulk_insert(
        shop.db.tables.parts,
        [
            {"id": i, "label": ALIASES[member]}
            for i, member in enumerate(Status)
        ],
    )
    if helpers.is_postgresql(op.get_bind()):
        op.execute("COMMENT ON TABLE shop_parts IS 'parts'")
    op.add_column(
        "shop_bills",
        sa.Column("limit", sa.Integer(), server_default=str(LIMITS["high"])),
    )


def downgrade():
    op.drop_column("shop_bills", "limit")
    helpers.drop(*reversed(TABLES))
