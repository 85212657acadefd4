# SPDX-License-Identifier: MIT
"""Every --json answer is one object of the documented shape."""

import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import tap  # noqa: E402

RETORT = os.environ.get("RETORT", "./retort")
FIELDS = {
    "revision": str, "down_revision": list, "depends_on": list,
    "branch_labels": list, "declared_labels": list, "message": str,
    "doc": str, "created": str, "path": str, "is_head": bool,
    "is_effective_head": bool, "is_base": bool, "is_branch_point": bool,
    "is_merge_point": bool, "is_current": (bool, type(None)),
}
work = tempfile.TemporaryDirectory()
env = {k: v for k, v in os.environ.items() if not k.startswith("RETORT_")}


def write(name, text):
    mode = "wb" if isinstance(text, bytes) else "w"
    with open(os.path.join(work.name, name), mode) as f:
        f.write(text)


def rev(id, down, *more, message="m"):
    head = ["revision: " + id, ("down_revision: " + down).strip(), *more,
            "message: " + message]
    write("versions/%s_x.sql" % id, "".join("-- %s\n" % h for h in head) +
          "\n-- migrate:up\nCREATE TABLE t_%s (x int);\n" % id +
          "-- migrate:down\nDROP TABLE t_%s;\n" % id)


def run(*words, status=0):
    p = subprocess.run([RETORT, *words], cwd=work.name, env=env,
                       stdin=subprocess.DEVNULL, capture_output=True)
    what = " ".join(words)
    tap.equal(p.returncode, status, what + ": status")
    try:
        doc = json.loads(p.stdout.decode("ascii"))
    except ValueError as e:
        tap.ok(False, what + ": JSON", e, p.stdout, p.stderr)
        return {}
    tap.equal(doc.get("version"), 1, what + ": version")
    return doc


def check_revisions(revisions, what, **more):
    fields = dict(FIELDS, **more)
    for r in revisions:
        good = set(r) == set(fields) and all(
            isinstance(r[k], t) for k, t in fields.items())
        tap.ok(good, "%s: fields of %s" % (what, r.get("revision")), r)


def ids(doc):
    return [r["revision"] for r in doc.get("revisions", [])]


os.mkdir(os.path.join(work.name, "versions"))
write("retort.ini", "[retort]\nscript_location = %(here)s/versions\n"
      "url = sqlite:///%(here)s/t.db\n")
rev("a", "", message="ol\u00e9 \u202e \"quoted\"")
rev("b", "a", "branch_labels: left")
rev("c", "a", "depends_on: b")
rev("m", "b, c")
rev("n", "m")
rev("o", "m")

for words, want in (
        (["heads"], ["n", "o"]), (["bases"], ["a"]),
        (["branches"], ["m", "a"]), (["history", "-r", "a:b"], ["b", "a"]),
        (["show", "left"], ["b"]), (["show", "base"], []),
        (["graph", "-r", "a:b"], ["b", "a"])):
    doc = run(*words, "--json")
    extra = {"branches": {"children": list}, "graph": {"row": int}}
    check_revisions(doc.get("revisions", []), words[0],
                    **extra.get(words[0], {}))
    tap.equal(ids(doc), want, " ".join(words) + ": revisions")
doc = run("branches", "--json")
tap.equal([r["children"] for r in doc["revisions"]],
          [["n", "o"], ["b", "c"]], "branches: children")
first = run("show", "a", "--json")["revisions"][0]
tap.equal(first["message"], "ol\u00e9 \u202e \"quoted\"", "text is whole")
tap.equal(first["is_current"], None, "is_current is null if nobody asked")
merge = run("show", "m", "--json")["revisions"][0]
tap.equal((merge["down_revision"], merge["is_merge_point"],
           merge["is_branch_point"], merge["branch_labels"]),
          (["b", "c"], True, True, ["left"]), "a merge that forks")

doc = run("upgrade", "n", "--dry-run", "--json")
tap.equal(doc["steps"][-2:], [
    {"op": "upgrade", "revision": "m", "from": ["b", "c"], "to": ["m"]},
    {"op": "upgrade", "revision": "n", "from": ["m"], "to": ["n"]}],
    "steps of a dry run")
tap.equal(doc["heads_after"], ["n"], "heads after it")
tap.ok(not os.path.exists(os.path.join(work.name, "t.db")),
       "a dry run makes no database")
tap.equal(run("current", "--json"), {
    "version": 1, "revisions": [], "rows": [], "unknown": [],
    "at_heads": False}, "current of no database")
real = run("upgrade", "n", "--json")
tap.equal(real, doc, "a run tells the same as its dry run")
doc = run("upgrade", "n", "--json")
tap.equal((doc["steps"], doc["heads_after"]), ([], ["n"]), "nothing to do")
doc = run("current", "--json")
check_revisions(doc["revisions"], "current")
tap.equal((ids(doc), doc["rows"], doc["at_heads"],
           doc["revisions"][0]["is_current"]), (["n"], ["n"], False, True),
          "current")
run("current", "--check-heads", "--json", status=1)
doc = run("history", "-i", "--json")
tap.equal([r["revision"] for r in doc["revisions"] if r["is_current"]],
          ["n"], "history -i: is_current")

doc = run("log", "--json", "--limit", "2")
tap.equal([(r["op"], r["revision"], r["outcome"], r["statements_done"],
            r["statements_total"], r["has_down_script"])
           for r in doc["runs"]],
          [("upgrade", "n", "ok", 1, 1, True),
           ("upgrade", "m", "ok", 1, 1, True)], "log: newest first")
tap.equal([r["revision"] for r in run("log", "b", "--json")["runs"]], ["b"],
          "log of one revision")
tap.equal(run("verify", "--json"), {"version": 1, "findings": []}, "verify")
rev("b", "a", "branch_labels: left", "created: now")
write("versions/n_x.sql", "-- revision: n\n-- down_revision: m\n"
      "-- message: m\n-- migrate:up\nSELECT 2;\n")
doc = run("verify", "--json", status=1)
tap.equal([(f["kind"], f["revision"]) for f in doc["findings"]
           if f["kind"] == "edited"], [("edited", "n")],
          "verify finds the edited one")

doc = run("status", "--json")
tap.equal(set(doc), {
    "version", "config", "environment", "protected", "url", "connected",
    "rows", "current", "pending", "heads", "problems", "drift"},
    "status: members")
tap.equal((doc["rows"], [r["revision"] for r in doc["pending"]],
           sorted(p["kind"] for p in doc["problems"])),
          (["n"], ["o"], ["edited", "heads"]), "status: values")
run("status", "--check", "--json", status=1)
doc = run("stamp", "base", "--dry-run", "--json")
tap.equal(doc["heads_after"], [], "a stamp's dry run")
doc = run("merge", "heads", "-m", "join", "--rev-id", "zz", "--json")
tap.equal((doc.get("revision"), os.path.basename(doc.get("path", ""))),
          ("zz", "zz_join.sql"), "merge")
doc = run("revision", "-m", "next", "--rev-id", "zzz", "--json")
tap.equal(doc.get("revision"), "zzz", "revision")
tap.equal(run("list_templates", "--json")["templates"][0]["name"], "generic",
          "list_templates")
run("version", "--json")
p = subprocess.run([RETORT, "show", "nosuch", "--json"], cwd=work.name,
                   env=env, capture_output=True)
tap.ok(p.returncode == 3 and p.stdout == b"" and b"nosuch" in p.stderr,
       "an error is text on standard error", p)
tap.done()
