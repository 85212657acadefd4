# SPDX-License-Identifier: MIT
"""execute core"""
from alembic import op
import sqlalchemy as sa

revision = "0073"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))

    t = sa.table("t", sa.column("id", sa.Integer), sa.column("a", sa.String), sa.column("b", sa.Integer))
    op.execute(t.insert().values(id=1, a="x", b=10))
    op.execute(sa.insert(t).values({"b": 20, "id": 2}))
    op.execute(t.insert().values([{"id": 3, "a": "y"}, {"id": 4, "a": "z"}]))
    op.execute(t.update().where(t.c.id == 1).values(b=t.c.b + 1, a=sa.func.upper(t.c.a)))
    op.execute(sa.update(t).where(t.c.b.is_(None)).values({"b": op.inline_literal(0)}))
    op.execute(t.update().values({t.c.b: 5}).where(sa.or_(t.c.id > 2, t.c.a.in_(["q", "r"]))))
    op.execute(t.delete().where(t.c.id == 4))
    op.execute(sa.delete(t).where(sa.and_(t.c.a != "x", t.c.b >= 5, ~t.c.id.in_([1, 2]))))

def downgrade():
    pass
