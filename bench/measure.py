# SPDX-License-Identifier: MIT
"""Time commands as whole processes, in turn, and compare them pair by pair.

Machines are noisy and drift: A and B run alternately, and what counts is the
median of the ratios of neighbouring runs.  Beside the time that passed stands
the processor time of the process and its children, which other programs on
the machine stretch far less.
"""

import os
import statistics
import tempfile
import time


class Failed(Exception):
    pass


def run_once(command):
    """(seconds that passed, seconds of processor time) of one run.

    posix_spawn and wait4, because Python's Popen costs more than what is
    measured here.
    """
    if command.prepare:
        command.prepare()
    with tempfile.TemporaryFile() as error:
        files = [
            (os.POSIX_SPAWN_OPEN, 0, command.stdin or os.devnull,
             os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, error.fileno(), 2),
        ]
        here = os.getcwd()
        os.chdir(command.cwd or here)
        try:
            begin = time.perf_counter()
            pid = os.posix_spawnp(
                command.argv[0],
                command.argv,
                {**os.environ, **command.env},
                file_actions=files,
            )
            _, status, used = os.wait4(pid, 0)
            seconds = time.perf_counter() - begin
        finally:
            os.chdir(here)
        if status != 0:
            error.seek(0)
            raise Failed(
                f"{command.name} ended with {status:#x}: "
                + error.read().decode("utf-8", "replace")[-400:]
            )
    return seconds, used.ru_utime + used.ru_stime


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
        self.ours, self.our_cpu = map(statistics.median, zip(*a))
        self.peer, self.peer_cpu = map(statistics.median, zip(*b))
        self.ratio, self.cpu_ratio = (
            statistics.median(x[i] / max(y[i], 1e-6) for x, y in zip(a, b))
            for i in (0, 1)
        )


def row(what, peer, comparison, target):
    """One line of the report; target is the largest ratio wanted, None for a
    line that only informs."""
    c = comparison
    verdict = ""
    if target is not None:
        verdict = f"want <= {target:.4g}  "
        verdict += "ok" if c.ratio <= target else "MISSED"
    print(
        f"{what:<44} {c.ours * 1000:8.1f} ms  {peer:<25} "
        f"{c.peer * 1000:8.1f} ms  ratio {c.ratio:7.4f} "
        f"(1/{1 / c.ratio:.1f})  cpu {c.our_cpu * 1000:.1f}/"
        f"{c.peer_cpu * 1000:.1f} ms (1/{1 / c.cpu_ratio:.1f})  {verdict}",
        flush=True,
    )
