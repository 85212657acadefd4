#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No argument is ignored in silence.

A row is a call and the same call with one thing more.  What is more must
change the SQL, on one of the databases at least, or be opaque; or it stands
in NO_DIFFERENCE, with the reason.  RETORT_ARGUMENTS_TABLE=1 prints what
becomes of each.
"""

import os
import re
import subprocess
import sys
import tempfile

top = os.environ["top_srcdir"]
sys.path.insert(0, os.path.join(top, "tests", "support"))

import tap
from arguments import NO_DIFFERENCE, ROWS

PY2SQL = os.path.join(
    os.environ["top_builddir"], "tests", "support", "py2sql"
)
HEAD = """\
from alembic import context, op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as lite_insert
T = sa.table("t", sa.column("a", sa.String), sa.column("b", sa.Integer))
U = sa.table("u", sa.column("a", sa.String), sa.column("b", sa.Integer))
C = sa.column("a", sa.String)
def upgrade():
    """


def translate(directory, code):
    """For both databases: whether all is known, and the SQL or the reason."""
    path = os.path.join(directory, "a.py")
    with open(path, "w", encoding="utf-8") as f:
        f.write(HEAD + code.replace("\n", "\n    ") + "\n")
    out = []
    for dialect in ("sqlite", "postgresql"):
        run = subprocess.run(
            [PY2SQL, dialect, "upgrade", path], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )
        out.append((run.returncode == 0, run.stdout or run.stderr))
    return out


def verdict(directory, plain, more):
    """What becomes of the argument: "translated", "opaque" or "ignored"."""
    before, after = (translate(directory, c) for c in (plain, more))
    pairs = list(zip(before, after))
    if not any(known for known, _ in before):
        return "not known without it"
    if any(b != a for b, a in pairs if a[0] and b[0]):
        return "translated"
    if any(not a[0] for b, a in pairs if b[0]):
        return "opaque"
    return "ignored"


def main():
    table = os.environ.get("RETORT_ARGUMENTS_TABLE")
    counts = {}
    with tempfile.TemporaryDirectory() as directory:
        for what, plain, more in ROWS:
            got = verdict(directory, plain, more)
            if table:
                print(f"# {got:12} {what}")
            if got == "ignored" and any(re.search(pattern, what, re.S)
                                        for pattern in NO_DIFFERENCE):
                got = "without a difference"
            counts[got] = counts.get(got, 0) + 1
            good = got != "ignored"
            if not good:
                tap.ok(good, what, got, more)
    tap.ok("ignored" not in counts, f"of {len(ROWS)} arguments none is "
           f"ignored in silence: {counts}")
    tap.done()


main()
