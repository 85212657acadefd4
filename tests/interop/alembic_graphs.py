# SPDX-License-Identifier: MIT
"""The graphs of real projects, written as Alembic's files in every form that
projects have, read back: the same graph, and the one that Alembic reads."""

import json
import os
import subprocess
import sys
import tempfile
import warnings

top = os.environ["top_srcdir"]
sys.path.insert(0, os.path.join(top, "tests", "support"))
import alembic_forms  # noqa: E402
import tap  # noqa: E402

try:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util import to_tuple
except ImportError:
    ScriptDirectory = None

RETORT = os.environ["RETORT"]
# Small ones with everything: dependencies, labels, merges, several bases.
SAMPLES = ["neutron-fwaas", "networking-sfc", "superset"]


def write(folder, nodes, form):
    versions = os.path.join(folder, "versions")
    os.mkdir(versions)
    with open(os.path.join(folder, "env.py"), "w") as f:
        f.write("raise Exception('env.py must not run')\n")
    with open(os.path.join(folder, "alembic.ini"), "w") as f:
        f.write("[alembic]\nscript_location = %(here)s\n")
    for place, node in enumerate(nodes):
        kind = form or list(alembic_forms.FORMS)[
            place % len(alembic_forms.FORMS)]
        path = os.path.join(versions, f"{place:04d}_{node[4]}.py")
        with open(path, "wb") as f:
            f.write(alembic_forms.write(node, kind))


def retort(folder, *args):
    done = subprocess.run([RETORT, *args], cwd=folder, encoding="utf-8",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode or done.stderr:
        raise AssertionError(done.stderr)
    return done.stdout


def read_back(folder):
    out = json.loads(retort(folder, "history", "--json"))
    return {r["revision"]: (r["down_revision"], r["depends_on"],
                            r["declared_labels"], r["message"])
            for r in out["revisions"]}


def read_by_alembic(folder):
    config = Config(os.path.join(folder, "alembic.ini"))
    script = ScriptDirectory.from_config(config)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {s.revision: (sorted(to_tuple(s.down_revision, ())),
                             sorted(to_tuple(s.dependencies, ())),
                             sorted(s._orig_branch_labels), s.doc)
                for s in script.walk_revisions()}


def wanted(nodes):
    return {n[0]: (n[1], n[2], sorted(n[3]), n[4]) for n in nodes}


def differences(got, want):
    return [f"{key}: {got.get(key)} not {value}"
            for key, value in want.items() if got.get(key) != value] + \
        [f"{key} is too many" for key in got if key not in want]


def check(name, nodes, form):
    what = f"{name} as {form or 'all of them'}"
    with tempfile.TemporaryDirectory() as folder:
        write(folder, nodes, form)
        try:
            wrong = differences(read_back(folder), wanted(nodes))
        except AssertionError as error:
            wrong = [str(error)]
        tap.ok(not wrong, what, "\n".join(wrong[:5]))
        if not form or wrong:
            return
        if not ScriptDirectory:
            tap.skip(what + " is to Alembic the same", "no alembic")
            return
        want = {k: (sorted(v[0]), sorted(v[1]), v[2], v[3])
                for k, v in wanted(nodes).items()}
        wrong = differences(read_by_alembic(folder), want)
        tap.ok(not wrong, what + " is to Alembic the same",
               "\n".join(wrong[:5]))


def main():
    with open(os.path.join(top, "tests", "data", "dags.json"),
              encoding="utf-8") as f:
        graphs = {g["env"]: g["revisions"] for g in json.load(f)}
    for name in SAMPLES:
        for form in alembic_forms.FORMS:
            check(name, graphs[name], form)
    for name, nodes in graphs.items():
        check(name, nodes, None)
    tap.done()


main()
