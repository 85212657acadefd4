# SPDX-License-Identifier: MIT
"""strings"""
from alembic import op
import sqlalchemy as sa

revision = "0088"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))

    s = "  Hello World  ".strip()
    parts = s.split(" ")
    op.execute("INSERT INTO t (id, a) VALUES (%d, '%s')" % (len(parts), parts[-1].lower()))
    op.execute("INSERT INTO t (id, a) VALUES (3, '{0}{1:>4}')".format(s[:2], s[1]))
    op.execute("INSERT INTO t (id, a) VALUES (4, '" + s.replace("o", "0").upper()[::-1] + "')")
    if s.startswith("Hello") and "World" in s:
        op.execute("INSERT INTO t (id, a) VALUES (5, '" + "-".join(x.title() for x in ("ab", "cd")) + "')")
    op.execute("INSERT INTO t (id, a) VALUES (6, '%s')" % f"{3.14159:.2f}|{7:03d}|{1234567:,}|{'x':<3}|{True}")

def downgrade():
    pass
