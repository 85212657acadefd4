# SPDX-License-Identifier: MIT
"""retort rebase: a branch's chain on top of another branch's head."""

import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import tap  # noqa: E402
from gitrepo import Repo, sql  # noqa: E402


def branches(**more):
    """main: a, m1, m2; f: a, f1, f2, f3; f has merged main's files."""
    r = Repo()
    r.git("checkout", "-q", "-b", "f")
    up = {"f1": "CREATE TABLE f1 (a int);",
          "f2": "ALTER TABLE f1 ADD COLUMN b int;",
          "f3": "CREATE INDEX i3 ON f1 (b);"}
    up.update(more)
    for id, down in (("f1", "a"), ("f2", "f1"), ("f3", "f2")):
        r.commit({"m/%s_x.sql" % id: sql(id, down, up[id])})
    r.git("checkout", "-q", "main")
    r.commit({"m/m1_x.sql": sql("m1", "a", "CREATE TABLE m1 (a int);"),
              "m/m2_x.sql": sql("m2", "m1", "CREATE TABLE m2 (a int);")})
    r.git("checkout", "-q", "f")
    return r


def retort(r, what, *words, status=0, says=""):
    p = r.retort(*words)
    tap.ok(p.returncode == status and says in p.stdout + p.stderr, what,
           p.returncode, p.stdout, p.stderr)
    return p


def a_chain():
    r = branches()
    retort(r, "main's files come first", "rebase", status=3,
           says="git merge main")
    r.git("merge", "-q", "-m", "merge", "main")
    tap.equal(len(r.retort("heads").stdout.splitlines()), 2, "two heads")
    before = r.read("m/f1_x.sql")
    retort(r, "a dry run tells", "rebase", "--dry-run", says="a -> m2")
    tap.equal(r.read("m/f1_x.sql"), before, "and changes nothing")
    retort(r, "rebase", "rebase", "--stage", says="f1: a -> m2")
    tap.equal(r.retort("heads").stdout, "f3 (head)\n", "one head")
    tap.equal(r.read("m/f1_x.sql"),
              before.replace("down_revision: a", "down_revision: m2"),
              "one line of one file changed")
    tap.equal(r.git("status", "--short").splitlines(), ["M  m/f1_x.sql"],
              "and is staged")
    tap.equal(r.git("fsck", "--no-dangling"), "", "what was staged is there")
    retort(r, "again there is nothing to do", "rebase", says="nothing to do")
    retort(r, "undo", "rebase", "--undo", says="1 revision")
    tap.equal(r.read("m/f1_x.sql"), before, "undo gives the bytes back")
    retort(r, "undo works once", "rebase", "--undo", status=3,
           says="no rebase")


def what_is_applied_stays():
    r = branches()
    r.git("merge", "-q", "-m", "merge", "main")
    r.retort("upgrade", "f2")
    before = r.read("m/f1_x.sql")
    retort(r, "an applied chain does not move", "rebase", status=3,
           says="is applied in this database")
    tap.equal(r.read("m/f1_x.sql"), before, "its file is as it was")
    retort(r, "unless nobody asks", "rebase", "--no-database",
           says="f1: a -> m2")
    db = sqlite3.connect(os.path.join(r.path, "t.db"))
    tap.equal(db.execute("SELECT * FROM alembic_version").fetchall(),
              [("f2",)], "the database is as it was")


def what_fails_stays():
    r = branches(f2="CREATE TABLE m2 (b int);")
    r.git("merge", "-q", "-m", "merge", "main")
    before = r.read("m/f1_x.sql")
    retort(r, "an order that fails is refused", "rebase", status=3,
           says="m/f2_x.sql:5:")
    tap.equal(r.read("m/f1_x.sql"), before, "and the file is as it was")
    retort(r, "unless the proof is not wanted", "rebase", "--no-proof",
           says="f1: a -> m2")


def an_edit_since_is_not_lost():
    r = branches()
    r.git("merge", "-q", "-m", "merge", "main")
    r.retort("rebase")
    r.put("m/f1_x.sql", r.read("m/f1_x.sql").replace("m2", "m1"))
    retort(r, "undo sees other parents", "rebase", "--undo", status=3,
           says="not as the last rebase left it")


a_chain()
what_is_applied_stays()
what_fails_stays()
an_edit_since_is_not_lost()
tap.done()
