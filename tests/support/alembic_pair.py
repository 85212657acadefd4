# SPDX-License-Identifier: MIT
"""A project of Alembic, with both programs at work in it."""

import contextlib
import io
import os
import re
import subprocess
import sys
import types
import zoneinfo

import tap


def lend_dateutil():
    """Alembic before 1.13 wants dateutil for `timezone`, no more of it than
    this."""
    tz = types.ModuleType("dateutil.tz")

    def gettz(name):
        try:
            return zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            return None

    tz.gettz = gettz
    tz.tzutc = lambda: zoneinfo.ZoneInfo("UTC")
    package = types.ModuleType("dateutil")
    package.tz = tz
    sys.modules["dateutil"] = package
    sys.modules["dateutil.tz"] = tz


try:
    import dateutil.tz  # noqa: F401
except ImportError:
    lend_dateutil()

try:
    import alembic
    from alembic.config import CommandLine, Config
    from alembic.script import ScriptDirectory
except ImportError as why:
    tap.skip_all(f"Debian's alembic is not installed: {why}")

RETORT = os.environ["RETORT"]
DATE = re.compile(
    rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?((?:[+-]\d\d:\d\d)?)"
)

ENV = """\
from alembic import context
from sqlalchemy import create_engine, event

url = context.config.get_main_option("sqlalchemy.url")
engine = create_engine(url)
if context.config.get_main_option("enforce") == "yes":
    @event.listens_for(engine, "connect")
    def enforce(connection, record):
        connection.execute("PRAGMA foreign_keys = ON")

if context.is_offline_mode():
    context.configure(url=url, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with engine.connect() as connection:
        context.configure(connection=connection,
                          transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
"""


def stock_template(name="generic"):
    """The script.py.mako that this Alembic leaves."""
    path = os.path.join(os.path.dirname(alembic.__file__), "templates", name,
                        "script.py.mako")
    with open(path, "rb") as f:
        return f.read()


class Project:
    def __init__(self, folder, template=None, ini="",
                 url="sqlite:///%(here)s/dev.db"):
        self.folder = folder
        os.makedirs(os.path.join(folder, "mig", "versions"))
        self.write("mig/script.py.mako", template or stock_template())
        self.write("mig/env.py", ENV)
        if "script_location" not in ini:
            ini = "script_location = %(here)s/mig\n" + ini
        self.write("alembic.ini",
                   "[alembic]\nsqlalchemy.url = " +
                   url.replace("%", "%%").replace("%%(here)s", "%(here)s") +
                   "\n" + ini)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as f:
            f.write(content.encode() if isinstance(content, str) else content)

    def read(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()

    def alembic(self, *args):
        """Alembic's exit status and what it printed, in this process."""
        out, before = io.StringIO(), os.getcwd()
        line = CommandLine(prog="alembic")
        os.chdir(self.folder)
        try:
            with contextlib.redirect_stdout(out), \
                    contextlib.redirect_stderr(out):
                options = line.parser.parse_args(args)
                line.run_cmd(Config("alembic.ini", stdout=out,
                                    cmd_opts=options), options)
            return 0, out.getvalue()
        except SystemExit as end:
            return end.code, out.getvalue()
        except Exception as error:  # how Alembic says what went wrong
            return 1, f"{out.getvalue()}{type(error).__name__}: {error}"
        finally:
            os.chdir(before)

    def retort(self, *args, **environment):
        """retort's exit status, output and messages."""
        done = subprocess.run(
            [RETORT, *args], cwd=self.folder, encoding="utf-8",
            env=dict(os.environ, **environment), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return done.returncode, done.stdout, done.stderr

    def graph(self):
        """What Alembic reads: {id: (down, labels, depends_on, doc)}."""
        before = os.getcwd()
        os.chdir(self.folder)
        try:
            script = ScriptDirectory.from_config(Config("alembic.ini"))
            return {
                rev.revision: (
                    rev.down_revision,
                    tuple(sorted(rev._orig_branch_labels)),
                    rev.dependencies, rev.doc)
                for rev in script.walk_revisions()
            }
        finally:
            os.chdir(before)

    def revisions(self):
        """{path: bytes} of the revision files, dates made alike."""
        found = {}
        for top, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(top, name)
                if name.endswith(".py") and name != "env.py":
                    with open(path, "rb") as f:
                        found[os.path.relpath(path, self.folder)] = \
                            DATE.sub(rb"DATE\1", f.read())
        return found
