# SPDX-License-Identifier: MIT
"""unpacking"""
from alembic import op
import sqlalchemy as sa

revision = "0089"
down_revision = None


def upgrade():
    first, *rest = ["t", "u", "v"]
    (a, b), c = ("x", "y"), "z"
    for name in [first, *rest]:
        op.create_table(name, sa.Column(a, sa.Integer), sa.Column(b, sa.Integer), sa.Column(c, sa.Integer))
    args = ("t", sa.Column("k", sa.Integer))
    op.add_column(*args)
    kw = {"unique": True}
    op.create_index("ix", "t", [a], **kw)

def downgrade():
    pass
