# SPDX-License-Identifier: MIT
"""create defaults"""
from alembic import op
import sqlalchemy as sa

revision = "0010"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a", sa.String(9), server_default="it's", nullable=False),
        sa.Column("b", sa.Integer, server_default="0"),
        sa.Column("c", sa.Integer, server_default=sa.text("1 + 1")),
        sa.Column("d", sa.Boolean, server_default=sa.true()),
        sa.Column("e", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.Column("f", sa.DateTime, server_default=sa.func.now()),
        sa.Column("g", sa.DateTime, server_default=sa.func.current_timestamp()),
        sa.Column("h", sa.String(5), server_default=sa.literal("q")),
        sa.Column("i", sa.Integer, server_default=sa.null()),
        sa.Column("j", sa.DateTime, server_default=sa.text("CURRENT_TIMESTAMP")),
        sa.Column("k", sa.Text, server_default=sa.text("'x'")),
        sa.Column("l", sa.Text, server_default=""),
        sa.Column("m", sa.Text, server_default=sa.func.lower("ABC")))
    op.execute("INSERT INTO t (id) VALUES (1)")
    op.execute("UPDATE t SET f = NULL, g = NULL, j = NULL")

def downgrade():
    op.drop_table("t")
