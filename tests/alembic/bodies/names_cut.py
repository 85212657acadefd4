# SPDX-License-Identifier: MIT
# only: postgresql
"""names that are cut, DELETE with a second table"""
from alembic import op
import sqlalchemy as sa

revision = "0105"
down_revision = None

LONG = "ix_a_name_that_says_all_there_is_to_say_about_an_index_and_then_some"
a = sa.table("a", sa.column("id", sa.Integer), sa.column("n", sa.Integer))
b = sa.table("b", sa.column("id", sa.Integer))


def upgrade():
    for name in ("a", "b"):
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("n", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"{name}_{LONG}")),
        )
    op.create_index(op.f(LONG), "a", ["n"])
    op.execute("INSERT INTO a VALUES (1, 1), (2, 2)")
    op.execute("INSERT INTO b VALUES (1, 1)")
    op.execute(sa.delete(a).where(a.c.id == b.c.id))


def downgrade():
    op.drop_index(op.f(LONG), table_name="a")
    op.drop_constraint(op.f(f"a_{LONG}"), "a", type_="primary")
