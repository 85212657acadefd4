# SPDX-License-Identifier: MIT
"""What merging would do, in real repositories: each id, and none of it."""

import os
import sys

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import tap  # noqa: E402
from gitrepo import Repo, sql  # noqa: E402


def two(ours, theirs, base=None, remove_ours=(), remove_theirs=()):
    """A repository whose branch x is checked out, beside main."""
    r = Repo(base)
    r.branch("x", ours, remove_ours)
    r.checkout("main")
    r.commit(theirs, remove_theirs)
    r.checkout("x")
    return r


def expect(what, r, want, *words):
    got = r.ids(*words)
    tap.equal(got, want, what)
    return r


A, B = {"m/b_x.sql": sql("b", "a")}, {"m/c_x.sql": sql("c", "a")}

# heads
r = expect("two revisions on one", two(A, B), "heads")
status, found = r.conflicts()
tap.equal((found["ours"]["name"], found["theirs"]["name"], found["heads"],
           found["ours"]["own"], found["theirs"]["own"], status),
          ("x", "main", ["b", "c"], ["b"], ["c"], 1), "the sides")
tap.equal(found["theirs"]["commit"], r.git("rev-parse", "main"),
          "the exact commit is named")
tap.ok("down_revision: c" in found["conflicts"][0]["next"] and
       "m/b_x.sql" in found["conflicts"][0]["next"], "the cure is named")
tap.equal(r.conflicts("main", "--onto", "x")[1]["heads"], ["b", "c"],
          "the other way round")
r.git("merge", "-q", "main")
expect("merged by git alone", r, "heads")
r.retort("merge", "heads", "-m", "j", status=0)
expect("a merge revision cures it, uncommitted", r, "")
expect("but not as committed", r, "heads", "--committed")
status, found = r.conflicts("HEAD")
tap.ok("is a merge with main" in found["limits"][0],
       "what is merged already says so", found)
expect("nothing on this side", two({}, B), "")
expect("nothing on the other", two(A, {}), "")
expect("one after the other", two(
    {"m/b_x.sql": sql("b", "c"), "m/c_x.sql": sql("c", "a")}, B), "")
expect("first revisions of all",
       two({"m/b_x.sql": sql("b", "")}, {}, {}), "heads")
expect("the target forks already", two(
    {"m/d_x.sql": sql("d", "b")}, {}, {**A, **B}), "")
r = two(A, {})
r.put("m/n_x.sql", sql("n", "a"))
expect("a file that git does not know", r, "heads")
r.put("m/n_x.sql", sql("n", "b"))
r.put("m/o.bak.sql", sql("o", "a"))
expect("a file that git ignores", r, "")
os.remove(os.path.join(r.path, "m/b_x.sql"))
expect("a working file that is gone", r, "heads missing-parent")

# a text conflict elsewhere, and in a revision
r = two({**A, "t.txt": "1"}, {**B, "t.txt": "2"}, {"t.txt": "0"})
expect("a text conflict elsewhere", r, "heads")
r = two({"m/b_x.sql": sql("b", "a", "SELECT 'one';")},
        {"m/b_x.sql": sql("c", "a", "SELECT 'two';")})
expect("two revisions in one file", r, "heads (text)")

# renames: the merge has the file once
r = two({"m/b_new.sql": sql("b", "a")}, {"m/c_x.sql": sql("c", "b")},
        A, remove_ours=["m/b_x.sql"])
expect("a renamed file", r, "")
r = two({"m/b_new.sql": sql("b", "a", "SELECT 1;\n" * 9)},
        {"m/b_x.sql": sql("b", "a", "SELECT 1;\n" * 9 + "-- w")},
        {"m/b_x.sql": sql("b", "a", "SELECT 1;\n" * 9)},
        remove_ours=["m/b_x.sql"])
expect("a renamed file whose comment changed", r, "(edited)")
body = "SELECT 1;\n" * 20
r = two({"m/b_x.sql": sql("b", "a", body)},
        {"old/b_x.sql": sql("b", "gone", body)},
        {"old/b_x.sql": sql("b", "a", body)}, remove_ours=["old/b_x.sql"])
expect("moved into the folder by one, changed by the other", r,
       "heads missing-parent")
r = two({**A, "m/d_x.sql": sql("d", "b")},
        {**B, "other": "x"}, {"other": "y"}, remove_ours=["other"])
expect("a file elsewhere that one deletes and the other changes", r, "heads")
r = two(A, B, {"m/e_x.sql": sql("e", "nowhere")})
expect("a base with something wrong in it", r, "heads missing-parent")

# id-collision
expect("one id, two contents", two(
    {"m/b_x.sql": sql("b", "a", "SELECT 3;")},
    {"m/b_y.sql": sql("b", "a", "SELECT 4;")}), "id-collision")
expect("one id, one file, two contents", two(
    {"m/b_x.sql": sql("b", "a", "SELECT 3;")},
    {"m/b_x.sql": sql("b", "a", "SELECT 4;")}), "id-collision (text)")
expect("picked by both", two(A, A), "")
expect("picked under another name", two(A, {"m/b_y.sql": sql("b", "a")}),
       "id-collision")

# missing-parent
expect("a parent that the other deletes", two(
    {"m/c_x.sql": sql("c", "b")}, {}, A, remove_theirs=["m/b_x.sql"]),
    "heads missing-parent deleted")
expect("a dependency that the other deletes", two(
    {"m/c_x.sql": sql("c", "a", "SELECT 1;", "depends_on: b")}, {}, A,
    remove_theirs=["m/b_x.sql"]), "missing-parent deleted")
