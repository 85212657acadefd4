# SPDX-License-Identifier: MIT
"""helpers"""
from alembic import op
import sqlalchemy as sa

revision = "0085"
down_revision = None

def _make(name, extra=False, **kw):
    cols = [sa.Column("id", sa.Integer, nullable=False)]
    if extra:
        cols.append(sa.Column("extra", sa.String(5)))
    op.create_table(name, *cols, sa.PrimaryKeyConstraint("id"), **kw)


def _cols(n):
    return [sa.Column("c%d" % i, sa.Integer) for i in range(n)]


def _apply(f, *args):
    return f(*args)


def upgrade():
    _make("x")
    _make("y", extra=True)
    for c in _cols(2):
        op.add_column("x", c)
    _apply(op.drop_column, "x", "c0")

def downgrade():
    op.drop_table("y")
    op.drop_table("x")
