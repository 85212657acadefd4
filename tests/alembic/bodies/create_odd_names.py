# SPDX-License-Identifier: MIT
"""create odd names"""
from alembic import op
import sqlalchemy as sa

revision = "0029"
down_revision = None


def upgrade():
    op.create_table("Order", sa.Column("select", sa.Integer), sa.Column("Mixed", sa.Integer), sa.Column("with space", sa.Integer), sa.Column('qu"ote', sa.Integer), sa.Column("1st", sa.Integer), sa.Column("ok_1$", sa.Integer), sa.Column("üml", sa.Integer), sa.UniqueConstraint("select", name="Uq"))
    op.create_index("ix Order", "Order", ["Mixed", "user"][:1])

def downgrade():
    op.drop_index("ix Order", table_name="Order")
    op.drop_table("Order")
