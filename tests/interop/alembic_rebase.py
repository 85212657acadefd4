# SPDX-License-Identifier: MIT
"""Python revisions that retort changes: rebase and its undo, and edits that
`verify` tells apart.  After each Alembic reads the same graph."""

import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests",
                                "support"))
os.environ["TZ"] = "UTC"

import tap  # noqa: E402
from alembic_pair import Project  # noqa: E402
from gitrepo import env as git_env  # noqa: E402

BODY = '''

def upgrade():
    op.execute("CREATE TABLE t_{id} (a int)")


def downgrade():
    op.execute("DROP TABLE t_{id}")
'''

# Ways to say the parent, {down}; the rest of the file stays as it is.
FORMS = {
    "plain": "revision = 'f1'\ndown_revision = '{down}'\n",
    "annotated": "from typing import Union\nrevision: str = 'f1'\n"
                 "down_revision: Union[str, None] = \"{down}\"\n",
    "commented": "revision = 'f1'  # mine\n"
                 "down_revision = '{down}'  # {{not this}} a1\n",
    "a tuple": "revision = 'f1'\ndown_revision = ('{down}',)\n",
    "a list with comments": "revision = 'f1'\ndown_revision = [\n"
                            "    # from main\n    '{down}',  # a1\n]\n",
    "in parentheses": "revision = 'f1'\ndown_revision = (\n"
                      "    '{down}'\n)\n",
    "unpacked": "revision, down_revision = 'f1', '{down}'\n",
    "indented": "revision      =  'f1'\ndown_revision =  '{down}'\n",
}


def text(id, down, form=None, doc=None):
    head = form or "revision = '{id}'\ndown_revision = {value}\n"
    parents = ", ".join(down)
    value = repr(down[0]) if len(down) == 1 else repr(tuple(down) or None)
    return ((doc or '"""make {id}\n\nRevision ID: {id}\nRevises: {parents}\n'
             'Create Date: 2026-01-02 03:04:05.678901\n\n"""\n') +
            "from alembic import op\n\n" + head +
            "branch_labels = None\ndepends_on = None\n" + BODY).format(
                id=id, parents=parents, down="".join(down[:1]), value=value)


class Branches(Project):
    """main: a1, m1, m2; f: a1, f1, f2, and main's files merged."""

    def __init__(self, folder, first=None):
        super().__init__(folder)
        self.git("init", "-q")
        self.write(".gitignore", "__pycache__/\n*.pyc\ndev.db\n")
        self.put("a1", text("a1", []))
        self.git("checkout", "-q", "-b", "f")
        self.put("f1", first or text("f1", ["a1"]))
        self.put("f2", text("f2", ["f1"]))
        self.git("checkout", "-q", "main")
        self.put("m1", text("m1", ["a1"]))
        self.put("m2", text("m2", ["m1"]))
        self.git("checkout", "-q", "f")
        self.git("merge", "-q", "-m", "merge", "main")

    def put(self, id, content):
        self.write(f"mig/versions/{id}_x.py", content)
        self.git("add", ".")
        self.git("commit", "-q", "-m", id)

    def git(self, *words):
        subprocess.run(["git", *words], cwd=self.folder, env=git_env,
                       check=True, stdout=subprocess.DEVNULL)

    def parents(self):
        return {id: rev[0] for id, rev in self.graph().items()}


def same_graph(project, what):
    """Alembic's parents, and that retort tells the same."""
    parents = project.parents()
    rc, out, err = project.retort("history")
    ours = {}
    for line in out.splitlines():
        down, id = re.match(r"(.*?)(?: \(.*?\))? -> (\w+)", line).groups()
        down = tuple(down.split(", "))
        ours[id] = (None if down == ("<base>",) else
                    down if len(down) > 1 else down[0])
    tap.equal(ours, {id: down[0] if isinstance(down, (tuple, list)) and
                     len(down) == 1 else
                     tuple(down) if isinstance(down, list) else down
                     for id, down in parents.items()}, what)
    return parents


def check_rebase(name, first):
    with tempfile.TemporaryDirectory() as top:
        project = Branches(os.path.join(top, "p"), first)
        file = "mig/versions/f1_x.py"
        before = project.read(file)
        rc, out, err = project.retort("rebase")
        tap.ok(rc == 0, f"{name}: rebase", out, err)
        # What says the parent says another, all else is as it was.
        want = before.replace(b"Revises: a1", b"Revises: m2")
        for quote in (b"'", b'"'):
            want = want.replace(quote + b"a1" + quote,
                                quote + b"m2" + quote)
        tap.equal(project.read(file), want, f"{name}: the bytes")
        parents = same_graph(project, f"{name}: one graph to both")
        tap.ok(parents["f1"] in ("m2", ("m2",), ["m2"]) and
               parents["f2"] == "f1", f"{name}: its parents", parents)
        rc, out = project.alembic("heads")
        tap.equal((rc, out), (0, "f2 (head)\n"), f"{name}: Alembic's head")
        rc, out, err = project.retort("rebase", "--undo")
        tap.ok(rc == 0, f"{name}: undo", out, err)
        tap.equal(project.read(file), before, f"{name}: the bytes are back")
        tap.equal(len(project.alembic("heads")[1].splitlines()), 2,
                  f"{name}: two heads again")


