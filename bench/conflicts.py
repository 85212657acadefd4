#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`retort conflicts` in a repository of 10,000 revisions and 50 branches.

One pair beside what git takes for the files alone (git merge-tree), and all
branches against the target and each other.  A pair is to take less than a
second, all 1,275 less than five.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

RETORT = os.environ["RETORT"]
REVISIONS, BRANCHES, RUNS = 10000, 50, 9
work = tempfile.TemporaryDirectory()
env = dict(os.environ, HOME=work.name, GIT_CONFIG_NOSYSTEM="1")
repo = os.path.join(work.name, "repo")


def revision(id, down, sql):
    return (f"-- revision: {id}\n-- down_revision: {down}".rstrip() +
            f"\n-- message: change {id}\n-- created: 2026-01-01T00:00:00Z\n"
            f"\n-- migrate:up\n{sql}\n\n-- migrate:down\nSELECT 1;\n")


def data(text):
    raw = text.encode()
    return b"data %d\n%s\n" % (len(raw), raw)


def commit(branch, parent, files):
    yield b"commit refs/heads/%s\n" % branch.encode()
    yield b"committer a <a@example.org> 1700000000 +0000\n" + data("m")
    if parent:
        yield b"from refs/heads/%s\n" % parent.encode()
    for path, text in files.items():
        yield b"M 100644 inline %s\n" % path.encode() + data(text)


def stream():
    files = {"retort.ini": "[retort]\nscript_location = %(here)s/m\n"
                           "url = sqlite:///t.db\n"}
    for i in range(REVISIONS):
        files[f"m/{i:06x}_change.sql"] = revision(
            f"{i:06x}", f"{i - 1:06x}" if i else "",
            f"CREATE TABLE t{i} (id integer PRIMARY KEY, a text);\n"
            f"CREATE INDEX i{i} ON t{i} (a);")
    last = f"{REVISIONS - 1:06x}"
    yield from commit("main", None, files)
    for b in range(BRANCHES):
        yield from commit(f"b{b}", "main", {
            f"m/b{b}_x.sql": revision(
                f"b{b}", last, f"ALTER TABLE t{b} ADD COLUMN z text;")})
    yield from commit("main", None, {
        "m/main_x.sql": revision("onmain", last,
                                 "ALTER TABLE t1 ADD COLUMN y text;")})


def git(*words, **more):
    subprocess.run(["git", *words], env=env, check=True, **more)


def timed(*words):
    begin = time.perf_counter()
    p = subprocess.run(words, cwd=repo, env=env, stdout=subprocess.DEVNULL)
    if p.returncode > 1:
        sys.exit("%s ended with %d" % (words, p.returncode))
    return (time.perf_counter() - begin) * 1000


git("init", "-q", repo)
git("fast-import", "--quiet", cwd=repo, input=b"".join(stream()))
git("checkout", "-q", "b1", cwd=repo)
missed = False
for what, words in (("two branches", ["b2", "--onto", "main"]),
                    ("the working files", ["--onto", "main"])):
    ours, theirs = zip(*((timed(RETORT, "conflicts", *words, "--no-database", "--no-proof"),
                          timed("git", "merge-tree", "--write-tree",
                                words[0] if words[0] != "--onto" else "b1",
                                "main")) for _ in range(RUNS)))
    median = statistics.median(ours)
    missed |= median > 1000
    print("conflicts: %-20s %7.1f ms  git merge-tree %7.1f ms  ratio %.1f  "
          "want <= 1000 ms  %s" % (
              what, median, statistics.median(theirs),
              statistics.median(a / b for a, b in zip(ours, theirs)),
              "MISSED" if median > 1000 else "ok"))
every = timed(RETORT, "conflicts", "--all", "--onto", "main")
missed |= every > 5000
print("conflicts: %d branches, %d pairs %9.1f ms  want <= 5000 ms  %s" % (
    BRANCHES, BRANCHES * (BRANCHES + 1) // 2, every,
    "MISSED" if every > 5000 else "ok"))
sys.exit(missed)
