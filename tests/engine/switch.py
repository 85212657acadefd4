# SPDX-License-Identifier: MIT
"""retort switch: the database follows the branch."""

import json
import os
import pty
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import tap  # noqa: E402
from cluster import Cluster, NoServer  # noqa: E402
from gitrepo import RETORT, Repo, env  # noqa: E402


def rev(id, parent, up, down, *head):
    lines = ["revision: " + id, ("down_revision: " + parent).strip(), *head]
    text = "".join("-- %s\n" % h for h in lines)
    text += "\n-- migrate:up\n%s\n" % up
    return text + ("-- migrate:down\n%s\n" % down if down else "")


A = rev("a", "", "CREATE TABLE t (id int);\nINSERT INTO t VALUES (1), (2);",
        "DROP TABLE t;")
M1 = rev("m1", "a", "CREATE TABLE m (id int);", "DROP TABLE m;")
F1 = rev("f1", "a", "ALTER TABLE t ADD COLUMN f int;\n"
         "UPDATE t SET f = id * 10;", "ALTER TABLE t DROP COLUMN f;")
F2 = rev("f2", "f1", "CREATE TABLE g (id int);\n"
         "INSERT INTO g SELECT f FROM t;", "DROP TABLE g;")


class Site:
    """main: a, m1; f: a, f1, f2.  main is checked out, its database full."""

    url = None  # SQLite, in the repository

    def __init__(self, main=None, f=None, full=True):
        self.r = Repo()
        self.r.git("rm", "-q", "m/a_x.sql")
        self.r.commit({"m/a_x.sql": A})
        self.r.branch("f", {"m/f1_x.sql": F1, "m/f2_x.sql": F2, **(f or {})})
        self.r.checkout("main")
        self.r.commit({"m/m1_x.sql": M1, **(main or {})})
        self.url = Site.url or "sqlite:///%s/t.db" % self.r.path
        if Site.url:
            self.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        if full:
            self.run("upgrade", "heads", status=0)

    def run(self, *words, **kw):
        return self.r.retort("--url", self.url, *words, **kw)

    def query(self, text):
        if Site.url:
            words = ["psql", "-qXAtF|", "-v", "ON_ERROR_STOP=1", "-d",
                     self.url, "-c", text]
        else:
            words = [sys.executable, "-c", "import sqlite3, sys\n"
                     "c = sqlite3.connect(sys.argv[1])\n"
                     "for r in c.execute(sys.argv[2]):\n"
                     "    print(*r, sep='|')\n"
                     "c.commit()", self.url[len("sqlite:///"):], text]
        return self.r.run(*words, status=0).stdout.split()

    def rows(self):
        return self.query("SELECT version_num FROM alembic_version "
                          "ORDER BY 1")

    def forget_journal(self):
        self.query("DELETE FROM retort_journal")

    def switch(self, what, *words, status=0, says="", rows=None):
        p = self.run("switch", *words)
        good = p.returncode == status and says in p.stdout + p.stderr
        got = self.rows() if rows is not None else None
        tap.ok(good and got == rows, what, p.returncode, p.stdout, p.stderr,
               "rows: %s" % got)
        return p

    def sources(self, *words):
        """[("downgrade", "f2", "m/f2_x.sql"), ...]"""
        p = self.run("switch", *words, "--dry-run", "--json")
        try:
            steps = json.loads(p.stdout)["steps"]
        except ValueError:
            return p.stderr
        return [(s["op"], s["revision"], s["source"]) for s in steps]


def two_branches():
    s = Site()
    s.query("INSERT INTO m VALUES (7)")
    tap.equal(s.sources("f"),
              [("downgrade", "m1", "m/m1_x.sql"),
               ("upgrade", "f1", "f:m/f1_x.sql"),
               ("upgrade", "f2", "f:m/f2_x.sql")], "the way to f")
    s.switch("a dry run changes nothing", "f", "--dry-run",
             says="downgrade m1 -> a", rows=["m1"])
    s.switch("to f, with main checked out", "f",
             says="switched m1 -> f2: 3 revisions", rows=["f2"])
    tap.equal(s.query("SELECT id, f FROM t ORDER BY 1"), ["1|10", "2|20"],
              "the rows that were there are kept")
    tap.equal(s.query("SELECT id FROM g ORDER BY 1"), ["10", "20"],
              "f's own are made")
    tap.equal(s.r.git("status", "--short"), "", "nothing is checked out")
    s.switch("again there is nothing to do", "f", says="already at f2",
             rows=["f2"])
    tap.equal(s.sources("main"),
              [("downgrade", "f2", "f:m/f2_x.sql"),
               ("downgrade", "f1", "f:m/f1_x.sql"),
               ("upgrade", "m1", "m/m1_x.sql")], "the way back")
    s.switch("back to main", "main", says="switched f2 -> m1", rows=["m1"])
    tap.equal(s.query("SELECT * FROM t ORDER BY 1"), ["1", "2"],
              "as it was before")
    p = s.switch("as JSON", "f", "--json", rows=["f2"])
    o = json.loads(p.stdout)
    tap.ok(o["version"] == 1 and o["heads_after"] == ["f2"] and
           o["commit"] == s.r.git("rev-parse", "f") and len(o["steps"]) == 3,
           "what was done", p.stdout)
    s.r.checkout("f")
    tap.equal(s.sources("main")[0], ("downgrade", "f2", "m/f2_x.sql"),
              "the working tree's scripts come first")
    p = s.run("verify")
    tap.equal((p.returncode, p.stdout), (0, ""), "the journal agrees")


