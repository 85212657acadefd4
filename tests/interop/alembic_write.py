# SPDX-License-Identifier: MIT
"""What `retort revision` and `merge` write into a project of Alembic is, but
for the date, what `alembic revision` and `merge` write for the same
arguments; and where that needs Mako, Alembic reads it all the same."""

import os
import re
import stat
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests",
                                "support"))
os.environ["TZ"] = "UTC"  # what Alembic takes where there is no `timezone`

import tap  # noqa: E402
from alembic_pair import Project, stock_template  # noqa: E402

OWN_FORM = "retort's own form is used"
GENERIC = stock_template()
EMPTY = ("revision", "--rev-id", "a1", "-m", "first")

AUTHORED = [
    ("revision", "--rev-id", "a1", "-m", "first of all"),
    ("revision", "--rev-id", "b1", "-m", "left", "--branch-label", "l"),
    ("revision", "--rev-id", "c1", "-m", "right", "--head", "a1",
     "--splice"),
    ("merge", "--rev-id", "d1", "-m", "both", "b1", "c1"),
    ("revision", "--rev-id", "e1", "-m", "root", "--head", "base",
     "--depends-on", "l"),
    ("revision", "--rev-id", "e2", "-m", "needs two", "--head", "e1",
     "--depends-on", "b1", "--depends-on", "c1"),
    ("revision", "--rev-id", "e3", "--head", "e2"),
    ("merge", "--rev-id", "m1", "--branch-label", "all", "d1", "e3"),
    ("revision", "--rev-id", "f1", "-m", 'it\'s "quoted"'),
    ("revision", "--rev-id", "f2", "-m", "größe 日本"),
    ("revision", "--rev-id", "f3", "-m", "line one\nline two\n\nthe rest"),
    ("revision", "--rev-id", "f4", "-m", "100% ${x} <tag> a/b\tc  d"),
    ("revision", "--rev-id", "f5", "-m",
     "a message that goes on and on until it has to be cut somewhere"),
    ("revision", "--rev-id", "it's", "-m", "odd id"),
    ("revision", "--rev-id", "g1", "-m", "branch", "--head", "e3",
     "--splice"),
    ("revision", "--rev-id", "g2", "-m", "branch", "--head", "e2",
     "--splice"),
    ("merge", "--rev-id", "n1", "-m", "three", "heads"),
]


def both(what, template, calls, ini="", folders=()):
    """Run the calls by either program, compare the files."""
    with tempfile.TemporaryDirectory() as top:
        theirs = Project(os.path.join(top, "a"), template, ini)
        ours = Project(os.path.join(top, "b"), template, ini)
        for folder in folders:
            os.makedirs(theirs.path(folder))
            os.makedirs(ours.path(folder))
        told = []
        for call in calls:
            rc, out = theirs.alembic(*call)
            tap.ok(rc == 0, f"{what}: alembic {call[2]}", out) if rc else 0
            rc, _, err = ours.retort(*call)
            told.append(err)
            tap.ok(rc == 0, f"{what}: retort {call[2]}", err) if rc else 0
        want, got = theirs.revisions(), ours.revisions()
        tap.equal(sorted(got), sorted(want), f"{what}: names of the files")
        tap.equal(len(want), len(calls), f"{what}: number of the files")
        different = [name for name in want if got.get(name) != want[name]]
        tap.ok(not different, f"{what}: bytes of the files",
               *(f"{name}\n{want[name]}\n{got.get(name)}"
                 for name in different))
        tap.ok(OWN_FORM not in "".join(told), f"{what}: by the template")


def annotated(text):
    """The template as later versions of Alembic have it."""
    for old, new in (
        (b"from alembic import op\n",
         b"from typing import Sequence, Union\n\nfrom alembic import op\n"),
        (b"\nrevision =", b"\nrevision: str ="),
        (b"down_revision =", b"down_revision: Union[str, Sequence[str], "
                             b"None] ="),
        (b"branch_labels =", b"branch_labels: Union[str, None] ="),
        (b"-> None:\n", b'-> None:\n    """Change the schema."""\n'),
    ):
        assert old in text
        text = text.replace(old, new)
    return text


def added(lines):
    """The template with something before the identifiers."""
    return GENERIC.replace(b"# revision identifiers", lines +
                           b"# revision identifiers")


