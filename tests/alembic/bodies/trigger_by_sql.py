# SPDX-License-Identifier: MIT
"""trigger by sql"""
# only: sqlite
from alembic import op
import sqlalchemy as sa

revision = "0121"
down_revision = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), nullable=False), sa.Column("a", sa.String(20)), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("id"))
    op.execute(sa.text('''CREATE TRIGGER tr AFTER INSERT ON t BEGIN
        UPDATE t SET b = 1 WHERE id = new.id;
    END'''))
    op.execute("INSERT INTO t (id) VALUES (1)")

def downgrade():
    op.execute("DROP TRIGGER tr")
