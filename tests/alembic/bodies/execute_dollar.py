# SPDX-License-Identifier: MIT
"""execute dollar"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0070"
down_revision = None


def upgrade():
    op.execute("""CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$
    BEGIN
      RETURN 1::integer;
    END;
    $$""")
    op.execute("DO $$ BEGIN PERFORM f(); END $$;")

def downgrade():
    op.execute("DROP FUNCTION f()")
