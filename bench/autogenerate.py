#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What Alembic finds between a database and the models of projects.py's
tables, the last of which has a column more.

    autogenerate.py URL TABLES
"""

import sys

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

url, tables = sys.argv[1], int(sys.argv[2])
models = sa.MetaData()
for n in range(tables):
    table = sa.Table(
        f"t{n}",
        models,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False, index=True),
        sa.Column("amount", sa.Integer),
        sa.Column("note", sa.Text),
        sa.Column("created", sa.TIMESTAMP),
    )
table.append_column(sa.Column("extra", sa.Integer))
with sa.create_engine(url).connect() as connection:
    context = MigrationContext.configure(connection, opts={
        "compare_type": True, "compare_server_default": True})
    found = {op[0] for op in compare_metadata(context, models)
             if isinstance(op, tuple)}
if "add_column" not in found:
    sys.exit(f"it found {found}")