def a_target():
    s = Site()
    s.switch("a revision of the tree", "f", "--to", "f1", rows=["f1"])
    s.switch("one below", "f", "--to", "a", rows=["a"])
    s.switch("base", "f", "--to", "base", rows=[])
    s.switch("a revision of another tree", "main", "--to", "f1", status=3,
             says="f1 is on branch f", rows=[])
    s.switch("from nothing", "HEAD", rows=["m1"])


def where_scripts_are():
    s = Site()
    s.switch("to f", "f", rows=["f2"])
    s.r.git("branch", "other", "f")
    s.r.git("branch", "-D", "f")
    tap.equal([x[2] for x in s.sources("main")],
              ["other:m/f2_x.sql", "other:m/f1_x.sql", "m/m1_x.sql"],
              "any branch will do")
    s.r.git("branch", "-D", "other")
    tap.equal([x[2] for x in s.sources("main")],
              ["journal", "journal", "m/m1_x.sql"], "else the journal")
    s.switch("by the journal", "main", rows=["m1"])
    tap.equal(s.query("SELECT * FROM t ORDER BY 1"), ["1", "2"], "it worked")


def irreversible():
    bare = F2[:F2.index("-- migrate:down")]
    s = Site(f={"m/f2_x.sql": bare})
    s.switch("to f", "f", rows=["f2"])
    p = s.switch("no down script anywhere", "main", status=3,
                 says="f2 cannot be taken back", rows=["f2"])
    tap.ok("f:m/f2_x.sql" in p.stderr, "its file is named", p.stderr)
    tap.equal(s.query("SELECT id FROM g ORDER BY 1"), ["10", "20"],
              "nothing has run")
    s.r.branch("cure", {"m/f2_x.sql": F2}, onto="f")
    s.r.checkout("f")
    tap.equal(s.sources("main")[0],
              ("downgrade", "f2", "cure:m/f2_x.sql"),
              "another branch's file has one")
    s.switch("so it can be done", "main", rows=["m1"])
    s = Site(f={"m/f2_x.sql": F2})
    s.switch("to f", "f", rows=["f2"])
    s.r.checkout("f")
    s.r.commit({"m/f2_x.sql": bare})
    tap.equal(s.sources("main")[0], ("downgrade", "f2", "journal"),
              "or the journal, where no file has")
    s.forget_journal()
    s.switch("or nobody", "main", status=3, says="not the working tree",
             rows=["f2"])
    s.r.checkout("main")
    s.r.git("branch", "-D", "f")
    s.switch("a revision that nobody knows", "main", status=3,
             says="neither a file nor the journal has it: f2", rows=["f2"])


def refs():
    s = Site()
    s.switch("an unknown ref", "nowhere", status=3, says="nowhere",
             rows=["m1"])
    s.switch("what looks like an option", "--", "--all", status=2,
             rows=["m1"])
    s.switch("no ref", status=2, says="wants REF", rows=["m1"])
    s.r.git("checkout", "-q", "--detach", "f")
    s.switch("a detached HEAD", "HEAD", rows=["f2"])
    s.r.git("tag", "v1", "main")
    s.switch("a tag", "v1", says="switched", rows=["m1"])
    s.switch("a commit", s.r.git("rev-parse", "f"), rows=["f2"])
    s.switch("what is not committed does not count", "main", rows=["m1"])
    s.r.checkout("main")
    s.r.put("m/n_x.sql", rev("n", "m1", "CREATE TABLE n (i int);",
                             "DROP TABLE n;"))
    s.run("upgrade", "head", status=0)
    tap.equal(s.sources("HEAD"), [("downgrade", "n", "m/n_x.sql")],
              "an uncommitted revision goes")
    s.r.branch("empty", remove=["m/a_x.sql", "m/m1_x.sql"])
    s.r.git("rm", "-q", "--cached", "m/n_x.sql")
    s.r.git("commit", "-q", "-m", "m")
    s.switch("a tree without revisions", "empty", status=3,
             says="has no revisions", rows=["n"])
    s.r.git("checkout", "-q", "-f", "main")


