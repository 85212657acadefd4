# SPDX-License-Identifier: MIT
"""conditional expr"""
from alembic import op
import sqlalchemy as sa

revision = "0096"
down_revision = None


def upgrade():
    for big in (True, False):
        op.create_table("big" if big else "small", sa.Column("a", sa.BigInteger() if big else sa.SmallInteger(), nullable=not big))
    x = None or "q"
    assert x == "q"
    op.execute("INSERT INTO big (a) VALUES (%s)" % (0 or 5 and 6))
    op.execute("INSERT INTO small (a) VALUES (%s)" % (1 if 0 < len(x) <= 1 else 2))

def downgrade():
    pass
