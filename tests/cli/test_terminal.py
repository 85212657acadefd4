# SPDX-License-Identifier: MIT
"""On a terminal: colour, questions, progress, Ctrl-C."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import tap  # noqa: E402

try:
    for end in pty.openpty():
        os.close(end)
except OSError as why:
    tap.skip_all(f"no pseudo-terminal to be had here: {why}")

RETORT = os.environ.get("RETORT", "./retort")
work = tempfile.TemporaryDirectory()
base_env = {k: v for k, v in os.environ.items()
            if not k.startswith("RETORT_") and k != "NO_COLOR"}
base_env["TERM"] = "xterm"


def rev(id, down, up, extra=""):
    with open(os.path.join(work.name, "versions", id + "_x.sql"), "w") as f:
        f.write("-- revision: %s\n-- down_revision: %s\n-- message: %s\n%s"
                "\n-- migrate:up\n%s\n-- migrate:down\nSELECT 1;\n"
                % (id, down, "rev " + id, extra, up))


class Session:
    """A program on a terminal of its own."""

    def __init__(self, *words, **env):
        self.text = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(work.name)
            # ignored where the suite runs in the background
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execve(RETORT, [RETORT, *words], dict(base_env, **env))

    def read(self, until=None):
        while until is None or until not in self.text:
            if not select.select([self.fd], [], [], 60)[0]:
                os.kill(self.pid, signal.SIGKILL)
                break
            try:
                data = os.read(self.fd, 4096)
            except OSError:
                break
            if not data:
                break
            self.text += data.decode("utf-8", "replace")
        return self.text

    def type(self, text):
        os.write(self.fd, text.encode())

    def end(self):
        self.read()
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        return self.status


def run(*words, **env):
    s = Session(*words, **env)
    s.end()
    return s


def plain(*words):
    return subprocess.run([RETORT, *words], cwd=work.name, env=base_env,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          text=True)


os.mkdir(os.path.join(work.name, "versions"))
with open(os.path.join(work.name, "retort.ini"), "w") as f:
    f.write("[retort]\nscript_location = %(here)s/versions\n"
            "url = sqlite:///%(here)s/shop.db\n"
            "[retort:prod]\nprotected = on\n")
rev("a", "", "CREATE TABLE IF NOT EXISTS a (x int);\nSELECT 1;")
rev("b", "a", "SELECT 1;")
rev("c", "b", "SELECT 1;")
ESC = "\033["

tap.ok(ESC in run("heads").text, "colour on a terminal")
tap.ok(ESC not in run("heads", NO_COLOR="1").text, "none with NO_COLOR")
tap.ok(ESC in run("heads", NO_COLOR="").text, "an empty NO_COLOR is none")
tap.ok(ESC not in run("heads", TERM="dumb").text, "none on a dumb one")
tap.ok(ESC not in run("heads", "--no-color").text, "none with --no-color")
tap.ok(ESC not in run("heads", "--color=never").text, "none with never")
tap.ok(ESC not in plain("heads").stdout, "none in a pipe")
tap.ok(ESC in plain("heads", "--color=always").stdout, "but with always")
tap.equal(re.sub(r"\033\[[0-9;]*m", "",
                 plain("history", "--color=always").stdout),
          plain("history").stdout, "colour changes no text")
tap.ok("CREATE TABLE" in re.sub(r"\033\[[0-9;]*m", "", run("show", "a").text),
       "show has the SQL on a terminal")

s = run("upgrade", "head")
tap.equal(s.status, 0, "upgrade on a terminal")
tap.ok("statement" in s.text and "\r\033[K" in s.text,
       "a progress line comes and goes", repr(s.text))
tap.ok(s.text.rstrip().splitlines()[-1].startswith("upgraded"),
       "the last line is the result", repr(s.text))

s = Session("downgrade", "base")
s.read("[y/N]")
tap.ok("downgrade a -> " in re.sub(r"\033\[[0-9;]*m", "", s.text),
       "several steps down are shown first", repr(s.text))
s.type("\n")
tap.equal(s.end(), 3, "Enter is no")
tap.ok("nothing was changed" in s.text, "and it says so")
tap.equal(plain("current").stdout, "c (head)\n", "which is true")
tap.equal(run("downgrade", "-1").status, 0, "one step is not asked about")
s = Session("downgrade", "base")
s.read("[y/N]")
s.type("y\n")
tap.equal(s.end(), 0, "y is yes")
tap.equal(plain("current").stdout, "", "and it went down")
s = Session("stamp", "--purge", "c")
s.read("[y/N]")
s.type("y\n")
tap.equal(s.end(), 0, "stamp --purge asks too")
tap.equal(run("downgrade", "base", "--yes").status, 0, "--yes answers")

s = Session("-n", "prod", "upgrade", "head")
s.read("to go on: ")
s.type("y\n")
tap.equal(s.end(), 3, "a protected database wants its name")
s = Session("-n", "prod", "upgrade", "head")
s.read("to go on: ")
s.type("prod\n")
tap.equal(s.end(), 0, "and takes it")

rev("d", "c", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
    "WHERE i < 100000000000) SELECT max(i) FROM n;")
s = Session("upgrade", "head", "--no-color")
s.read("upgrade d")
s.type("\x03")
tap.equal(s.end(), 3, "Ctrl-C ends the run")
tap.ok("cancel" in s.text and "state:" in s.text and "next:" in s.text,
       "and it says where the database is", repr(s.text))
tap.equal(plain("current").stdout, "c\n", "at a revision boundary")
tap.done()
