# SPDX-License-Identifier: MIT
"""Repositories that are not as one would wish: each works, or says exactly
why not.  A missing object is never "no conflicts"."""

import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import tap  # noqa: E402
from gitrepo import Repo, home, sql  # noqa: E402

A, B = {"m/b_x.sql": sql("b", "a")}, {"m/c_x.sql": sql("c", "a")}


def forked(base=None):
    r = Repo(base)
    r.branch("x", A)
    r.checkout("main")
    r.commit(B)
    r.checkout("x")
    return r


def refused(what, p, *texts, status=3):
    """Ends with an error that says all of these."""
    tap.ok(p.returncode == status and not p.stdout and
           all(t in p.stderr for t in texts), what, p.returncode, p.stdout,
           p.stderr)


def other(r, *words):
    """A new place that `git words...` fills, REPO being r."""
    c = Repo(init=False)
    c.git(*[w.replace("REPO", "file://" + r.path) for w in words], ".")
    return c


# refs
r = forked()
refused("a ref like an option", r.retort("conflicts", "--onto", "-x"),
        status=2)
refused("a ref like an option, behind --",
        r.retort("conflicts", "--", "--output=/tmp/x"), "looks like an option",
        status=2)
refused("no such ref", r.retort("conflicts", "mainn"), "no branch",
        "did you mean 'main'?")
refused("the second of two, as JSON",
        r.retort("conflicts", "--json", "x", "mainn"), "no branch")
refused("a blob", r.retort("conflicts", "HEAD:m/a_x.sql"), "is no commit")
refused("an empty ref", r.retort("conflicts", ""), "no branch")
tap.equal(r.ids("HEAD~0", "--onto", "main^0"), "heads", "expressions")
r.git("tag", "-a", "v1", "-m", "v1", "main")
tap.equal(r.ids("--onto", "v1"), "heads", "an annotated tag")
r.git("checkout", "-q", "--detach", "x")
tap.equal(r.ids("--onto", "main"), "heads", "a detached HEAD")
tap.equal(r.conflicts()[1]["ours"]["name"], "HEAD", "and what it is called")
found = r.conflicts("HEAD", "--onto", "main~0")[1]
tap.equal([found[s]["name"] for s in ("ours", "theirs")], ["x", "main"],
          "an expression is called as the branch that stands there")
r.git("commit", "-q", "--allow-empty", "-m", "the subject of a commit that "
      "is longer than anybody wants to read")
found = r.conflicts("HEAD", "--onto", "main")[1]
tap.equal(found["ours"]["name"], r.git("rev-parse", "--short=7", "HEAD") +
          ' "the subject of a commit that is longer t…"',
          "or by its commit and subject")

# bare, worktree, link, sub-folder
bare = other(forked(), "clone", "-q", "--bare", "REPO")
tap.equal(bare.ids("x", "--onto", "main"), "heads", "a bare repository")
refused("working files of a bare one", bare.retort(
    "conflicts", "--onto", "main"), "bare", status=2)
r = forked()
r.git("worktree", "add", "-q", "../wt", "main")
wt = os.path.join(os.path.dirname(r.path), "wt")
tap.equal(r.ids("--onto", "x", cwd=wt), "heads", "a linked worktree")
r.git("config", "core.repositoryformatversion", "1")
r.git("config", "extensions.worktreeConfig", "true")
tap.equal(r.ids("--onto", "x", cwd=wt), "heads", "with settings of its own")
link = os.path.join(os.path.dirname(r.path), "link")
os.symlink(r.path, link)
tap.equal(r.ids("--onto", "main", cwd=link), "heads", "by a symbolic link")
r = Repo({"db/ver/a_y.sql": sql("a", "")})
r.git("rm", "-q", "-r", "m")
os.symlink("db/ver", os.path.join(r.path, "m"))
r.commit()
r.branch("x", {"db/ver/b_x.sql": sql("b", "a")})
r.branch("y", {"db/ver/c_x.sql": sql("c", "a")})
tap.equal(r.ids("--onto", "x"), "heads", "a folder that is a link")
bare = other(r, "clone", "-q", "--bare", "REPO")
tap.equal(bare.ids("x", "--onto", "y"), "heads", "a link in the tree")
r.put("new/sub/n.txt", "")
tap.equal(r.ids("--onto", "x", cwd=os.path.join(r.path, "new/sub")), "heads",
          "from a sub-folder")

# histories
r = forked()
first = r.git("rev-parse", "x"), r.git("rev-parse", "main")
r.git("merge", "-q", "-m", "m", first[1])
r.checkout("main")
r.git("merge", "-q", "-m", "m", first[0])
r.commit({"m/d_x.sql": sql("d", "b, c")})
r.checkout("x")
r.commit({"m/e_x.sql": sql("e", "b, c")})
status, found = r.conflicts()
tap.equal((len(found["bases"]), found["heads"]), (2, ["d", "e"]),
          "a criss-cross history")
