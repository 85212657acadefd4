# SPDX-License-Identifier: MIT
"""constraints"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0059"
down_revision = None


def upgrade():
    op.create_table("p", sa.Column("id", sa.Integer, primary_key=True), sa.Column("x", sa.Integer))
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))

    op.create_unique_constraint("uq_b", "t", ["b"])
    op.create_unique_constraint(None, "t", ["a", "b"])
    op.create_check_constraint("ck_b", "t", "b > 0")
    op.create_check_constraint("ck_c", "t", sa.column("b") < 100)
    op.create_check_constraint("ck_d", "t", sa.and_(sa.column("b") != 7, sa.func.length(sa.column("a")) > 2))
    op.create_foreign_key("fk_b", "t", "p", ["b"], ["id"], ondelete="SET NULL", onupdate="CASCADE", deferrable=True, initially="DEFERRED", match="FULL")
    op.create_foreign_key(None, "p", "p", ["x"], ["id"], postgresql_not_valid=True)

def downgrade():
    op.drop_constraint("uq_b", "t", type_="unique")
    op.drop_constraint("ck_b", "t", "check")
    op.drop_constraint(constraint_name="fk_b", table_name="t", type_="foreignkey")
