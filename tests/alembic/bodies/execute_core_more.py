# SPDX-License-Identifier: MIT
"""execute core more"""
from alembic import op
import sqlalchemy as sa

revision = "0074"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))

    t = sa.table("t", sa.column("id", sa.Integer), sa.column("a", sa.String), sa.column("b", sa.Integer))
    op.bulk_insert(t, [{"id": i, "a": "n%d" % i, "b": None} for i in range(4)])
    op.execute(t.update().values(a=sa.case((t.c.id > 2, "big"), (t.c.id == 1, "one"), else_="small")))
    op.execute(t.update().values(b=sa.cast(t.c.id, sa.Integer) * 2 + 1).where(t.c.a.like("%m%")))
    op.execute(t.update().values(b=(t.c.id + 1) * 3).where(sa.not_(t.c.b == None)))
    op.execute(t.update().where(t.c.b != None).where(t.c.id < 9).values(a=t.c.a + "-x"))
    op.execute(t.update().values(a=sa.text("a || 'y'")).where(sa.text("id = 2")))
    op.execute(t.update().where(t.c.id.between(1, 2)).values(b=sa.func.coalesce(t.c.b, 0)))
    op.execute(t.update().where((t.c.id == 1) | (t.c.id == 3) & (t.c.b > 1)).values(b=sa.null()))
    op.execute(t.delete().where(t.c.a.notlike("%x%")))

def downgrade():
    pass
