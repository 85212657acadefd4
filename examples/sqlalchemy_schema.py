#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Print the tables of SQLAlchemy models as SQL, for retort's schema_command.

    [retort]
    schema_command = python3 sqlalchemy_schema.py myapp.models:Base postgresql

The first argument is MODULE:NAME of a declarative base or a MetaData, the
second one the dialect.  No database is asked.
"""

import importlib
import os
import sys

from sqlalchemy import create_mock_engine


def metadata_of(place):
    module, _, name = place.partition(":")
    sys.path.insert(0, os.getcwd())
    found = getattr(importlib.import_module(module), name or "Base")
    return getattr(found, "metadata", found)


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: sqlalchemy_schema.py MODULE:NAME DIALECT")

    def write(construct, *_, **__):
        sql = str(construct.compile(dialect=engine.dialect)).strip()
        print(sql + ";\n")

    engine = create_mock_engine(sys.argv[2] + "://", write)
    metadata_of(sys.argv[1]).create_all(engine, checkfirst=False)


if __name__ == "__main__":
    main()
