# SPDX-License-Identifier: MIT
"""imports"""
from alembic import op
import sqlalchemy as sa
import sqlalchemy as S
import sqlalchemy as s2
from sqlalchemy import Column, Integer, String, UniqueConstraint, text, update
from sqlalchemy.sql import table, column

revision = "0095"
down_revision = None


def upgrade():
    op.create_table("t", Column("id", Integer, primary_key=True), Column("a", String(3), nullable=False), Column("b", S.Text), UniqueConstraint("a", name="u"), s2.Column("c", s2.types.Date))
    op.execute(text("INSERT INTO t (id, a) VALUES (1, 'x')"))
    op.execute(update(table("t", column("a", String))).values(a="y"))

def downgrade():
    op.drop_table("t")
