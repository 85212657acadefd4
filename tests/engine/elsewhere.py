# SPDX-License-Identifier: MIT
"""What is said of a revision that another git branch has."""

import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import tap  # noqa: E402
from gitrepo import Repo, sql  # noqa: E402

WHERE = "on branch feature/x (m/abc123_x.sql, Ann Author, "


def project(**more):
    """main: a; feature/x: a, abc123.  main is checked out."""
    r = Repo()
    r.branch("feature/x", {"m/abc123_x.sql": sql("abc123", "a"), **more})
    r.checkout("main")
    return r


def stand_at(r, *ids):
    r.retort("upgrade", "head", status=0)
    db = sqlite3.connect(os.path.join(r.path, "t.db"))
    db.execute("DELETE FROM alembic_version")
    db.executemany("INSERT INTO alembic_version VALUES (?)",
                   [(i,) for i in ids])
    db.commit()
    db.close()


def says(r, what, text, *words, status=3):
    p = r.retort(*words)
    tap.ok(p.returncode == status and text in p.stdout + p.stderr,
           what, p.returncode, p.stdout, p.stderr)
    return p.stdout + p.stderr


def a_name():
    r = project()
    for words in (("upgrade", "abc123"), ("downgrade", "abc123"),
                  ("show", "abc123"), ("stamp", "abc123"),
                  ("history", "-r", "abc123:"), ("upgrade", "abc123",
                                                 "--dry-run")):
        says(r, "%s of a revision of another branch" % words[0],
             "abc123 is %s" % WHERE, *words)
    text = says(r, "a beginning of its id", "not in this tree", "show",
                "abc1")
    tap.ok("git switch feature/x" in text and
           "retort switch feature/x" in text, "what to do is said", text)
    text = says(r, "too short a beginning", "can't locate", "show", "abc")
    tap.ok("on branch" not in text, "is not looked for", text)
    says(r, "what no branch has", "can't locate revision identified by "
         "'ffff'", "show", "ffff")


def a_row():
    r = project()
    stand_at(r, "abc123")
    for words in (("current",), ("upgrade", "head"), ("downgrade", "base"),
                  ("upgrade", "head", "--dry-run")):
        text = says(r, "%s of a database that is elsewhere" % words[0],
                    WHERE, *words)
        tap.ok("retort switch HEAD" in text, "and the way back", text)
    says(r, "status says it", WHERE, "status", status=0)
    says(r, "verify says it", "unknown abc123: it is applied and " + WHERE,
         "verify", status=1)


def several():
    r = project(**{"m/abc456_y.sql": sql("abc456", "a")})
    text = says(r, "two ids that begin so", "can't locate", "show", "abc4567")
    text = says(r, "an ambiguous beginning", "can't locate", "show", "abc")
    tap.ok("on branch" not in text, "is nobody's", text)
    r.git("branch", "other", "feature/x")
    says(r, "two branches have it", "%s%s) and 1 other, not" % (
        WHERE, r.git("log", "-1", "--format=%as", "feature/x")),
         "show", "abc123")


def deleted_here():
    r = project()
    r.checkout("feature/x")
    os.remove(os.path.join(r.path, "m/abc123_x.sql"))
    says(r, "a file that was only deleted", "git restore", "show", "abc123")


def a_remote():
    r = project()
    other = Repo(init=False)
    other.git("clone", "-q", r.path, "c")
    other.path = os.path.join(other.path, "c")
    text = says(other, "a branch of a remote", "on branch origin/feature/x",
                "show", "abc123")
    tap.ok("git switch feature/x" in text, "git makes it a local one", text)


def nobody_else():
    r = project()
    commit = r.git("rev-parse", "--short=7", "feature/x")
    stand_at(r, "abc123")
    r.git("branch", "-q", "-D", "feature/x")
    says(r, "a branch that is gone", "abc123 is in commit %s, which no "
         "branch has (m/abc123_x.sql, Ann Author, " % commit, "upgrade",
         "head")
    says(r, "a branch that is gone, in status", "git switch -c NAME " +
         commit, "status", status=0)
    r = Repo()
    r.put("m/new_x.sql", sql("new", "a"))
    stand_at(r, "new")
    r.git("stash", "-q", "-u")
    says(r, "a file that git never knew, in a stash",
         "new is in stash@{0} (m/new_x.sql, Ann Author, ", "upgrade", "head")
    r.put("x", "")
    r.git("stash", "-q", "-u")
    says(r, "further down", "git stash pop stash@{1}", "upgrade", "head")


def no_repository():
    r = project()
    os.rename(os.path.join(r.path, ".git"), os.path.join(r.path, "git"))
    says(r, "without git it is as before", "can't locate revision identified "
         "by 'abc123'", "show", "abc123")


a_name()
a_row()
several()
deleted_here()
a_remote()
nobody_else()
no_repository()
tap.done()
