# SPDX-License-Identifier: MIT
"""create returns table"""
from alembic import op
import sqlalchemy as sa

revision = "0040"
down_revision = None


def upgrade():
    t = op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.String(9)))
    op.bulk_insert(t, [{"id": 1, "n": "x"}, {"id": 2, "n": None}])
    op.execute(t.delete().where(t.c.n == "x"))

def downgrade():
    op.drop_table("t")
