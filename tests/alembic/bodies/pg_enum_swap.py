# SPDX-License-Identifier: MIT
"""pg enum swap"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0099"
down_revision = None


def upgrade():
    old = sa.Enum("a", "b", name="kind")
    new = sa.Enum("a", "b", "c", name="kind_new")
    op.create_table("t", sa.Column("k", old, server_default="a"))
    new.create(op.get_bind(), checkfirst=False)
    op.alter_column("t", "k", server_default=None)
    op.alter_column("t", "k", existing_type=old, type_=new, postgresql_using="k::text::kind_new")
    old.drop(op.get_bind(), checkfirst=False)
    op.execute("ALTER TYPE kind_new RENAME TO kind")

def downgrade():
    op.drop_table("t")
    op.execute("DROP TYPE kind")
