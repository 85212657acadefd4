# SPDX-License-Identifier: MIT
"""Repositories that git itself has made, with a project in them."""

import json
import os
import shutil
import subprocess
import tempfile

RETORT = os.path.abspath(os.environ.get("RETORT", "./retort"))
home = tempfile.TemporaryDirectory()
env = {k: v for k, v in os.environ.items()
       if not k.startswith(("RETORT_", "GIT_"))}
env.update(HOME=home.name, XDG_CONFIG_HOME=home.name, LC_ALL="C.UTF-8",
           GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="Ann Author",
           GIT_AUTHOR_EMAIL="a@example.org", GIT_COMMITTER_NAME="c",
           GIT_COMMITTER_EMAIL="c@example.org")
with open(os.path.join(home.name, ".gitconfig"), "w") as f:
    f.write("[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n"
            "\tallow = always\n[merge]\n\tff = false\n[advice]\n"
            "\tdetachedHead = false\n")


def sql(id, down, up="SELECT 1;", *more):
    head = ["revision: " + id, ("down_revision: " + down).strip(), *more]
    return ("".join("-- %s\n" % h for h in head) +
            "\n-- migrate:up\n%s\n-- migrate:down\nSELECT 2;\n" % up)


class Repo:
    """A working directory; `files` are written and committed on main."""

    def __init__(self, files=None, name="repo", init=True):
        self.path = os.path.join(tempfile.mkdtemp(dir=home.name), name)
        os.makedirs(self.path)
        if not init:
            return
        self.git("init", "-q")
        self.put("retort.ini", "[retort]\nscript_location = %(here)s/m\n"
                 "url = sqlite:///%(here)s/t.db\n")
        self.put(".gitignore", "t.db\n*.bak.sql\n")
        self.put("m/a_x.sql", sql("a", ""))
        self.commit(files or {})

    def run(self, *words, status=None, cwd=None, more=None, **kw):
        p = subprocess.run(words, cwd=cwd or self.path,
                           env=dict(env, **(more or {})),
                           capture_output=True, text=True,
                           stdin=subprocess.DEVNULL, **kw)
        if status is not None and p.returncode != status:
            raise RuntimeError("%s: %d\n%s%s" % (
                words, p.returncode, p.stdout, p.stderr))
        return p

    def git(self, *words, **kw):
        return self.run("git", *words, status=0, **kw).stdout.strip()

    def put(self, name, text):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", newline="") as f:
            f.write(text)

    def read(self, name):
        with open(os.path.join(self.path, name), newline="") as f:
            return f.read()

    def commit(self, files=None, remove=()):
        for name, text in (files or {}).items():
            self.put(name, text)
        for name in remove:
            self.git("rm", "-q", name)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "m")
        return self.git("rev-parse", "HEAD")

    def branch(self, name, files=None, remove=(), onto="main"):
        self.git("checkout", "-q", "-f", "-b", name, onto)
        return self.commit(files, remove)

    def checkout(self, name):
        self.git("checkout", "-q", "-f", name)

    def retort(self, *words, **kw):
        return self.run(RETORT, *words, **kw)

    def conflicts(self, *words, **kw):
        """The exit status, and the first comparison."""
        p = self.retort("conflicts", "--json", "--no-proof", *words, **kw)
        try:
            return p.returncode, json.loads(p.stdout)["comparisons"][0]
        except (ValueError, IndexError):
            return p.returncode, {"conflicts": [], "error": p.stderr,
                                  "limits": []}

    def ids(self, *words, **kw):
        """"heads edited (text)": the ids, notes in parentheses."""
        status, found = self.conflicts(*words, **kw)
        if "error" in found:
            return found["error"]
        ids = ["(%s)" % c["id"] if c["note"] else c["id"]
               for c in found["conflicts"]]
        assert status == (1 if any(i[0] != "(" for i in ids) else 0)
        return " ".join(ids)

    def remove(self):
        shutil.rmtree(os.path.dirname(self.path))
