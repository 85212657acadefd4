# SPDX-License-Identifier: MIT
"""server default pg"""
# only: postgresql
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0124"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", postgresql.UUID(as_uuid=True), server_default=sa.text("gen_random_uuid()"), nullable=False), sa.Column("j", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb")), sa.Column("a", postgresql.ARRAY(sa.Text()), server_default="{}"), sa.Column("k", postgresql.JSONB, server_default=sa.text("'{\"a\": 1}'::jsonb")), sa.PrimaryKeyConstraint("id"))
    op.alter_column("t", "a", server_default=sa.text("ARRAY['x']::text[]"), existing_type=postgresql.ARRAY(sa.Text()))

def downgrade():
    op.drop_table("t")