r = forked()
r.git("checkout", "-q", "--orphan", "o")
r.commit({"m/z_x.sql": sql("z", "a")})
status, found = r.conflicts("--onto", "main")
tap.ok(status == 1 and "nothing is known of edited" in found["limits"][0],
       "unrelated histories", found)
empty = Repo(init=False)
empty.git("init", "-q")
empty.put("retort.ini", "[retort]\nscript_location = m\n")
empty.put("m/a_x.sql", sql("a", ""))
refused("no commit yet", empty.retort("conflicts", "--onto", "main"),
        "has no commit yet")
r = Repo()
refused("nothing to compare with", r.retort("conflicts"), "--onto BRANCH")

# clones that lack something
r = forked()
r.commit()
r.checkout("main")
r.commit()
shallow = other(r, "clone", "-q", "--depth", "1", "--no-single-branch",
                "REPO")
status, found = shallow.conflicts("origin/x", "--onto", "origin/main")
tap.ok(status == 1 and [c["id"] for c in found["conflicts"]] == ["heads"] and
       "fetch depth 0" in found["limits"][0], "a shallow clone", found)
r.git("config", "uploadpack.allowFilter", "true")
partial = other(r, "clone", "-q", "--filter=blob:none", "REPO")
refused("a partial clone", partial.retort(
    "conflicts", "origin/x", "--onto", "main"), "is not here",
    "--no-filter")
treeless = other(r, "clone", "-q", "--filter=tree:0", "REPO")
refused("one without trees", treeless.retort(
    "conflicts", "origin/x", "--onto", "main"), "--no-filter")
blob = r.git("rev-parse", "x:m/b_x.sql")
os.remove(os.path.join(r.path, ".git/objects", blob[:2], blob[2:]))
p = r.retort("conflicts", "x", "--onto", "main")
refused("a missing content", p, "is not here", "git fsck")
p = r.retort("conflicts", "--all", "--onto", "main")
tap.ok(p.returncode == 1 and "x into main: " in p.stdout, "in a matrix", p)

# LFS
r = Repo()
pointer = ("version https://git-lfs.github.com/spec/v1\n"
           "oid sha256:%s\nsize 10\n" % ("ab" * 32))
r.branch("x", {"m/b_x.sql": pointer})
refused("an LFS pointer", r.retort("conflicts", "x", "--onto", "main"),
        "LFS pointer", "git lfs fetch")
r.put(".git/lfs/objects/ab/ab/" + "ab" * 32, sql("b", "a"))
tap.equal(r.ids("x", "--onto", "main"), "", "and what it points to")

# submodules
sub = forked()
top = Repo()
top.git("submodule", "add", "-q", sub.path, "s")
top.put("retort.ini", "[retort]\nscript_location = s/m\n")
top.commit()
inside = os.path.join(top.path, "s")
top.git("branch", "-q", "main", "origin/main", cwd=inside)
tap.equal(top.ids("--onto", "main"), "heads", "a submodule's own branches")
shutil.rmtree(inside)
p = top.retort("conflicts", "HEAD", "--onto", "main~1")
refused("one that is not there", p, "is a submodule")

# not to be opened
r = Repo(init=False)
if subprocess.run(["git", "init", "-q", "--object-format=sha256", r.path],
                  capture_output=True).returncode:
    tap.skip("SHA-256", "git makes no such repositories")
else:
    r.put("retort.ini", "[retort]\nscript_location = m\n")
    r.put("m/a_x.sql", sql("a", ""))
    refused("SHA-256", r.retort("conflicts"), "objectformat",
            "git fast-export")
r = Repo(init=False)
r.put("retort.ini", "[retort]\nscript_location = m\n")
r.put("m/a_x.sql", sql("a", ""))
refused("no repository", r.retort("conflicts"), "in no git repository")
if os.geteuid():
    tap.skip("another owner", "only root can give a repository away")
else:
    r = forked()
    for name in r.path, os.path.join(r.path, ".git"):
        os.chown(name, 65534, 65534)
    refused("another owner", r.retort("conflicts"), "another user",
            "safe.directory " + r.path)

# files that are no revisions
r = forked({"m/script.sql.tmpl": "x", "m/README": "x", "m/sub/q.sql": "x",
            "m/__x.sql": "x"})
tap.equal(r.ids(), "heads", "files that are none")
r.checkout("main")
r.commit({"m/bad_x.sql": "-- revision: q\n"})
r.checkout("x")
refused("a file that is broken there", r.retort("conflicts"),
        "main:m/bad_x.sql")
r = Repo()
r.branch("x", {"m/b_x.sql": sql("b", "a"), "other": "x"})
r.git("rm", "-q", "-r", "m")
r.commit()
status, found = r.conflicts("--onto", "main")
tap.ok("has no folder of revisions" in " ".join(found["limits"]) and status,
       "a folder that is not there", found)
home.cleanup()
tap.done()
