# SPDX-License-Identifier: MIT
"""create enum"""
from alembic import op
import sqlalchemy as sa

revision = "0021"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("e", sa.Enum("a", "bb", "it's", name="kind"), nullable=False, server_default="a"))
    op.create_table("u", sa.Column("e", sa.Enum("a", "bb", "it's", name="kind")))

def downgrade():
    op.drop_table("u")
    op.drop_table("t")
    sa.Enum(name="kind").drop(op.get_bind(), checkfirst=False)
