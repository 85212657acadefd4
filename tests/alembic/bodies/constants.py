# SPDX-License-Identifier: MIT
"""constants"""
from alembic import op
import sqlalchemy as sa
import textwrap
import json

revision = "0092"
down_revision = None

SQL = textwrap.dedent("""
    INSERT INTO t (id)
      VALUES (1)
""")
QUERY = (
    "INSERT INTO t (id) "
    "VALUES ({n})"
)
ROWS = [{"i": 4, "a": json.dumps({"k": 1})}]


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute(SQL)
    op.execute(QUERY.format(n=3))
    for row in ROWS:
        op.execute(sa.text("INSERT INTO t (id, a) VALUES (:i, :a)").bindparams(**row))

def downgrade():
    pass