def check_templates():
    both("stock", GENERIC, AUTHORED)
    both("annotated", annotated(GENERIC), AUTHORED[:7])
    both("async", stock_template("async"), [EMPTY])
    both("CRLF", GENERIC.replace(b"\n", b"\r\n"), [EMPTY])
    both("a byte order mark", b"\xef\xbb\xbf" + GENERIC, [EMPTY])
    both("no last line end", GENERIC.rstrip(b"\n"), [EMPTY])
    both("a coding line", b"# -*- coding: utf-8 -*-\n" + GENERIC, [EMPTY])
    both("own text", added(b"## for us\nimport os  # ${up_revision}\n"
                           b"X = 1 + \\\n    2\n"), AUTHORED[:2])
    both("branches", added(
        b"% if imports:\nbroken\n% elif branch_labels:\nlabel = True\n"
        b"% else:\nlabel = False\n% endif\n"
        b"% if not down_revision and up_revision != 'x':\nbase = True\n"
        b"% endif\nD = ${repr(message)} or '${down_revision or ''}'\n"),
        AUTHORED[:2])
    both("without labels", GENERIC.replace(
        b"branch_labels = ${repr(branch_labels)}\n", b"").replace(
        b"depends_on = ${repr(depends_on)}\n", b""), [EMPTY])


SETTINGS = [
    "file_template = %%(year)d-%%(month).2d-%%(day).2d_%%(rev)s_%%(slug)s",
    "file_template = %%(rev)s-%%(year)d%%(month)02d%%(day)02d%%(slug).3s",
    "file_template = %%(slug)s",
    "truncate_slug_length = 10",
    "output_encoding = utf-8",
    "timezone = UTC\nfile_template = %%(year)d_%%(rev)s",
    "timezone = utc",
    "version_locations = %(here)s/one",
]


def check_settings():
    calls = [EMPTY, ("revision", "--rev-id", "b2", "-m",
                     "größe -- an' dem Weg_x")]
    for ini in SETTINGS:
        both(ini.replace("\n", ", "), GENERIC, calls, ini + "\n")
    both("a version path", GENERIC, [
        ("revision", "--rev-id", "a1", "--version-path", "one"),
        ("revision", "--rev-id", "b1", "--version-path", "two", "--head",
         "base"),
        ("revision", "--rev-id", "b2", "--head", "b1"),
        ("merge", "--rev-id", "m1", "-m", "both", "b2", "a1"),
    ], "version_locations = %(here)s/one %(here)s/two\n", ["one", "two"])
    both("latin-1", b"#\n# coding: latin-1\n" + GENERIC, calls,
         "output_encoding = latin-1\n")


def check_zone():
    """The offset is in the file, and the hour in its name is the zone's."""
    ini = ("timezone = Asia/Kolkata\n"
           "file_template = %%(rev)s_%%(hour).2d%%(minute).2d\n")
    both("a zone", GENERIC, [EMPTY], "timezone = Asia/Kolkata\n")
    with tempfile.TemporaryDirectory() as top:
        project = Project(os.path.join(top, "a"), None, ini)
        rc, out, err = project.retort(*EMPTY)
        text = project.read(out.strip()).decode() if rc == 0 else err
        name = os.path.basename(out.strip())[3:7]
        tap.ok(f" {name[:2]}:{name[2:]}:" in text and "+05:30" in text,
               "the zone's hour in name and file", out, text)


def check_recursive():
    """Newer versions of Alembic have folders by date; 1.8 does not."""
    ini = ("recursive_version_locations = true\n"
           "file_template = %%(year)d/%%(rev)s_%%(slug)s\n")
    with tempfile.TemporaryDirectory() as top:
        project = Project(os.path.join(top, "a"), None, ini)
        for i in range(2):
            rc, out, err = project.retort("revision", "--rev-id", f"a{i}")
            tap.ok(rc == 0 and f"/versions/2" in out, "a folder by date",
                   out, err)
        rc, out, _ = project.retort("history")
        tap.equal((rc, out.count("->")), (0, 2), "they are read again")


def check_refused():
    """What is not written, and what is said."""
    cases = [
        (GENERIC, "output_encoding = ascii\n", "größe", "has no 'ö'"),
        (GENERIC, "output_encoding = cp1252\n", "größe", "cp1252"),
        (GENERIC, "output_encoding = latin-1\n", "größe",
         "does not give a revision file"),
        (GENERIC.replace(b"down_revision = ", b"x = "), "", "x",
         "does not give a revision file"),
    ]
    for template, ini, message, words in cases:
        with tempfile.TemporaryDirectory() as top:
            project = Project(os.path.join(top, "a"), template, ini)
            rc, _, err = project.retort("revision", "-m", message)
            tap.ok(rc not in (0, 1) and words in err, f"refused: {words}",
                   rc, err)
            tap.equal(project.revisions(), {}, f"not written: {words}")


