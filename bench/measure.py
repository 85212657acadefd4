# SPDX-License-Identifier: MIT
"""Time commands as whole processes, in turn, and compare them pair by pair.

Machines are noisy and drift: A and B run alternately, and what counts is the
median of the ratios of neighbouring runs.
"""

import os
import statistics
import subprocess
import time


class Failed(Exception):
    pass


def run_once(command):
    """Wall seconds of one run."""
    if command.prepare:
        command.prepare()
    with open(command.stdin or os.devnull, "rb") as stdin, open(
        os.devnull, "wb"
    ) as out:
        begin = time.perf_counter()
        p = subprocess.Popen(
            command.argv,
            stdin=stdin,
            stdout=out,
            stderr=subprocess.PIPE,
            env={**os.environ, **command.env},
            cwd=command.cwd,
        )
        error = p.stderr.read()
        p.wait()
        seconds = time.perf_counter() - begin
    if p.returncode != 0:
        raise Failed(
            f"{command.name} ended with {p.returncode}: "
            + error.decode("utf-8", "replace")[-400:]
        )
    return seconds


class Command:
    def __init__(
        self, name, argv, cwd=None, env=None, stdin=None, prepare=None
    ):
        self.name, self.argv, self.cwd = name, argv, cwd
        self.env, self.stdin, self.prepare = env or {}, stdin, prepare


class Comparison:
    def __init__(self, ours, peer, runs):
        run_once(ours)  # warm-up: caches, byte code
        run_once(peer)
        a, b = [], []
        for _ in range(runs):
            a.append(run_once(ours))
            b.append(run_once(peer))
        self.ours, self.peer = statistics.median(a), statistics.median(b)
        self.ratio = statistics.median(x / y for x, y in zip(a, b))


def row(what, peer, comparison, target):
    """One line of the report; target is the largest ratio wanted."""
    c = comparison
    verdict = "ok" if c.ratio <= target else "MISSED"
    print(
        f"{what:<44} {c.ours * 1000:9.1f} ms  {peer:<22} "
        f"{c.peer * 1000:9.1f} ms  ratio {c.ratio:7.4f}  "
        f"(1/{1 / c.ratio:6.1f})  want <= {target:.4f}  {verdict}",
        flush=True,
    )