expect("a parent that nobody has", two({"m/c_x.sql": sql("c", "nobody")}, {}),
       "heads missing-parent")

# cycle
base = {"m/b_x.sql": sql("b", "a"), "m/c_x.sql": sql("c", "a"),
        "m/d_x.sql": sql("d", "b, c")}
expect("each behind the other", two(
    {"m/b_x.sql": sql("b", "c")}, {"m/c_x.sql": sql("c", "b")}, base),
    "heads cycle edited edited")

# label-collision
label = "branch_labels: app"
expect("one label twice", two(
    {"m/b_x.sql": sql("b", "a", "SELECT 1;", label)},
    {"m/c_x.sql": sql("c", "a", "SELECT 1;", label)}),
    "heads label-collision")
expect("a label that is an id", two(
    {"m/b_x.sql": sql("b", "a", "SELECT 1;", label)},
    {"m/c_x.sql": sql("app", "a")}), "heads label-collision")
expect("two labels", two(
    {"m/b_x.sql": sql("b", "a", "SELECT 1;", label)},
    {"m/c_x.sql": sql("c", "b", "SELECT 1;", "branch_labels: db"),
     "m/b_x.sql": sql("b", "a", "SELECT 1;", label)}), "")

# edited
changed = {"m/a_x.sql": sql("a", "", "SELECT 9;")}
expect("edited here", two(changed, {}), "edited")
expect("edited there", two({}, changed), "edited")
expect("edited by both alike", two(changed, changed), "")
expect("another parent", two({"m/b_x.sql": sql("b", "")}, {}, A),
       "heads edited")
expect("a comment", two({"m/a_x.sql": sql("a", "", "SELECT 1; -- x")}, {}),
       "(edited)")
expect("line ends", two(
    {"m/a_x.sql": sql("a", "").replace("\n", "\r\n")}, {}), "")

# deleted
expect("deleted here", two({"m/b_x.sql": sql("b", "")}, {},
                           remove_ours=["m/a_x.sql"]), "deleted")
expect("deleted by both", two(
    {"m/b_x.sql": sql("b", "")}, {"m/b_x.sql": sql("b", "")},
    remove_ours=["m/a_x.sql"], remove_theirs=["m/a_x.sql"]), "")

# the journal of the database
r = two({**A, "m/b_x.sql": sql("b", "a", "CREATE TABLE t (x int);")}, {})
r.retort("upgrade", "head", "-q", status=0)
expect("the database agrees", r, "")
r.put("m/b_x.sql", sql("b", "a", "CREATE TABLE t (y int);"))
expect("the database has run another", r, "edited")
expect("nobody asks it", r, "", "--no-database")
r.put("m/b_x.sql", sql("b", "a", "CREATE TABLE t (x int); -- new"))
expect("a comment since", r, "(edited)")
r.checkout("main")
expect("the database is on another branch", r, "(deleted)", "--onto", "x~1")
r.retort("downgrade", "base", "-q", "--url", "sqlite:///t.db")
found = two(A, {}).conflicts()[1]
tap.ok("not asked" in found["database"], "a database that is not there")

# stale
r = two(A, {})
old = r.git("rev-parse", "main")
expect("the target as expected", r, "", "--expect", old)
r.checkout("main")
r.commit({"readme": "x"})
r.checkout("x")
expect("the target has moved", r, "stale", "--expect", old)
up = Repo()
clone = Repo(init=False)
clone.git("clone", "-q", up.path, ".")
clone.branch("x", A)
up.commit({"readme": "x"})
clone.git("fetch", "-q")
expect("a local target behind its upstream", clone, "(stale)",
       "--onto", "main")
expect("the upstream itself", clone, "", "--onto", "origin/main")
tap.equal(clone.conflicts()[1]["theirs"]["name"], "origin/main",
          "the default is the server's")

# --all
r = two({"m/b_x.sql": sql("b", "a", "CREATE TABLE t (x int);")}, B)
r.branch("y", {"m/d_x.sql": sql("d", "c", "CREATE TABLE t (z int);")})
r.git("branch", "merged", "main~1")
p = r.retort("conflicts", "--all", "--onto", "main")
tap.equal([line.split() for line in p.stdout.splitlines()],
          [["0", "1", "2"], ["0", "main"], ["1", "x", "h"],
           ["2", "y", ".", "x"], ["x", "into", "main:", "heads"],
           ["y", "into", "x:", "heads,", "object"]], "the matrix")
tap.equal(p.returncode, 1, "the matrix: status")
r.branch("z", {"m/z_x.sql": "no header\n"})
p = r.retort("conflicts", "--all", "--onto", "main")
tap.ok("z into main: " in p.stdout and "x into main: heads" in p.stdout,
       "one broken branch hides nothing", p.stdout)

# annotations
r.checkout("x")
p = r.retort("conflicts", "y", "--onto", "x", "--format", "github",
             "--no-database")
tap.ok("::error file=m/d_x.sql,line=5,title=retort object::" in p.stdout,
       "annotations", p.stdout, p.stderr)
first = r.retort("conflicts", "y", "x", "--onto", "main", "--no-database")
again = r.retort("conflicts", "y", "x", "--onto", "main", "--no-database")
tap.equal(first.stdout, again.stdout, "the same text twice")
tap.equal(first.stdout.count(" into main ("), 2, "several at once")
tap.equal(r.git("status", "--porcelain"), "", "nothing is written")
tap.done()
