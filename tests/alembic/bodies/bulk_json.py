# SPDX-License-Identifier: MIT
"""bulk json"""
from alembic import op
import sqlalchemy as sa

revision = "0081"
down_revision = None


def upgrade():
    t = op.create_table("t", sa.Column("id", sa.Integer), sa.Column("j", sa.JSON))
    op.bulk_insert(t, [{"id": 1, "j": {"a": [1, 2, None], "b": "x\"y", "c": True}}, {"id": 2, "j": ["é"]}])

def downgrade():
    pass
