# SPDX-License-Identifier: MIT
"""README.md says what is: the commands of its console blocks are run one
after the other in a copy of the demo project, and must print what stands
there, but for times, durations and the name of the user and the folder.  A
line that is only "..." stands for any lines.  A command marked "# exits with
N" must do so."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.environ["top_srcdir"]
sys.path.insert(0, os.path.join(TOP, "tests", "support"))
import tap


def commands(text):
    """(command, expected lines) of every ```console block, in order."""
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.M | re.S):
        command, want = None, []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, want
                command, want = line[2:], []
            elif command:
                want.append(line)
        if command:
            yield command, want


def matches(got, want):
    if not want:
        return not got
    if want[0] == "...":
        return any(matches(got[i:], want[1:]) for i in range(len(got) + 1))
    return bool(got) and got[0] == want[0] and matches(got[1:], want[1:])


def plain(lines, where):
    """Lines without what differs from run to run."""
    changes = ((re.escape(where), "/home/ana/service"),
               (r"\b\d+ ms\b", "1 ms"),
               (r"\b\d{4}-\d\d-\d\dT[\d:]+\.\d+Z", "2025-11-20T10:15:00.000Z"),
               (r"(?<=  )[\w.-]+@[\w.-]+", "ana@lab"))
    text = "\n".join(lines)
    for pattern, steady in changes:
        text = re.sub(pattern, steady, text)
    return text.split("\n") if lines else []


def run(command, where):
    env = {k: v for k, v in os.environ.items() if not k.startswith("RETORT")}
    env.pop("DATABASE_URL", None)
    program = os.environ["RETORT"]
    env["PATH"] = os.path.dirname(program) + os.pathsep + env["PATH"]
    env.update(NO_COLOR="1", EDITOR="false")
    done = subprocess.run(["sh", "-c", command], cwd=where, env=env,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    lines = done.stdout.rstrip("\n").split("\n") if done.stdout else []
    return done.returncode, lines


def copy_project(where):
    shutil.copyfile(os.path.join(TOP, "retort.ini"),
                    os.path.join(where, "retort.ini"))
    os.mkdir(os.path.join(where, "migrations"))
    for name in os.listdir(os.path.join(TOP, "migrations")):
        if name.endswith(".sql"):
            # Not copy(): the source may be read-only, the copy is edited.
            shutil.copyfile(os.path.join(TOP, "migrations", name),
                            os.path.join(where, "migrations", name))


def main():
    with open(os.path.join(TOP, "README.md"), encoding="utf-8") as readme:
        steps = list(commands(readme.read()))
    tap.ok(steps, "README.md has console blocks")
    where = os.path.realpath(tempfile.mkdtemp(prefix="retort-test."))
    try:
        copy_project(where)
        for command, want in steps:
            said = re.search(r" *# exits with (\d+)$", command)
            status, got = run(command, where)
            tap.equal(status, int(said.group(1)) if said else 0,
                      f"exit status of: {command}")
            got = plain(got, where)
            tap.ok(matches(got, plain(want, where)), f"output of: {command}",
                   "got:", *got, "README.md says:", *want)
    finally:
        shutil.rmtree(where)
    tap.done()


main()