def check_own_form():
    """A template with Python in it: Alembic reads what is written."""
    templates = {
        "multidb": stock_template("multidb"),
        "a block": b"<%\nx = 1\n%>" + GENERIC,
        "a loop": GENERIC + b"% for x in []:\n% endfor\n",
        "a method": GENERIC.replace(b"${message}", b"${message.upper()}"),
    }
    for name, template in templates.items():
        with tempfile.TemporaryDirectory() as top:
            project = Project(os.path.join(top, "a"), template)
            results = [project.retort(*call) for call in AUTHORED]
            tap.ok(all(rc == 0 for rc, _, _ in results),
                   f"{name}: revisions are written",
                   *(err for _, _, err in results))
            tap.ok(OWN_FORM in results[0][2] and ", line " in results[0][2],
                   f"{name}: it is said why", results[0][2])
            graph = project.graph()
            tap.equal(len(graph), len(AUTHORED), f"{name}: Alembic reads it")
            tap.equal(graph["e2"], ("e1", (), ("b1", "c1"), "needs two"),
                      f"{name}: and what is in it")
            text = project.read("mig/versions/a1_first_of_all.py")
            tap.equal(b"def upgrade(engine_name: str)" in text,
                      name == "multidb", f"{name}: the parameters")


def check_messages():
    """Alembic leaves these as they are, and cannot read the file."""
    with tempfile.TemporaryDirectory() as top:
        project = Project(os.path.join(top, "a"))
        for i, message in enumerate(['say """ \\ x', "ends in \\",
                                     "a\\nb\\x41"]):
            project.retort("revision", "--rev-id", f"a{i}", "-m", message)
            tap.equal(project.graph()[f"a{i}"][3], message,
                      f"message {message!r}")


def check_in_turn():
    """Either builds on what the other wrote."""
    with tempfile.TemporaryDirectory() as top:
        project = Project(os.path.join(top, "a"), None,
                          "alembic_command = false\n")
        # Alembic 1.8 writes SQL that such an id breaks
        calls = [call for call in AUTHORED if call[2] != "it's"]
        for i, call in enumerate(calls):
            run = project.alembic if i % 2 else project.retort
            result = run(*call)
            tap.ok(result[0] == 0, f"in turn: {call[2]}", result)
        rc, out, err = project.retort("heads")
        tap.equal(sorted(out), sorted(project.alembic("heads")[1]),
                  "in turn: the head")
        said = [sorted(re.findall(r"\b[a-z]\d\b", out[1]))
                for out in (project.retort("history"),
                            project.alembic("history"))]
        tap.equal(said[0], said[1], "in turn: the history")
        rc, out = project.alembic("upgrade", "heads")
        tap.ok(rc == 0, "in turn: Alembic upgrades", out)
        tap.equal(project.retort("current")[1].split()[0], "n1",
                  "in turn: retort sees it")
        tap.equal(project.retort("downgrade", "base")[0], 0,
                  "in turn: retort downgrades")


def check_hooks():
    """Programs run on the file; where it would take Python, that is said."""
    with tempfile.TemporaryDirectory() as top:
        project = Project(os.path.join(top, "a"), None, (
            "[post_write_hooks]\nhooks = note, again\n"
            "note.type = exec\nnote.executable = %(here)s/note\n"
            "note.options = --at REVISION_SCRIPT_FILENAME 'two words'\n"
            "note.cwd = %(here)s/mig\n"
            "again.type = console_scripts\nagain.entrypoint = note\n"))
        project.write("note", '#!/bin/sh\npwd >>"$0.log"\n'
                              'printf "%s\\n" "$@" >>"$0.log"\n')
        os.chmod(project.path("note"), stat.S_IRWXU)
        rc, out, err = project.retort(
            *EMPTY, PATH=project.folder + os.pathsep + os.environ["PATH"])
        tap.ok(rc == 0, "hooks run", err)
        path = os.path.realpath(out.strip())
        tap.equal(project.read("note.log").decode().splitlines(),
                  [os.path.realpath(project.path("mig")), "--at", path,
                   "two words", os.path.realpath(project.folder), path],
                  "with what their options say")
        rc, _, err = project.retort("revision", "-m", "x", PATH="/nowhere")
        tap.ok(rc == 3 and "hook 'again'" in err and "note" in err,
               "a console script that is not on PATH", rc, err)


check_templates()
check_settings()
check_zone()
check_recursive()
check_refused()
check_own_form()
check_messages()
check_in_turn()
check_hooks()
tap.done()
