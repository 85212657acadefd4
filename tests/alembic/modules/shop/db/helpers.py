# SPDX-License-Identifier: MIT
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from .. import constants
from ..constants import PREFIX
from . import tables as t

counter = 0


def is_postgresql(conn) -> bool:
    return conn.engine.dialect.name == "postgresql"


def stamps():
    return (
        sa.Column("made", sa.DateTime()),
        sa.Column("note", sa.String(constants.NAME_LENGTH)),
    )


def make(name, *columns, **options):
    global counter
    counter += 1
    op.create_table(
        PREFIX + name,
        sa.Column("id", sa.Integer(), primary_key=True),
        *columns,
        *stamps(),
        **options,
    )


def drop(*names):
    for name in names:
        op.drop_table(t.full_name(name))
