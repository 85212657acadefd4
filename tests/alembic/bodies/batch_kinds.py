# SPDX-License-Identifier: MIT
"""batch kinds"""
from alembic import op
import sqlalchemy as sa

revision = "0111"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.create_table("p", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO p (id) VALUES (1)")
    op.execute("INSERT INTO t (id, a, b) VALUES (1, 'x', 1)")
    with op.batch_alter_table("t", schema=None) as batch_op:
        batch_op.add_column(sa.Column("p_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_p", "p", ["p_id"], ["id"], ondelete="SET NULL")
        batch_op.create_index(batch_op.f("ix_t_p_id"), ["p_id"], unique=False)
        batch_op.alter_column("a", existing_type=sa.String(20), type_=sa.Text(), existing_nullable=True)

def downgrade():
    with op.batch_alter_table("t") as batch_op:
        batch_op.drop_index(batch_op.f("ix_t_p_id"))
        batch_op.drop_constraint("fk_p", type_="foreignkey")
        batch_op.drop_column("p_id")
