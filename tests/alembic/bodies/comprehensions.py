# SPDX-License-Identifier: MIT
"""comprehensions"""
from alembic import op
import sqlalchemy as sa

revision = "0087"
down_revision = None


def upgrade():
    names = ["a", "b", "c"]
    op.create_table("t", *[sa.Column(n, sa.Integer) for n in names if n != "b"], *(sa.Column(n.upper(), sa.Text) for n in names))
    vals = {n: i for i, n in enumerate(names)}
    op.execute("INSERT INTO t (a, c) VALUES (%s)" % ", ".join(str(vals[k]) for k in sorted({"c", "a"})))
    op.execute("UPDATE t SET a = %d" % sum(x * y for x in range(3) for y in (1, 2)))

def downgrade():
    pass
