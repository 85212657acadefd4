# SPDX-License-Identifier: MIT
from alembic import op
import sqlalchemy as sa

from shop import constants as c
from shop.constants import *


def upgrade():
    op.create_table(
        "t",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("status", sa.Enum(Status), nullable=False),
        sa.Column(
            "kind", sa.Enum(c.Kind, name="kinds", native_enum=False)
        ),
        sa.Column("name", sa.String(NAME_LENGTH)),
    )
    op.execute(
        f"INSERT INTO t (id, status) VALUES (1, '{Status.OPEN.name}')"
    )
    for value in Status.names():
        op.execute(f"UPDATE t SET name = '{value}'")


def downgrade():
    op.drop_table("t")
    sa.Enum(name="status").drop(op.get_bind())