def check_forms():
    for name, form in FORMS.items():
        check_rebase(name, text("f1", ["a1"], form))
    plain = text("f1", ["a1"])
    check_rebase("CRLF", plain.replace("\n", "\r\n").encode())
    check_rebase("a byte order mark", b"\xef\xbb\xbf" + plain.encode())
    check_rebase("Latin-1", "# coding: latin-1\n# größe\n".encode("latin-1") +
                 plain.encode())
    check_rebase("no docstring", text("f1", ["a1"], None, "# no doc\n"))
    check_rebase("no last line end", plain.rstrip("\n"))


def check_apply():
    """Rebased and merged revisions run, by either program."""
    with tempfile.TemporaryDirectory() as top:
        project = Branches(os.path.join(top, "p"))
        rc, out, err = project.retort("merge", "heads", "-m", "both",
                                      "--rev-id", "j1")
        tap.ok(rc == 0, "merge of two", err)
        tap.equal(same_graph(project, "after a merge")["j1"], ("f2", "m2"),
                  "parents of the merge")
        os.unlink(out.strip())
        rc, _, err = project.retort("rebase")
        tap.ok(rc == 0, "rebase in its place", err)
        rc, out = project.alembic("upgrade", "head")
        tap.ok(rc == 0, "Alembic runs it", out)
        rc, _, err = project.retort("rebase", "--undo")
        tap.ok(rc == 3 and "f1 is applied" in err, "no undo below it", err)
        rc, _, err = project.retort("downgrade", "base")
        tap.ok(rc == 0, "retort takes the tables back", err)
        rc, _, err = project.retort("rebase", "--undo")
        tap.ok(rc == 0, "then undo", err)
        rc, _, err = project.retort("upgrade", "f1")
        rc, _, err = project.retort("rebase")
        tap.ok(rc == 3 and "f1 is applied" in err,
               "what is applied stays", rc, err)


def check_edit():
    with tempfile.TemporaryDirectory() as top:
        project = Branches(os.path.join(top, "p"))
        project.write("editor", '#!/bin/sh\necho "# seen" >>"$1"\n')
        os.chmod(project.path("editor"), 0o700)
        rc, _, err = project.retort("edit", "f2",
                                    EDITOR=project.path("editor"))
        tap.ok(rc == 0 and project.read("mig/versions/f2_x.py")
               .endswith(b"# seen\n"), "edit opens the file", err)
        same_graph(project, "after an edit")


EDITS = [
    ("a comment", "def upgrade", "# it's --\ndef upgrade", "comments"),
    ("a docstring", "make f2", "make f3", "comments"),
    ("white space", "t_f2 (a int)\")", "t_f2 (a int)\"  \n    )",
     "comments"),
    ("a string", "a int", "b int", "edited"),
    ("SQL's comment in a string", "a int)", "a int) -- x", "edited"),
    ("-- in code", 'op.execute("CREATE', 'x = 5 --1\n    op.execute("CREATE',
     "edited"),
]


def check_verify():
    with tempfile.TemporaryDirectory() as top:
        project = Branches(os.path.join(top, "p"))
        project.write("alembic.ini", project.read("alembic.ini") +
                      b"\n[retort]\njournal = on\n")
        rc, _, err = project.retort("upgrade", "f2")
        tap.ok(rc == 0, "upgrade with a journal", err)
        file = "mig/versions/f2_x.py"
        whole = project.read(file).decode()
        rc, out, err = project.retort("verify")
        tap.equal(rc, 0, "nothing is edited")
        for what, old, new, kind in EDITS:
            assert old in whole
            project.write(file, whole.replace(old, new, 1))
            rc, out, err = project.retort("verify", "--json")
            tap.ok(f'"{kind}"' in out and rc == (kind == "edited"),
                   f"verify: {what} is {kind}", rc, out, err)
            rc, out, _ = project.retort("conflicts", "--json", "--no-proof",
                                        "--onto", "f")
            edited = '"id":"edited"' in out.replace(" ", "")
            tap.ok(edited, f"conflicts: {what} is seen", rc, out)


check_forms()
check_apply()
check_edit()
check_verify()
tap.done()
