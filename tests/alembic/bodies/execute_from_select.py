# SPDX-License-Identifier: MIT
"""execute from select"""
from alembic import op
import sqlalchemy as sa

revision = "0075"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))

    op.create_table("u", sa.Column("id", sa.Integer), sa.Column("a", sa.String(20)))
    t = sa.table("t", sa.column("id", sa.Integer), sa.column("a", sa.String))
    u = sa.table("u", sa.column("id", sa.Integer), sa.column("a", sa.String))
    op.bulk_insert(t, [{"id": 1, "a": "x"}, {"id": 2, "a": "y"}])
    op.execute(u.insert().from_select(["id", "a"], sa.select(t.c.id, t.c.a).where(t.c.id > 1)))
    op.execute(u.delete().where(u.c.id.in_(sa.select(t.c.id).where(t.c.a == "x"))))

def downgrade():
    pass
