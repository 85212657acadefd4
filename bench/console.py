#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measure the console on a terminal against tig, and how fast it answers keys.

    console.py [--runs N]

Both programs run in a pseudo-terminal of 24 rows.  What counts is the time
from fork until the newest ten revisions (commits) are on the screen, files
read and graph drawn; `panes` is retort's frame before it has read anything.
The console writes a NUL behind each last frame (RETORT_IDLE_FD), so a key's
time ends when there is nothing left to draw.
"""

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

import projects

NEWEST = 10
PATIENCE = 60


class Screen:
    """A program in a pseudo-terminal."""

    def __init__(self, argv, cwd, env):
        self.out = b""
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", 24, 80, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.chdir(cwd)
            os.environ.update(env)
            os.execvp(argv[0], argv)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def until(self, *words):
        """Milliseconds from the start until all words have been written."""
        while not all(w in self.out for w in words):
            if not select.select([self.fd], [], [], PATIENCE)[0]:
                raise SystemExit(f"{words} never came: {self.out[-2000:]}")
            self.out += os.read(self.fd, 65536)
        return (time.perf_counter() - self.began) * 1000

    def key(self, keys):
        self.out = b""
        self.began = time.perf_counter()
        os.write(self.fd, keys)
        return self.until(b"\0")

    def peak(self):
        """Largest resident set, MiB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as f:
            for line in f:
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) / 1024
        return 0.0


def write_git(root, revs):
    """A repository with a commit for each revision."""
    marks, lines = {}, []
    for i, r in enumerate(revs, 1):
        marks[r.id] = i
        subject = f"table {r.n}"
        lines.append(
            f"commit refs/heads/main\nmark :{i}\n"
            f"committer Ana <ana@example.org> {1700000000 + i * 60} +0000\n"
            f"data {len(subject)}\n{subject}\n"
        )
        for word, d in zip(["from"] + ["merge"] * len(r.down), r.down):
            lines.append(f"{word} :{marks[d]}\n")
        lines.append("\n")
    subprocess.run(["git", "init", "-q", "-b", "main", root], check=True)
    subprocess.run(
        ["git", "fast-import", "--quiet"],
        cwd=root,
        input="".join(lines).encode(),
        check=True,
    )


def console(root, more=None):
    env = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
           "RETORT_IDLE_FD": "1", **(more or {})}
    return Screen([os.environ["RETORT"], "ui"], root, env)


def tig(root, home):
    env = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": home}
    return Screen(["tig"], root, env)


def verdict(ok):
    return "ok" if ok else "MISSED"


def first_frame(work, runs):
    revs = projects.revisions(10000)
    ours, peer = os.path.join(work, "many"), os.path.join(work, "git")
    projects.write_retort(ours, revs)
    write_git(peer, revs)
    newest = [f"table {r.n}".encode() for r in revs[-NEWEST:]]
    panes, full, theirs = [], [], []
    for _ in range(runs + 1):
        with console(ours) as s:
            panes.append(s.until(b"GRAPH"))
            full.append(s.until(*newest))
            s.until(b"\0")
            memory = s.peak()
        if shutil.which("tig"):
            with tig(peer, work) as s:
                theirs.append(s.until(*newest))
    panes, full, theirs = panes[1:], full[1:], theirs[1:]
    ms = statistics.median(full)
    print(f"{'console, panes, 10,000 revisions':<44} "
          f"{statistics.median(panes):9.1f} ms")
    print(f"{'console, graph, 10,000 revisions':<44} {ms:9.1f} ms  "
          f"want <= 50 ms  {verdict(ms <= 50)}  {memory:.1f} MiB")
    if not theirs:
        print("tig left out: it is not installed")
        return
    ratio = statistics.median(a / b for a, b in zip(full, theirs))
    print(f"{'the same, tig on 10,000 commits':<44} "
          f"{statistics.median(theirs):9.1f} ms  ratio {ratio:7.4f}  "
          f"want < 1  {verdict(ratio < 1)}")


def keys(work, runs):
    root = os.path.join(work, "huge")
    projects.write_retort(root, projects.revisions(100000))
    with console(root) as s:
        s.until(b"\0")
        loaded = s.until(b"\0")
        times = {
            name: [s.key(key) for _ in range(runs)]
            for name, key in (
                ("down", b"j"), ("up", b"k"), ("page down", b"\x06"),
                ("page up", b"\x02"), ("last", b"G"), ("first", b"gg"),
                ("flip", b"i"), ("pane", b"\t"),
            )
        }
        memory = s.peak()
    print(f"{'console, 100,000 revisions, first graph':<44} {loaded:9.1f} ms"
          f"  {memory:.1f} MiB")
    for name, ms in times.items():
        middle, worst = statistics.median(ms), max(ms)
        print(f"{'key at 100,000 revisions: ' + name:<44} {middle:9.2f} ms  "
              f"worst {worst:.2f}  want <= 8 ms  {verdict(middle <= 8)}")


SLOW = ("CREATE TABLE slow{n} AS WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL "
        "SELECT i + 1 FROM c LIMIT {rows}) SELECT count(*) AS n FROM c")


def effects(work, runs):
    """The diff pane of revisions that take seconds to measure: what is in
    the cache, and keys while others are measured."""
    root = os.path.join(work, "slow")
    revs = projects.revisions(200)
    for r in revs[-runs - 2:]:
        r.up.append(SLOW.format(n=r.n, rows=10**9))
    heavy, above = revs[-runs - 3], revs[-runs - 4]
    heavy.up.append(SLOW.format(n=heavy.n, rows=10**6))
    projects.write_retort(root, revs)
    env = {"XDG_CACHE_HOME": os.path.join(root, "cache")}
    cached, held = [], []
    with console(root, {"RETORT_URL": "sqlite:///x.db", **env}) as s:
        s.until(b"\0")
        s.until(b"\0")
        s.key(b"d")
        s.key(b":goto " + heavy.id.encode() + b"\r")
        for _ in range(runs):
            s.key(b":goto " + above.id.encode() + b"\r")
            cached.append(s.key(b":goto " + heavy.id.encode() + b"\r"))
        for _ in range(runs):
            s.out, s.began = b"", time.perf_counter()
            os.write(s.fd, b"k")
            held.append(s.until(b"\x1b[0;7m", b"  table "))
    middle, worst = statistics.median(cached), max(cached)
    print(f"{'console, effects from the cache':<44} {middle:9.1f} ms  "
          f"worst {worst:.1f}  want <= 100 ms  {verdict(middle <= 100)}")
    middle, worst = statistics.median(held), max(held)
    print(f"{'key while effects are measured: up':<44} {middle:9.2f} ms  "
          f"worst {worst:.2f}  want <= 8 ms  {verdict(middle <= 8)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="retort-bench-")
    try:
        first_frame(work, options.runs)
        keys(work, options.runs)
        effects(work, options.runs)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
