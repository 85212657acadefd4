# SPDX-License-Identifier: MIT
"""Pairs of revisions that get in each other's way, and pairs that do not.

The pairs are in tests/data/conflict-pairs*.txt; each becomes two branches of
one repository, which git fast-import makes at a stroke.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap

top = os.environ.get("top_srcdir", ".")
sys.path.insert(0, os.path.join(top, "tests", "support"))
import tap  # noqa: E402
from cluster import Cluster, NoServer  # noqa: E402

RETORT = os.path.abspath(os.environ.get("RETORT", "./retort"))
work = tempfile.TemporaryDirectory()
env = {k: v for k, v in os.environ.items()
       if not k.startswith(("RETORT_", "GIT_"))}
env.update(HOME=work.name, GIT_CONFIG_NOSYSTEM="1")
INI = "[retort]\nscript_location = %%(here)s/m\nurl = %s\n"
URLS = {"sqlite": "sqlite:///t.db", "postgresql": "postgresql://h/d"}


def read_pairs(name):
    with open(os.path.join(top, "tests/data", name)) as f:
        text = "".join(line for line in f if not re.match("# |#$", line))
    for block in text.split("\n## ")[1:]:
        head, body = block.split("\n", 1)
        what, dialect, want, *proved = (p.strip() for p in head.split("|"))
        base, rest = body.split("\n-- ours\n")
        ours, theirs = rest.split("\n-- theirs\n")
        if not proved and what.startswith("* ") and "object" in want:
            # privileges are no part of a schema: text tells of them
            proved = ["order"] if "privileges" not in what else []
        yield (what, *(dialect + " sql").split()[:2], want,
               proved[0] if proved else "", base, ours, theirs)


def revision(form, id, down, body):
    if form == "py":
        return ("from alembic import op\nimport sqlalchemy as sa\n"
                "from sqlalchemy.dialects import postgresql\n\n"
                "revision = %r\ndown_revision = %r\n\n\n"
                "def upgrade():\n%s\n" %
                (id, down or None, textwrap.indent(body.strip(), "    ")))
    return ("-- revision: %s\n-- down_revision: %s\n\n-- migrate:up\n%s\n"
            % (id, down, body.strip())).replace(": \n", ":\n")


class Import:
    """A stream for git fast-import."""

    def __init__(self):
        self.out = []

    def data(self, text):
        raw = text.encode()
        self.out.append(b"data %d\n%s\n" % (len(raw), raw))

    def commit(self, branch, parent, files):
        self.out.append(b"commit refs/heads/%s\n" % branch.encode())
        self.out.append(b"committer a <a@example.org> 1700000000 +0000\n")
        self.data("m")
        if parent:
            self.out.append(b"from refs/heads/%s\n" % parent.encode())
        for path, text in files.items():
            self.out.append(b"M 100644 inline %s\n" % path.encode())
            self.data(text)


pairs = [pair for name in ("conflict-pairs.txt", "conflict-pairs-more.txt")
         for pair in read_pairs(name)]
stream = Import()
for i, (_, dialect, form, _, _, base, ours, theirs) in enumerate(pairs):
    stream.commit("base%d" % i, None, {
        "retort.ini": INI % URLS[dialect],
        "m/base_x." + form: revision(form, "first", "", base)})
    stream.commit("ours%d" % i, "base%d" % i, {
        "m/ours_x." + form: revision(form, "ours", "first", ours)})
    stream.commit("theirs%d" % i, "base%d" % i, {
        "m/theirs_x." + form: revision(form, "theirs", "first", theirs)})
repo = os.path.join(work.name, "repo.git")
subprocess.run(["git", "init", "-q", "--bare", repo], env=env, check=True)
subprocess.run(["git", "fast-import", "--quiet"], cwd=repo, env=env,
               input=b"".join(stream.out), check=True)


def findings(ours, theirs, *words):
    p = subprocess.run([RETORT, "conflicts", ours, "--onto", theirs, "--json",
                        "--no-database", *words], cwd=repo, env=env,
                       capture_output=True)
    try:
        found = json.loads(p.stdout)["comparisons"][0]
    except ValueError:
        return p, None
    return p, found


def told(found):
    ids = {("(%s)" if c["note"] else "%s") % c["id"]
           for c in found["conflicts"] if c["id"] != "heads"}
    return ", ".join(sorted(ids)) or "-"


tap.ok(sum(p[3] in ("-", "(data)", "(object)") and p[4] != "order"
           for p in pairs) >= 100, "enough harmless pairs")
for i, (what, dialect, _, want, *_) in enumerate(pairs):
    for a, b in (("ours%d", "theirs%d"), ("theirs%d", "ours%d")):
        p, found = findings(a % i, b % i, "--no-proof")
        what_now = "%s: %s, %s" % (dialect, what, a[:-2])
        if not found:
            tap.ok(False, what_now, p.stderr.decode())
            continue
        got = told(found)
        # a note beside a conflict is nobody's business
        if "(" not in want:
            got = ", ".join(w for w in got.split(", ") if w[0] != "(") or "-"
        tap.ok(got == want and not found["limits"], what_now, "got: " + got,
               "want: " + want, json.dumps(found["conflicts"], indent=1),
               found["limits"])
        tap.ok(all(f["path"] and f["line"] for c in found["conflicts"]
                   if c["id"] in ("object", "data") for f in c["files"]),
               what_now + ": places")


def prove(engine, *words):
    """What text has found is found by running it, and nothing else."""
    for i, (what, dialect, _, want, proved, *_) in enumerate(pairs):
        if dialect != engine:
            continue
        p, found = findings("ours%d" % i, "theirs%d" % i, *words)
        orders = [c for c in (found or {"conflicts": []})["conflicts"]
                  if c["id"] == "order"]
        serious = [c for c in orders if not c["note"]]
        tried = found and not any("not tried" in t for t in found["limits"])
        what = "%s, proved: %s" % (dialect, what)
        if not found:
            tap.ok(False, what, p.stderr.decode())
        elif proved:
            tap.ok(orders, what, p.stdout.decode())
        elif want[0] in "-(":
            tap.ok(tried and not serious, what, found["limits"],
                   json.dumps(serious, indent=1))


prove("sqlite")
try:
    os.chmod(work.name, 0o755)  # the server may run as another user
    with Cluster(os.path.join(work.name, "pg")) as cluster:
        prove("postgresql", "--url", cluster.url)
except NoServer as e:
    tap.skip("postgresql, proved", e)
tap.done()
