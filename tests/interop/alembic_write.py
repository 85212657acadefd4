# SPDX-License-Identifier: MIT
"""Revisions that retort writes into a project of Alembic are Alembic's: from
the template that `alembic init` leaves, and where that needs Mako."""

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests",
                                "support"))
import tap  # noqa: E402

RETORT = os.environ["RETORT"]

try:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
except ImportError:
    tap.skip_all("no alembic")


def retort(folder, *args):
    done = subprocess.run([RETORT, *args], cwd=folder, encoding="utf-8",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout, done.stderr


def new_project(folder, template):
    config = Config(os.path.join(folder, "alembic.ini"))
    config.stdout = open(os.devnull, "w")
    command.init(config, os.path.join(folder, "mig"), template=template)
    config.set_main_option("script_location", os.path.join(folder, "mig"))
    return config


def author(folder):
    """A merge, labels, dependencies, a message that needs care."""
    calls = [
        ["revision", "--rev-id", "a1", "-m", 'say "x" \\ """ y"'],
        ["revision", "--rev-id", "b1", "-m", "left", "--branch-label", "l"],
        ["revision", "--rev-id", "c1", "-m", "right", "--head", "a1",
         "--splice"],
        ["merge", "-m", "both", "--rev-id", "d1", "b1", "c1"],
        ["revision", "--rev-id", "e1", "-m", "root", "--head", "base",
         "--depends-on", "l"],
    ]
    return [retort(folder, *call) for call in calls]


def check(template, fallback):
    with tempfile.TemporaryDirectory() as folder:
        config = new_project(folder, template)
        results = author(folder)
        tap.ok(all(rc == 0 for rc, _, _ in results),
               f"{template}: revisions are written",
               "\n".join(err for _, _, err in results))
        told = "retort's own form is used" in results[0][2]
        tap.equal(told, fallback, f"{template}: whose template is told")
        script = ScriptDirectory.from_config(config)
        tap.equal(sorted(script.get_heads()), ["d1", "e1"],
                  f"{template}: Alembic sees the heads")
        d1, e1 = script.get_revision("d1"), script.get_revision("e1")
        tap.equal((d1.down_revision, d1.doc), (("b1", "c1"), "both"),
                  f"{template}: the merge")
        tap.equal((e1.down_revision, e1.dependencies), (None, "l"),
                  f"{template}: the dependency")
        b1 = script.get_revision("b1")
        tap.equal((list(b1._orig_branch_labels), b1.down_revision),
                  (["l"], "a1"), f"{template}: the label")
        tap.equal(script.get_revision("a1").doc, 'say "x" \\ """ y"',
                  f"{template}: the message")
        rc, out, _ = retort(folder, "heads")
        tap.equal((rc, out), (0, "d1 (l) (head)\ne1 (head)\n"),
                  f"{template}: retort reads them back")


check("generic", False)
check("multidb", True)
tap.done()
