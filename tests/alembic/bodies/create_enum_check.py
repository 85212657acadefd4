# SPDX-License-Identifier: MIT
"""create enum check"""
from alembic import op
import sqlalchemy as sa

revision = "0022"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("e", sa.Enum("a", "b", name="ck_e", native_enum=False, create_constraint=True)), sa.Column("b", sa.Boolean(create_constraint=True, name="ck_b")), sa.Column("f", sa.Enum("x", native_enum=False, length=9)))

def downgrade():
    op.drop_table("t")
