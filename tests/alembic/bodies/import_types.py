# SPDX-License-Identifier: MIT
from alembic import op
import sqlalchemy as sa

import shop.db.types
from shop.db.types import Money, Sized, Upper


def upgrade():
    table = op.create_table(
        "t",
        sa.Column("id", shop.db.types.GUID(), primary_key=True),
        sa.Column("price", Money(10, 2), nullable=False),
        sa.Column("code", Upper),
        sa.Column("long", Sized(length=12)),
        sa.Column("at", shop.db.types.Stamp()),
    )
    op.add_column("t", sa.Column("other", shop.db.types.GUID))
    op.bulk_insert(
        table,
        [
            {
                "id": "12345678123456781234567812345678",
                "price": 1,
                "code": " ab ",
                "long": "it's",
            }
        ],
    )
    op.execute(table.update().values(code="xy "))


def downgrade():
    op.alter_column("t", "price", type_=Money(12, 2))
    op.drop_table("t")
