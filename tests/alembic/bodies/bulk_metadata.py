# SPDX-License-Identifier: MIT
"""bulk metadata"""
from alembic import op
import sqlalchemy as sa

revision = "0082"
down_revision = None


def upgrade():
    meta = sa.MetaData()
    roles = sa.Table("roles", meta, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(9)))
    op.create_table("roles", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(9)))
    op.bulk_insert(roles, [dict(id=1, name="admin"), dict(id=2, name="user")])
    op.bulk_insert(sa.table("roles", sa.Column("id", sa.Integer), sa.Column("name", sa.String)), [{"id": 3, "name": "x"}])

def downgrade():
    op.drop_table("roles")
