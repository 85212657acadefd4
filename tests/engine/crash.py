# SPDX-License-Identifier: MIT
"""Processes that are killed in the middle of a run, and ten at once.

crash.py ENGINE: the cases of test_crash_sqlite.py and test_crash_postgres.py.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/support"))
import tap  # noqa: E402

REVISIONS = 100
# What each revision fills in: enough for slices, or for the server to chew.
ROWS = {"sqlite": 6000, "postgresql": 1000}
KILLS = 20
TOGETHER = 10
BUILD = os.environ["top_builddir"]
DRIVER = os.path.join(BUILD, "tests/engine/apply_driver")
CLUSTER = os.path.join(os.environ["top_srcdir"], "tests/support/pg-cluster")


class Project:
    """A chain of revisions r1 to r100; each makes a table and fills it, and
    works as much on the way down, so that a run on SQLite takes several
    slices either way."""

    def __init__(self, top, url, rows):
        self.config = os.path.join(top, "retort.ini")
        migrations = os.path.join(top, "migrations")
        os.makedirs(migrations)
        with open(self.config, "w", encoding="utf-8") as f:
            f.write("[retort]\nurl = " + url.replace("%", "%%") + "\n")
        for i in range(1, REVISIONS + 1):
            fill = (
                f"INSERT INTO t{i} WITH RECURSIVE n(i) AS (SELECT 1 "
                f"UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) "
                f"SELECT i FROM n;\n"
            )
            name = os.path.join(migrations, f"r{i}_x.sql")
            with open(name, "w", encoding="utf-8") as f:
                f.write(
                    f"-- revision: r{i}\n"
                    f"-- down_revision: {f'r{i - 1}' if i > 1 else ''}\n"
                    f"-- message: table {i}\n\n"
                    f"-- migrate:up\nCREATE TABLE t{i} (a integer);\n"
                    f"{fill}-- migrate:down\n{fill}DROP TABLE t{i};\n"
                )

    def start(self, op, target, verb="run"):
        return subprocess.Popen(
            [DRIVER, verb, self.config, op, target],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, op, target):
        process = self.start(op, target)
        out, err = process.communicate()
        return process.returncode, out, err

    def query(self, sql):
        return subprocess.run(
            [DRIVER, "query", self.config, sql],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.split()

    def place(self):
        """The revision that the rows say, as a number."""
        rows = self.query("SELECT version_num FROM alembic_version")
        return int(rows[0][1:]) if rows else 0


def check_boundary(project, tables):
    """Rows, tables and journal must tell the same; returns complaints."""
    wrong = []
    at = project.place()
    have = sorted(int(t[1:]) for t in project.query(tables))
    if have != list(range(1, at + 1)):
        wrong.append(f"rows say r{at}, tables are {have}")
    applied = set()
    for line in project.query(
        "SELECT revision, direction, outcome FROM retort_journal ORDER BY id"
    ):
        revision, direction, outcome = line.split("|")
        if outcome != "ok":
            wrong.append(f"the journal has {line}")
        elif direction == "upgrade":
            applied.add(int(revision[1:]))
        else:
            applied.discard(int(revision[1:]))
    if applied != set(range(1, at + 1)):
        wrong.append(f"rows say r{at}, the journal {sorted(applied)}")
    return wrong


def kill_somewhere(project, op, target, verb, lines):
    """Kill a run after a number of events, wherever it is by then."""
    process = project.start(op, target, verb)
    reported = 0
    for line in process.stdout:
        reported += line.startswith("done ")
        lines -= 1
        if lines <= 0:
            break
    process.send_signal(signal.SIGKILL)
    reported += process.stdout.read().count("done ")
    process.communicate()
    return reported


def kills(project, tables):
    chance = random.Random(20250916)
    for op, target, end in (
        ("upgrade", "head", REVISIONS),
        ("downgrade", "base", 0),
    ):
        wrong, cut = [], 0
        for i in range(KILLS):
            # Each attempt begins at the other end.
            back = ("downgrade", "base") if op == "upgrade" else (
                "upgrade", "head")
            status, _, err = project.run(*back)
            if status:
                wrong.append(f"{back}: {err}")
            start = REVISIONS - end
            lines = chance.randint(1, 3 * REVISIONS)
            verb = "step" if i % 2 else "run"
            reported = kill_somewhere(project, op, target, verb, lines)
            at = project.place()
            cut += at not in (0, REVISIONS)
            if abs(at - start) < reported:
                wrong.append(f"{reported} reported done, but at r{at}")
            wrong += check_boundary(project, tables)
            status, _, err = project.run(op, target)
            if status or project.place() != end:
                wrong.append(f"the next run: {status} {err}")
        tap.ok(not wrong, f"{KILLS} killed {op}s leave a boundary", *wrong)
        tap.ok(cut > 0, f"some of them were in the middle ({cut})")


def together(project, tables):
    project.run("downgrade", "base")
    before = len(project.query("SELECT id FROM retort_journal"))
    runs = [project.start("upgrade", "head") for _ in range(TOGETHER)]
    results = [p.communicate() + (p.returncode,) for p in runs]
    tap.equal([r[2] for r in results], [0] * TOGETHER,
              f"{TOGETHER} runs at once all end well")
    tap.equal([r[1] for r in results if r[1]], [], "and say nothing wrong")
    done = sum(r[0].count("done ") for r in results)
    tap.equal(done, REVISIONS, "each revision is reported once")
    after = len(project.query("SELECT id FROM retort_journal"))
    tap.equal(after - before, REVISIONS, "each revision ran once")
    tap.equal(check_boundary(project, tables), [], "nothing is amiss")


def cases(engine, top):
    if engine == "sqlite":
        url = "sqlite:///" + os.path.join(top, "test.db")
        tables = "SELECT name FROM sqlite_master WHERE name GLOB 't[0-9]*'"
        kinds(Project(top, url, ROWS["sqlite"]), tables)
        return
    cluster = os.path.join(top, "pg")
    os.chmod(top, 0o755)
    started = subprocess.run(
        ["sh", CLUSTER, "start", cluster],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    if started.returncode == 77:
        tap.skip_all(started.stderr.strip())
    try:
        tables = "SELECT relname FROM pg_class WHERE relname ~ '^t[0-9]+$'"
        url = started.stdout.strip()
        kinds(Project(top, url, ROWS["postgresql"]), tables)
    finally:
        subprocess.run(["sh", CLUSTER, "stop", cluster], check=False)


def kinds(project, tables):
    # The first ten come to an empty database.
    runs = [project.start("upgrade", "head") for _ in range(TOGETHER)]
    results = [p.communicate() + (p.returncode,) for p in runs]
    tap.equal([r[1:] for r in results], [("", 0)] * TOGETHER,
              f"{TOGETHER} runs at once on an empty database")
    together(project, tables)
    kills(project, tables)


def main(engine):
    top = tempfile.mkdtemp(prefix="retort-crash-")
    try:
        cases(engine, top)
    finally:
        shutil.rmtree(top, ignore_errors=True)
    tap.done()
