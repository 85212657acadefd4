# SPDX-License-Identifier: MIT
"""fk quoted schema"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0123"
down_revision = None


def upgrade():
    op.execute('CREATE SCHEMA s')
    op.create_table("User", sa.Column("Id", sa.Integer, primary_key=True), schema="s")
    op.create_table("t", sa.Column("u", sa.Integer), sa.ForeignKeyConstraint(["u"], ["s.User.Id"], ondelete="CASCADE"))
    op.create_foreign_key("fk2", "t", "User", ["u"], ["Id"], referent_schema="s")
    op.drop_constraint("fk2", "t")

def downgrade():
    op.drop_table("t")
    op.drop_table("User", schema="s")
    op.execute("DROP SCHEMA s")
