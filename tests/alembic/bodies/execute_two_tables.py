# SPDX-License-Identifier: MIT
# only: postgresql
"""statements of several tables"""
from itertools import product

from alembic import op
import sqlalchemy as sa

revision = "0104"
down_revision = None

a = sa.table("a", sa.column("id", sa.Integer), sa.column("n", sa.Integer))
b = sa.table("b", sa.column("id", sa.Integer), sa.column("m", sa.Integer))


def upgrade():
    for name in ("a", "b"):
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("n", sa.Integer()),
            sa.Column("m", sa.Integer()),
        )
    for i, (n, m) in enumerate(product((1, 2), [5, 7])):
        op.execute(a.insert().values(id=i, n=n))
        op.execute(b.insert().values(id=i + 2, m=m))
    op.execute(sa.update(a).values(n=b.c.m).where(a.c.id == b.c.id))
    op.execute(
        a.update()
        .values(n=9)
        .where(
            ~sa.select(b.c.id).where(b.c.id == a.c.id).exists(),
        )
    )
    op.execute(
        b.insert().from_select(
            ["id", "m"],
            sa.select(a.c.id, a.c.n).where(
                ~sa.select(b.c.id).where(b.c.id == a.c.id).exists()
            ),
        )
    )


def downgrade():
    op.execute("UPDATE a SET n = NULL WHERE id > 2")
