# SPDX-License-Identifier: MIT
"""create sqlite options"""
from alembic import op
import sqlalchemy as sa

revision = "0037"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Text), sqlite_autoincrement=True)
    op.create_table("u", sa.Column("id", sa.Integer, primary_key=True), sqlite_with_rowid=False)

def downgrade():
    op.drop_table("u")
    op.drop_table("t")
