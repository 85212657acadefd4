# SPDX-License-Identifier: MIT
"""create enum class"""
from alembic import op
import sqlalchemy as sa
import enum

revision = "0025"
down_revision = None

class Colour(enum.Enum):
    RED = 1
    GREEN = 2


class Size(str, enum.Enum):
    small = "S"
    large = "L"


def upgrade():
    op.create_table("t", sa.Column("a", sa.Enum(Colour)), sa.Column("b", sa.Enum(Size, name="sizes", values_callable=lambda x: [e.value for e in x])))

def downgrade():
    op.drop_table("t")
