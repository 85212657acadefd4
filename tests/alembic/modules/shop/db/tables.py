# SPDX-License-Identifier: MIT
import sqlalchemy as sa

from shop.constants import PREFIX, TABLES

metadata = sa.MetaData()


def register():
    return "shop.db.helpers"


def full_name(name):
    return f"{PREFIX}{name}"


parts = sa.table(
    full_name("parts"),
    sa.column("id", sa.Integer()),
    sa.column("label", sa.String()),
)
