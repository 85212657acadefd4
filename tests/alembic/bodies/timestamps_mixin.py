# SPDX-License-Identifier: MIT
"""timestamps mixin"""
from alembic import op
import sqlalchemy as sa

revision = "0117"
down_revision = None

OPTIONS = {"comment": "x"}


def timestamps(indexed=False):
    return (
        sa.Column("created_at", sa.DateTime(), server_default=sa.func.now(), nullable=False, index=indexed),
        sa.Column("updated_at", sa.DateTime(), nullable=True),
    )


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), *timestamps(), **OPTIONS)
    op.create_table("u", sa.Column("id", sa.Integer, primary_key=True), *timestamps(indexed=True))

def downgrade():
    op.drop_table("u")
    op.drop_table("t")
