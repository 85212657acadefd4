# SPDX-License-Identifier: MIT
"""Statements, and what lint says of them: by their text, and measured.

The cases are in tests/data/lint-cases.txt; each becomes two revisions of one
project for each dialect, so that one run looks at all of them.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

top = os.environ.get("top_srcdir", ".")
sys.path.insert(0, os.path.join(top, "tests", "support"))
import tap  # noqa: E402
from cluster import Cluster, NoServer  # noqa: E402

RETORT = os.path.abspath(os.environ.get("RETORT", "./retort"))
work = tempfile.TemporaryDirectory()
env = {k: v for k, v in os.environ.items()
       if not k.startswith(("RETORT_", "GIT_", "XDG_", "GITHUB_"))}
env.update(HOME=work.name)


class Case:
    def __init__(self, i, block):
        head, body = block.split("\n", 1)
        fields = [field.strip() for field in head.split(" | ")]
        self.id = "case%d" % i
        self.base, self.up = (part.strip() for part in
                              ("\n" + body).split("\n-- up\n"))
        self.dialect, _, self.options = fields[1].partition(",")
        self.want = fields[2].replace("-", "") and fields[2] or "-"
        self.measured = fields[3] if len(fields) > 3 else None
        self.what = "%s: %s" % (self.dialect, fields[0])


def read_cases():
    with open(os.path.join(top, "tests/data/lint-cases.txt")) as f:
        blocks = ("\n" + f.read()).split("\n## ")[1:]
    return [Case(i, block) for i, block in enumerate(blocks)]


def write_project(name, url, cases):
    """Each case on a base of its own."""
    path = os.path.join(work.name, name)
    os.makedirs(os.path.join(path, "m"))
    with open(os.path.join(path, "retort.ini"), "w") as f:
        f.write("[retort]\nscript_location = %%(here)s/m\nurl = %s\n" % url)
    for c in cases:
        for id, down, options, sql in (
                ("base" + c.id, "", "", c.base),
                (c.id, "base" + c.id, c.options, c.up)):
            with open(os.path.join(path, "m", id + ".sql"), "w") as f:
                f.write("-- revision: %s\n-- down_revision:%s\n\n"
                        "-- migrate:up%s\n%s\n" %
                        (id, " " * bool(down) + down, options, sql))
    return path


def lint(path, *words):
    p = subprocess.run([RETORT, "lint", "--json", "-q", *words], cwd=path,
                       env=env, capture_output=True)
    try:
        return p, json.loads(p.stdout)
    except ValueError:
        return p, None


def told(findings, want):
    rules = [f["rule"] for f in findings]
    if "missing-lock-timeout" not in want:
        rules = [rule for rule in rules if rule != "missing-lock-timeout"]
    return " ".join(sorted(rules)) or "-"


def check(cases, found, which, note=""):
    for c in cases:
        want = getattr(c, which)
        mine = [f for f in found["findings"] if f["revision"] == c.id]
        tap.ok(told(mine, want) == want, c.what + note,
               "got:  " + told(mine, want), "want: " + want,
               json.dumps(mine, indent=1))


cases = read_cases()
rules = json.loads(subprocess.run(
    [RETORT, "lint", "--rules", "--json"], env=env, stdout=subprocess.PIPE,
    cwd=write_project("none", "sqlite:///t.db", [])).stdout)["rules"]
for rule in rules:
    for dialect in ("sqlite", "postgresql"):
        if rule["dialect"] not in (dialect, "both") or \
                rule["rule"] == "unused-allow":
            continue
        n = sum((c.want + " " + (c.measured or "")).count(rule["rule"])
                for c in cases if c.dialect == dialect)
        tap.ok(n >= 2, "%s: cases of %s" % (dialect, rule["rule"]), n)

for dialect, url in (("sqlite", "sqlite:///t.db"),
                     ("postgresql", "postgresql://h/d")):
    mine = [c for c in cases if c.dialect == dialect]
    p, found = lint(write_project(dialect, url, mine), "--all",
                    "--no-measure")
    if not tap.ok(found and not found["limits"], dialect + ": one run",
                  p.stderr.decode(), found and found["limits"]):
        continue
    check(mine, found, "want")
    tap.ok(all(f["line"] > 0 and f["column"] > 0 and f["message"] and
               f["next"] and not f["measured"] for f in found["findings"]),
           dialect + ": places and words")
    tap.ok(not any(f["revision"].startswith("base") and
                   f["severity"] != "notice" for f in found["findings"]),
           dialect + ": new tables are nobody's concern",
           [f for f in found["findings"] if f["revision"][:4] == "base"])


def measured(dialect, url, *words):
    mine = [c for c in cases if c.dialect == dialect and c.measured]
    path = write_project("measured " + dialect, url, mine)
    p, found = lint(path, *(c.id for c in mine), *words)
    if not tap.ok(found and not found["limits"], dialect + ": measured",
                  p.stderr.decode(), found and found["limits"]):
        return
    check(mine, found, "measured", ", measured")
    if dialect == "sqlite":
        return
    tap.ok(all(f["measured"] for f in found["findings"]
               if f["rule"] in ("index-not-concurrent", "rewrite-type-change",
                                "rewrite-volatile-default",
                                "add-fk-validating")),
           dialect + ": it says so")
    # what was measured once is known without a server
    p, found = lint(path, *(c.id for c in mine))
    check(mine, found, "measured", ", from the cache")


measured("sqlite", "sqlite:///t.db")
try:
    os.chmod(work.name, 0o755)  # the server may run as another user
    with Cluster(os.path.join(work.name, "pg")) as cluster:
        measured("postgresql", cluster.url, "--measure")
except NoServer as e:
    tap.skip("postgresql, measured", e)
tap.done()
