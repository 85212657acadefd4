#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No file makes the readers of Alembic's revisions crash or run long.

What is measured is measured against something else in the same process: a
file of eight times the bytes must not take more than some twenty times as
long; and what evaluates may take as long as a plain loop takes that uses up
its steps, a bounded number of times over, whatever the length.

RETORT_HOSTILE_KB=10240 takes all files of 10 MB instead of a quarter of one,
RETORT_HOSTILE_ONLY those whose name has a text in it.
"""

import os
import subprocess
import sys

top = os.environ["top_srcdir"]
sys.path.insert(0, os.path.join(top, "tests", "support"))

import hostile_bombs
import hostile_shapes
import tap

PYTIME = os.path.join(
    os.environ["top_builddir"], "tests", "support", "pytime"
)
STAGES = ("the header", "the parser", "SQLite", "PostgreSQL")
EVALUATES = (False, False, True, True)
STEPS = 8        # times the bytes
RATIO = 20       # times the time
BUDGETS = 200    # such loops are what an evaluation may take
TRIES = 3
NOISE = 0.004    # seconds that say nothing
LARGE = (        # are of 10 MB always
    "a long string", "a comment", "statements", "open parentheses",
    "f-strings inside each other", "rows", "parents",
)
LOOP = b"def upgrade():\n    while True:\n        pass\n"


class Reader:
    """The program that reads and measures."""

    def __init__(self):
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [PYTIME], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def times(self, text):
        """Seconds for each stage, or None: it ended otherwise."""
        if not self.process:
            self.start()
        try:
            self.process.stdin.write(b"%d\n" % len(text) + text)
            self.process.stdin.flush()
            answer = self.process.stdout.readline().split()
        except BrokenPipeError:
            answer = []
        if answer:
            return [float(seconds) for seconds in answer[:len(STAGES)]]
        self.process.wait()
        self.process = None
        return None

    def end(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait()


def is_linear(reader, shape, size, budget):
    """None, or what is wrong."""
    for _ in range(TRIES):
        large = reader.times(hostile_shapes.write(shape, STEPS * size))
        if not large:
            return "it crashes"
        late = [
            i for i, seconds in enumerate(large)
            if seconds > (budget if EVALUATES[i] else NOISE)
        ]
        if not late:
            return None
        small = reader.times(hostile_shapes.write(shape, size))
        late = [i for i in late if large[i] > RATIO * small[i]]
        if not late:
            return None
    return "; ".join(
        f"{STAGES[i]}: {large[i]:.3f} s, an eighth {small[i]:.3f} s"
        for i in late
    )


def is_bounded(reader, text, budget):
    for _ in range(TRIES):
        times = reader.times(text.encode())
        if not times:
            return "it crashes"
        if max(times) < budget:
            return None
    return f"{times} s of {budget:.3f} s"


def size_of(name, kilobytes):
    return max(10240 if name in LARGE else 0, kilobytes) << 10


def wanted(name):
    return os.environ.get("RETORT_HOSTILE_ONLY", "") in name


def check(name, problem):
    if problem:
        tap.ok(False, name, problem)
    return not problem


def main():
    kilobytes = int(os.environ.get("RETORT_HOSTILE_KB", "256"))
    reader = Reader()
    reader.times(LOOP)
    budget = BUDGETS * max(reader.times(LOOP))
    good = [
        check(shape[0], is_linear(
            reader, shape, size_of(shape[0], kilobytes) // STEPS, budget
        ))
        for shape in hostile_shapes.SHAPES if wanted(shape[0])
    ]
    tap.ok(all(good), f"{len(good)} kinds of files take linear time")
    good = [
        check(name, is_bounded(reader, text, budget))
        for name, text in hostile_bombs.bombs() if wanted(name)
    ]
    tap.ok(all(good), f"{len(good)} files that would run long end")
    reader.end()
    tap.done()


main()