def edited():
    other = A.replace("(1), (2)", "(1), (3)")
    s = Site(f={"m/a_x.sql": other})
    p = s.switch("an applied revision is another one there", "f", status=3,
                 says="edited: what is applied is not what f has: a (its "
                      "SQL is another)", rows=["m1"])
    tap.ok("f:m/a_x.sql" in p.stderr and "--force" in p.stderr,
           "where, and the way out", p.stderr)
    s.switch("unless it is forced", "f", "--force",
             says="a stays as it is applied", rows=["f2"])
    s = Site(f={"m/a_x.sql": other})
    s.forget_journal()
    s.switch("the working tree stands for the journal", "f", status=3,
             says="edited", rows=["m1"])
    s = Site(f={"m/a_x.sql": "-- a comment\n" + A})
    s.switch("comments are no edit", "f", rows=["f2"])
    s = Site(f={"m/m1_x.sql": M1.replace("down_revision: a",
                                         "down_revision: f2")})
    s.switch("other parents", "f", status=3,
             says="m1 (its parents are others)", rows=["m1"])
    s.run("downgrade", "a", status=0)
    s.switch("are no matter below them", "f", rows=["m1"])
    s.r.checkout("f")
    s.switch("to what is checked out", "HEAD", says="already at",
             rows=["m1"])


def failing():
    s = Site(f={"m/f2_x.sql": F2.replace("CREATE TABLE g (id int)",
                                         "CREATE TABLE t (id int)")})
    p = s.switch("a step fails", "f", status=3, says="f:m/f2_x.sql:5:",
                 rows=["f1"])
    tap.ok("the database is at f1; 2 of 3 steps were done" in p.stderr,
           "where it stands is said", p.stderr)
    tap.equal(s.query("SELECT id, f FROM t ORDER BY 1"), ["1|10", "2|20"],
              "at a revision boundary")
    s.switch("and it is the way back", "main", rows=["m1"])


def labels_and_dependencies():
    dep = rev("d", "", "CREATE TABLE d (i int);", "DROP TABLE d;",
              "branch_labels: side")
    s = Site(main={"m/d_x.sql": rev("d2", "", "CREATE TABLE d2 (i int);",
                                    "DROP TABLE d2;",
                                    "branch_labels: side")},
             f={"m/d_x.sql": dep,
                "m/f3_x.sql": rev("f3", "f2", "CREATE TABLE h (i int);",
                                  "DROP TABLE h;", "depends_on: side")})
    tap.equal(s.rows(), ["d2", "m1"], "two heads")
    s.switch("a label that is another revision's there", "f",
             says="switched", rows=["f3"])
    s.switch("and back", "main", says="switched", rows=["d2", "m1"])


def read_all(fd):
    text = b""
    try:
        while True:
            piece = os.read(fd, 65536)
            if not piece:
                break
            text += piece
    except OSError:
        pass  # how Linux says that the other end is closed
    os.close(fd)
    return text


def protected():
    s = Site()
    p = s.run("-x", "protected=true", "switch", "f")
    tap.ok(p.returncode == 3 and "protected" in p.stderr and
           s.rows() == ["m1"], "a protected database", p.stderr)
    p = s.run("-x", "protected=true", "switch", "f", "--yes")
    tap.ok(p.returncode == 0 and s.rows() == ["f2"], "with --yes", p.stderr)
    for answer, status, rows in ((b"n\n", 3, ["f2"]), (b"y\n", 0, ["m1"])):
        master, slave = pty.openpty()
        os.write(master, answer)
        p = subprocess.run([RETORT, "--url", s.url, "switch", "main"],
                           cwd=s.r.path, env=env, stdin=slave, stdout=slave,
                           stderr=slave)
        os.close(slave)
        said = read_all(master).decode()
        tap.ok(p.returncode == status and s.rows() == rows and
               "f:m/f2_x.sql" in said and "Go on?" in said,
               "a terminal is asked: %s" % answer, p.returncode, said)


def bare():
    s = Site()
    s.r.git("clone", "-q", "--bare", s.r.path, "b.git")
    p = s.run("switch", "f", cwd=os.path.join(s.r.path, "b.git"))
    tap.ok(p.returncode == 0 and s.rows() == ["f2"], "a bare repository",
           p.stdout, p.stderr)


def all_of_it():
    two_branches()
    a_target()
    where_scripts_are()
    irreversible()
    refs()
    edited()
    failing()
    labels_and_dependencies()
    protected()


all_of_it()
bare()
with tempfile.TemporaryDirectory() as directory:
    os.chmod(directory, 0o755)  # the server may run as another user
    try:
        with Cluster(os.path.join(directory, "pg")) as cluster:
            Site.url = cluster.create("switch")
            all_of_it()
    except NoServer as e:
        tap.skip("postgresql", e)
tap.done()
