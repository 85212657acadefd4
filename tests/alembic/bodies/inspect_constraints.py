# SPDX-License-Identifier: MIT
"""inspect constraints"""
from alembic import op
import sqlalchemy as sa

revision = "0116"
down_revision = None


def upgrade():
    op.create_table("p", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("p_id", sa.Integer), sa.ForeignKeyConstraint(["p_id"], ["p.id"], name="fk"), sa.UniqueConstraint("p_id", name="uq"))
    insp = sa.inspect(op.get_bind())
    names = [k["name"] for k in insp.get_foreign_keys("t")] + [u["name"] for u in insp.get_unique_constraints("t")]
    op.create_table("_".join(sorted(names)), sa.Column("a", sa.Integer))

def downgrade():
    pass
