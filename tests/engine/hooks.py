# SPDX-License-Identifier: MIT
"""git hooks: installed, beside others, run by git itself, removed."""

import os
import sys

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import tap  # noqa: E402
from gitrepo import RETORT, Repo, env, home, sql  # noqa: E402

A, B = {"m/b_x.sql": sql("b", "a")}, {"m/c_x.sql": sql("c", "a")}
bin = os.path.join(home.name, "bin")
os.mkdir(bin)
os.symlink(RETORT, os.path.join(bin, "retort"))
env["PATH"] = bin + os.pathsep + env["PATH"]


def forked():
    r = Repo()
    r.branch("x", A)
    r.checkout("main")
    r.commit(B)
    return r


def hook(r, name):
    path = os.path.join(r.path, ".git/hooks", name)
    return open(path).read() if os.path.exists(path) else None


r = forked()
p = r.retort("hook", "install", status=0)
tap.ok(all(hook(r, n) and os.access(os.path.join(
    r.path, ".git/hooks", n), os.X_OK) for n in (
        "pre-merge-commit", "pre-push", "post-checkout")), "installed", p)
again = hook(r, "pre-push")
r.retort("hook", "install", status=0)
tap.equal(hook(r, "pre-push"), again, "twice is as good as once")
p = r.run("git", "merge", "x", "-m", "m")
tap.ok(p.returncode and "heads: the merge has 2 heads" in p.stderr,
       "a merge is stopped", p.stdout, p.stderr)
r.retort("merge", "heads", "-m", "j", status=0)
r.git("add", "m")
r.git("commit", "-q", "-m", "merged")
tap.ok("m/b_x.sql" in r.git("ls-files"), "and done when it is cured")

server = Repo(init=False)
server.git("init", "-q", "--bare")
r = forked()
r.git("remote", "add", "origin", server.path)
r.retort("hook", "install", status=0)
r.git("push", "-q", "origin", "main")
tap.ok("refs/heads/main" in server.git("for-each-ref"),
       "the first push of all")
r.checkout("x")
p = r.run("git", "push", "origin", "x")
tap.ok(p.returncode and "conflict" in p.stderr and
       "--no-verify" in p.stderr, "a push is stopped", p.stderr)
r.put("m/b_x.sql", sql("b", "c"))
r.commit(B)
r.git("push", "-q", "origin", "x")
tap.ok("refs/heads/x" in server.git("for-each-ref"), "a good one is not")
r.git("push", "-q", "origin", ":x")
tap.equal(server.git("for-each-ref", "refs/heads/x"), "",
          "nor one that deletes")
r.checkout("main")
r.commit({"m/d_x.sql": sql("d", "a")})
p = r.run("git", "push", "origin", "main")
tap.ok(p.returncode and "heads" in p.stderr, "a fork on main is stopped",
       p.stderr)

r = forked()
r.checkout("x")
r.retort("upgrade", "head", "-q", status=0)
r.retort("hook", "install", status=0)
p = r.run("git", "checkout", "main")
tap.ok(not p.returncode and "it is on x (m/b_x.sql, Ann Author, 20" in
       p.stderr and "retort switch HEAD" in p.stderr, "a checkout tells",
       p.stderr)
p = r.run("git", "checkout", "x")
tap.ok("retort" not in p.stderr, "or has nothing to tell", p.stderr)
r.commit({"m/e_x.sql": sql("e", "b")})
p = r.run("git", "checkout", "-b", "y")
tap.ok("is behind" in p.stderr, "that the database is behind", p.stderr)

# beside others
r = forked()
r.put(".git/hooks/pre-push", "#!/bin/sh\ncat >got\necho \"$@\" >>got\n")
os.chmod(os.path.join(r.path, ".git/hooks/pre-push"), 0o755)
old = hook(r, "pre-push")
r.git("remote", "add", "origin", server.path)
r.retort("hook", "install", status=0)
r.run("git", "push", "origin", "x:x")
with open(os.path.join(r.path, "got")) as f:
    got = f.read()
tap.ok(got.startswith("refs/heads/x ") and got.endswith(
    "origin %s\n" % server.path), "another hook still runs", got)
p = r.retort("hook", "uninstall", status=0)
tap.equal(hook(r, "pre-push"), old, "and is put back")
tap.equal(hook(r, "post-checkout"), None, "ours are gone")
r.git("config", "core.hooksPath", "my hooks")
r.retort("hook", "install", status=0)
tap.ok(os.path.exists(os.path.join(r.path, "my hooks/pre-push")),
       "core.hooksPath")
p = r.run("git", "merge", "x", "-m", "m")
tap.ok(p.returncode and "heads" in p.stderr, "which git heeds", p.stderr)

# husky 9: its own scripts look for the user's by their name
r = forked()
r.git("config", "core.hooksPath", ".husky/_")
r.put(".husky/_/h", "#!/bin/sh\ns=$(dirname \"$(dirname \"$0\")\")/"
      "$(basename \"$0\")\n[ ! -f \"$s\" ] && exit 0\nsh -e \"$s\" \"$@\"\n"
      "exit $?\n")
r.put(".husky/_/pre-push", "#!/bin/sh\n. \"${0%/*}/h\"\n")
os.chmod(os.path.join(r.path, ".husky/_/pre-push"), 0o755)
p = r.retort("hook", "install")
tap.ok(p.returncode == 3 and "husky" in p.stderr and
       'retort hook run pre-push -- "$@"' in p.stderr, "husky", p.stderr)
r.put(".husky/pre-push", 'echo mine >&2\nretort hook run pre-push -- "$@"\n')
r.git("remote", "add", "origin", server.path)
p = r.run("git", "push", "origin", "x:hx")
tap.ok(p.returncode and "mine" in p.stderr and "heads" in p.stderr,
       "what it says to put there works", p.stderr)

# nothing to push: nothing to read
r = forked()
r.put(".git/hooks/pre-push", "#!/bin/sh\nwhile read a; do touch got; done\n")
os.chmod(os.path.join(r.path, ".git/hooks/pre-push"), 0o755)
r.git("remote", "add", "origin", server.path)
r.retort("hook", "install", status=0)
r.git("push", "-q", "--no-verify", "origin", "x:nothing")
r.git("push", "-q", "origin", "x:nothing")
tap.ok(not os.path.exists(os.path.join(r.path, "got")), "an empty input")
r = forked()
for words in (["hook", "run"], ["hook", "run", "pre-coffee"],
              ["hook", "burn"], ["hook", "install", "x"]):
    tap.equal(r.retort(*words).returncode, 2, " ".join(words))
home.cleanup()
tap.done()
