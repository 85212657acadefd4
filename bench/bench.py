#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measure retort against its peers, side by side in one run.

    bench.py [--runs N] [--only WORD]

The program and the tools come from the environment, as `make bench` sets it:
RETORT, top_srcdir, top_builddir.  Every line is a ratio: retort's time
through the peer's, for the same work on the same machine in the same minute,
then the same of processor time.  Peers that are not installed are left out,
by name.

Lines that begin with "floor:" compare with floor.c, which does nothing but
what no program can leave out: they show how much of retort's time is its own.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(
    0, os.path.join(os.environ["top_srcdir"], "tests", "support")
)

import projects
from cluster import Cluster
from measure import Command, Comparison, Failed, row


class Bench:
    def __init__(self, options, work):
        self.retort = os.environ["RETORT"]
        self.runs, self.only, self.work = options.runs, options.only, work
        self.missed = []
        self.revs = projects.revisions(1000)
        self.native = os.path.join(work, "native")
        projects.write_retort(self.native, self.revs)
        self.alembic = os.path.join(work, "alembic")
        projects.write_alembic(self.alembic, self.revs)
        self.real = os.path.join(work, "real")
        projects.write_retort(self.real, projects.revisions(1000, 3))
        self.real_alembic = os.path.join(work, "real-alembic")
        projects.write_alembic(
            self.real_alembic, projects.revisions(1000, 3)
        )

    def wanted(self, name):
        return not self.only or self.only in name

    def compare(self, what, ours, peer, target, runs=None):
        if not self.wanted(what):
            return
        if not shutil.which(peer.argv[0]):
            print(f"{what:<44} left out: {peer.argv[0]} is not installed")
            return
        try:
            comparison = Comparison(ours, peer, runs or self.runs)
            row(what, peer.name, comparison, target)
            return comparison
        except Failed as why:
            self.missed.append(what)
            print(f"{what:<44} FAILED: {why}")

    def ours(self, url, *words, cwd=None, **more):
        argv = [self.retort, *words]
        if url:
            argv += ["--url", url]
        return Command("retort", argv, cwd=cwd or self.native, **more)

    def theirs(self, url, *words, cwd=None):
        return Command(
            f"alembic {alembic_version()}",
            ["alembic", *words],
            cwd=cwd or self.alembic,
            env={"BENCH_URL": url},
        )

    def floor(self, engine, *words):
        name = "floor" + (f"-{engine}" if engine else "")
        path = os.path.join(os.environ["top_builddir"], "bench", name)
        return Command("floor.c", [path, *words])

    # -- schemas ------------------------------------------------------------

    def schemas(self, what, url, limit):
        """1,000 tables, one of which has a column more, against what Alembic
        needs for the same; and a limit in seconds."""
        what = "schema diff, 1,000 tables, " + what
        if not self.wanted(what):
            return
        root = os.path.join(self.work, "schema")
        projects.write_schema(root, self.revs)
        subprocess.run(
            [self.retort, "upgrade", "heads", "-q", "--url", url],
            cwd=self.native,
            check=True,
        )
        ours = self.ours(url, "diff", "database", "schema", "--list",
                         cwd=root)
        script = os.path.join(os.environ["top_srcdir"], "bench",
                              "autogenerate.py")
        theirs = Command(
            f"alembic {alembic_version()}",
            ["/usr/bin/python3", script, url, str(len(self.revs))],
        )
        runs = max(3, self.runs // 3)
        result = self.compare(what, ours, theirs, None, runs=runs)
        if result:
            verdict = "ok" if result.ours <= limit else "MISSED"
            print(f"{what + ', time':<44} {result.ours:8.2f} s   "
                  f"want <= {limit} s  {verdict}")

    # -- without a database -------------------------------------------------

    def reading(self):
        self.compare(
            "floor: start", self.ours(None, "version"), self.floor(""), None
        )
        self.compare(
            "history, 1,000 revisions",
            self.ours(None, "history"),
            self.theirs("sqlite://", "history"),
            0.01,
        )
        self.compare(
            "floor: history, 1,000 revisions",
            self.ours(None, "history"),
            self.floor("", os.path.join(self.native, "migrations")),
            None,
        )
        python = os.path.join(self.work, "python")
        projects.write_alembic(python, projects.revisions(550))
        self.compare(
            "heads, 550 revisions in Python",
            self.ours(None, "heads", cwd=python),
            self.theirs("sqlite://", "heads", cwd=python),
            0.01,
        )
        many = os.path.join(self.work, "many")
        projects.write_retort(many, projects.revisions(10000))
        files = os.path.join(many, "migrations")
        heads = Command("retort", [self.retort, "heads"], cwd=many)
        cat = Command(
            "cat of the files",
            ["cat", *[os.path.join(files, f) for f in os.listdir(files)]],
        )
        self.compare("heads, 10,000 revisions", heads, cat, 1.0)
        self.compare("floor: heads, 10,000 revisions", heads,
                     self.floor("", files), None)

    # -- SQLite -------------------------------------------------------------

    def sqlite_noop(self, what, ours, theirs):
        db = os.path.join(self.work, what.split()[0] + ".db")
        url = "sqlite:///" + db
        subprocess.run(
            [self.retort, "upgrade", "head", "-q", "--url", url],
            cwd=ours,
            check=True,
        )
        command = self.ours(url, "upgrade", "head", cwd=ours)
        self.compare(
            f"no-op upgrade head, SQLite, {what}",
            command,
            self.theirs(url, "upgrade", "head", cwd=theirs),
            0.01,
        )
        self.compare(
            f"floor: no-op, SQLite, {what}",
            command,
            self.floor("sqlite", os.path.join(ours, "migrations"), db),
            None,
        )

    def sqlite(self):
        self.schemas("SQLite", "sqlite:///" + os.path.join(
            self.work, "tables.db"), 2)
        self.sqlite_noop("1,000 tables", self.native, self.alembic)
        self.sqlite_noop("334 tables", self.real, self.real_alembic)
        ours_db = os.path.join(self.work, "ours.db")
        peer_db = os.path.join(self.work, "peer.db")
        script = os.path.join(self.work, "sqlite.sql")
        projects.write_script(script, self.revs, "BEGIN IMMEDIATE")
        self.compare(
            "upgrade of 1,000, SQLite",
            self.ours(
                "sqlite:///" + ours_db,
                "upgrade",
                "head",
                prepare=lambda: forget(ours_db),
            ),
            Command(
                "sqlite3, 1 tx a revision",
                ["sqlite3", "-bail", peer_db],
                stdin=script,
                prepare=lambda: forget(peer_db),
            ),
            0.5,
        )

    # -- PostgreSQL ---------------------------------------------------------

    def postgres(self):
        with Cluster(os.path.join(self.work, "pg")) as cluster:
            self.schemas("PostgreSQL", cluster.create("tables"), 4)
            self.postgres_noop(cluster)
            self.postgres_upgrade(cluster, "", 1.0)
            self.postgres_upgrade(cluster, ", 1 ms latency", 0.5, latency=1)
            self.round_trips(cluster)

    def postgres_noop(self, cluster):
        url = cluster.create("noop")
        subprocess.run(
            [self.retort, "upgrade", "head", "-q", "--url", url],
            cwd=self.native,
            check=True,
        )
        command = self.ours(url, "upgrade", "head")
        self.compare(
            "no-op upgrade head, PostgreSQL",
            command,
            self.theirs(url, "upgrade", "head"),
            0.01,
        )
        self.compare(
            "floor: no-op, PostgreSQL",
            command,
            self.floor(
                "postgres", os.path.join(self.native, "migrations"), url
            ),
            None,
        )

    def postgres_upgrade(self, cluster, suffix, target, latency=0):
        script = os.path.join(self.work, "postgres.sql")
        projects.write_script(script, self.revs, "BEGIN")
        with Proxy(cluster, latency) as proxy:
            self.compare(
                "upgrade of 1,000, PostgreSQL" + suffix,
                self.ours(
                    proxy.url("ours"),
                    "upgrade",
                    "head",
                    prepare=lambda: cluster.create("ours"),
                ),
                Command(
                    "psql -f, 1 tx a revision",
                    ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", script,
                     proxy.url("peer")],
                    prepare=lambda: cluster.create("peer"),
                ),
                target,
                runs=max(3, self.runs // 3),
            )

    def round_trips(self, cluster):
        if not self.wanted("round trips"):
            return
        for what, limit, again in (
            ("round trips of 1,000 revisions", 1100, False),
            ("round trips of a no-op", 5, True),
        ):
            if not again:
                cluster.create("trips")
            with Proxy(cluster, 0) as proxy:
                subprocess.run(
                    [self.retort, "upgrade", "head", "-q", "--url",
                     proxy.url("trips")],
                    cwd=self.native,
                    check=True,
                )
            trips = proxy.trips()
            print(
                f"{what:<44} {trips:9d}     want <= {limit}  "
                + ("ok" if trips <= limit else "MISSED")
            )


class Proxy:
    """Stands before the cluster, delays, counts; see pgproxy.c."""

    def __init__(self, cluster, latency):
        self.count_file = cluster.directory + ".trips"
        self.argv = [
            os.path.join(
                os.environ["top_builddir"], "tests", "support", "pgproxy"
            ),
            "--listen", "0",
            "--to", cluster.socket(),
            "--latency", str(latency),
            "--count", self.count_file,
        ]

    def __enter__(self):
        self.process = subprocess.Popen(
            self.argv,
            stdin=subprocess.PIPE,  # it ends when this does
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = self.process.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def url(self, database):
        return (
            f"postgresql://postgres@127.0.0.1:{self.port}/{database}"
            "?sslmode=disable&gssencmode=disable"
        )

    def trips(self):
        with open(self.count_file, encoding="ascii") as f:
            words = f.read().split()
        return int(words[words.index("trips") + 1])


def forget(path):
    for suffix in ("", "-wal", "-shm", "-journal"):
        if os.path.exists(path + suffix):
            os.unlink(path + suffix)


def alembic_version():
    done = subprocess.run(
        ["alembic", "--version"], stdout=subprocess.PIPE, text=True
    )
    return done.stdout.split()[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--only", help="only lines that contain this")
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="retort-bench-")
    os.chmod(work, 0o755)
    try:
        bench = Bench(options, work)
        bench.reading()
        bench.sqlite()
        bench.postgres()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
