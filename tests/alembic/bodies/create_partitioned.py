# SPDX-License-Identifier: MIT
"""create partitioned"""
# only: postgresql
from alembic import op
import sqlalchemy as sa

revision = "0036"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("a", sa.Integer, nullable=False), postgresql_partition_by="RANGE (a)")
    op.execute("CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10)")

def downgrade():
    op.drop_table("t")
