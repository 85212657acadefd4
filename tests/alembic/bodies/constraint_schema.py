# SPDX-License-Identifier: MIT
"""constraint schema"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0062"
down_revision = None


def upgrade():
    op.execute("CREATE SCHEMA s")
    op.create_table("p", sa.Column("id", sa.Integer, primary_key=True), schema="s")
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.create_foreign_key("fk", "t", "p", ["b"], ["id"], source_schema=None, referent_schema="s")
    op.create_unique_constraint("u", "p", ["id"], schema="s")

def downgrade():
    op.drop_constraint("fk", "t")
    op.drop_constraint("u", "p", schema="s")
    op.drop_table("p", schema="s")
    op.execute("DROP SCHEMA s")
