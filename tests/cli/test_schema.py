# SPDX-License-Identifier: MIT
"""dump, diff, check, revision --autogenerate, effects, on both engines."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import cluster  # noqa: E402
import tap  # noqa: E402

RETORT = os.environ.get("RETORT", "./retort")
work = tempfile.TemporaryDirectory()
env = {k: v for k, v in os.environ.items() if not k.startswith("RETORT_")}
env["XDG_CACHE_HOME"] = os.path.join(work.name, "cache")

FIRST = """\
CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL);
CREATE INDEX ix_users_email ON users (email);
"""
SECOND = """\
CREATE TABLE users (
  id integer PRIMARY KEY,
  -- retort:renamed from=email
  mail text NOT NULL,
  age integer CHECK (age >= 0)
);
CREATE INDEX ix_users_email ON users (mail);
-- retort:renamed from=nothing
CREATE TABLE notes (
  id integer PRIMARY KEY, -- retort:renamed from=gone
  user_id integer REFERENCES users (id),
  body text DEFAULT 'a;b'
);
CREATE VIEW mails AS SELECT mail FROM users;
"""


class Project:
    def __init__(self, name, url):
        self.dir = os.path.join(work.name, name)
        self.name = name
        self.url = url
        os.mkdir(self.dir)
        self.write("retort.ini", "[retort]\nurl = %s\n"
                   "schema = %%(here)s/schema.sql\n" % url.replace("%", "%%"))
        os.mkdir(os.path.join(self.dir, "migrations"))

    def write(self, name, text):
        with open(os.path.join(self.dir, name), "w") as f:
            f.write(text)

    def run(self, *words, status=0, stdin=None):
        p = subprocess.run([RETORT, *words], cwd=self.dir, env=env,
                           input=stdin, capture_output=True, text=True,
                           **({} if stdin is not None
                              else {"stdin": subprocess.DEVNULL}))
        tap.ok(p.returncode == status, "%s: %s" % (
            self.name, " ".join(words)), p.returncode, p.stdout, p.stderr)
        return p

    def revisions(self):
        folder = os.path.join(self.dir, "migrations")
        return sorted(f for f in os.listdir(folder) if f.endswith(".sql"))

    def revision(self, part):
        name = [f for f in self.revisions() if part in f][0]
        with open(os.path.join(self.dir, "migrations", name)) as f:
            return f.read()


def says(p, text, what):
    tap.ok(text in p.stdout + p.stderr, what, text, p.stdout, p.stderr)


def generate(p):
    r = p.run("check", status=3)
    says(r, "schema.sql", p.name + ": a schema file that is missing is named")
    p.write("schema.sql", "CREATE TABLE broken (;\n")
    r = p.run("check", status=3)
    says(r, "schema.sql:1:", p.name + ": a broken one has a line")
    p.write("schema.sql", FIRST)
    r = p.run("check", "base", status=1)
    says(r, "+ table users", p.name + ": the table is to be made")
    p.run("revision", "--autogenerate", "-m", "first", "--rev-id", "r1")
    p.run("upgrade", "head")
    p.run("check")
    r = p.run("revision", "--autogenerate", "-m", "again")
    says(r, "nothing to do", p.name + ": nothing to do is said")
    tap.equal(len(p.revisions()), 1, p.name + ": and nothing is written")


def rename(p):
    p.write("schema.sql", SECOND)
    p.run("revision", "--autogenerate", "-m", "second", "--rev-id", "r2")
    text = p.revision("r2")
    tap.ok("RENAME COLUMN email TO mail" in text,
           p.name + ": the column is renamed", text)
    tap.ok("RENAME TO" not in text.split("migrate:down")[0],
           p.name + ": a rename of what is not there is none", text)
    p.run("upgrade", "head")
    p.run("check")
    p.run("check", "head", "--json")
    p.run("downgrade", "-1")
    r = p.run("diff", "r1", "database", "--list", "--exit-code")
    tap.equal(r.stdout, "", p.name + ": down leads back")
    p.run("upgrade", "head")


def no_silent_rename(p):
    p.write("schema.sql", SECOND.replace("body text", "content text"))
    r = p.run("revision", "--autogenerate", "-m", "third", "--rev-id", "r3")
    says(r, "- column notes.body", p.name + ": nothing is renamed unasked")
    os.unlink(os.path.join(p.dir, "migrations", p.revisions()[-1]))
    p.run("-y", "revision", "--autogenerate", "-m", "third", "--rev-id", "r3")
    tap.ok("RENAME COLUMN body TO content" in p.revision("r3"),
           p.name + ": with a yes it is", p.revision("r3"))
    os.unlink(os.path.join(p.dir, "migrations", p.revisions()[-1]))
    p.write("schema.sql", SECOND)


def dumps(p):
    first = p.run("dump").stdout
    p.write("schema.sql", first)
    tap.equal(p.run("dump", "schema").stdout, first,
              p.name + ": a dump reloads to the same dump")
    tap.equal(p.run("dump", "head").stdout, first,
              p.name + ": the revisions make it, too")
    doc = json.loads(p.run("diff", "r1", "head", "--json").stdout)
    tap.equal([d["name"] for d in doc["differences"]
               if d["kind"] == "view" and d["diff"] == "added"], ["mails"],
              p.name + ": JSON has the view")
    r = p.run("diff", "r1", "head", "--sql")
    says(r, "CREATE VIEW", p.name + ": --sql has statements")
    r = p.run("diff", "r1", "head")
    says(r, "+CREATE VIEW", p.name + ": text lines by default")


def drift(p, execute):
    tap.equal(json.loads(p.run("status", "--drift", "--json").stdout)["drift"],
              [], p.name + ": no drift")
    execute("ALTER TABLE notes ADD COLUMN hand integer")
    r = p.run("status", "--drift", "--check", status=1)
    says(r, "+ column notes.hand", p.name + ": drift is named")
    execute("ALTER TABLE notes DROP COLUMN hand")


def effects(p, *lines):
    p.write("migrations/r4_x.sql",
            "-- revision: r4\n-- down_revision: r2\n\n-- migrate:up\n"
            "INSERT INTO users (id, mail) VALUES (7, 'x');\n"
            "ALTER TABLE notes ADD COLUMN seen timestamp;\n"
            "DROP VIEW mails;\n"
            "-- migrate:down\n"
            "CREATE VIEW mails AS SELECT mail FROM users;\n"
            "ALTER TABLE notes DROP COLUMN seen;\n")
    r = p.run("show", "r4", "--effects")
    for line in ("+ column notes.seen", "- view mails") + lines:
        says(r, line, "%s: effects say %s" % (p.name, line))
    again = p.run("show", "r4", "--effects")
    tap.equal(again.stdout, r.stdout, p.name + ": the cache says the same")
    r = p.run("upgrade", "head", "--dry-run", "--effects")
    says(r, "+ column notes.seen", p.name + ": a dry run tells, too")
    r = p.run("show", "r4", "--effects", "--down")
    says(r, "- column notes.seen", p.name + ": and the way down")
    p.run("upgrade", "head", "--preflight")
    p.run("downgrade", "-1")
    os.unlink(os.path.join(p.dir, "migrations", "r4_x.sql"))


def preflight(p, execute):
    p.write("migrations/r5_x.sql",
            "-- revision: r5\n-- down_revision: r2\n\n-- migrate:up\n"
            "CREATE TABLE fine (a int);\n"
            "CREATE TABLE taken (a int);\n")
    execute("CREATE TABLE taken (b int)")
    r = p.run("upgrade", "head", "--preflight", status=3)
    says(r, "r5_x.sql:6:", p.name + ": the failing line is named")
    says(r, "nothing was done to the database", p.name + ": and the state")
    tap.ok(p.run("current").stdout.startswith("r2"),
           p.name + ": the database is where it was")
    execute("DROP TABLE taken")
    os.unlink(os.path.join(p.dir, "migrations", "r5_x.sql"))


def heads_policy(p):
    p.write("migrations/r6_x.sql",
            "-- revision: r6\n-- down_revision: r1\n\n-- migrate:up\n")
    p.run("check", "--heads", "2")
    p.run("check", "--heads", "1", status=1)
    os.unlink(os.path.join(p.dir, "migrations", "r6_x.sql"))


def command(p):
    sql = os.path.join(p.dir, "schema.sql")
    ini = open(os.path.join(p.dir, "retort.ini")).read()
    p.write("retort.ini", ini.replace(
        "schema = %(here)s/schema.sql", "schema_command = cat '%s'" % sql))
    p.run("check")
    p.write("retort.ini", ini.replace(
        "schema = %(here)s/schema.sql", "schema_command = false"))
    r = p.run("check", status=3)
    says(r, "status 1", p.name + ": a program that fails is told")
    p.write("retort.ini", ini)


MODELS = """\
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table
metadata = MetaData()
Table("users", metadata, Column("id", Integer, primary_key=True),
      Column("mail", String(80), server_default="a; b"))
Table("notes", metadata, Column("id", Integer, primary_key=True),
      Column("user_id", ForeignKey("users.id"), index=True))
"""


def commands_that_fail(p):
    """No program that went wrong makes a revision that drops everything."""
    def check(command, *words):
        r = p.run("-x", "schema=", "-x", "schema_command=" + command, "check",
                  status=3)
        for word in words:
            says(r, word, "%s: schema_command=%s" % (p.name, command))

    check("true", "schema_command printed nothing", "an SQL comment")
    check("no-such-program", "'no-such-program'", "No such file")
    check("sh -c 'echo CREATE TABLE a; exit 3'", "ended with status 3")
    check("printf 'CREATE TABLE a (\nx,, y)'", "schema_command:2:3")
    p.run("-x", "schema=", "-x", "schema_command=echo -- nothing", "check",
          status=1)
    r = p.run("-x", "schema=missing.sql", "check", status=3)
    says(r, "retort dump", "%s: a file to begin with" % p.name)


def models(p):
    """An ORM's models take part by a program that prints their tables."""
    ini = open(os.path.join(p.dir, "retort.ini")).read()
    p.write("models.py", MODELS)
    tool = os.path.abspath(os.path.join(
        os.environ.get("top_srcdir", "."), "examples", "sqlalchemy_schema.py"))
    p.write("retort.ini", ini.replace(
        "schema = %(here)s/schema.sql",
        "schema_command = '%s' '%s' models:metadata %s" % (
            sys.executable, tool, p.name)))
    r = p.run("check", "base", status=1)
    says(r, "+ table notes", p.name + ": models are read")
    p.write("retort.ini", ini)


def all_of_it(p, execute, *locks):
    generate(p)
    rename(p)
    no_silent_rename(p)
    dumps(p)
    drift(p, execute)
    effects(p, *locks)
    preflight(p, execute)
    heads_policy(p)
    command(p)
    commands_that_fail(p)
    models(p)


def sqlite_part():
    path = os.path.join(work.name, "one.db")
    p = Project("sqlite", "sqlite:///" + path)

    def execute(sql):
        db = sqlite3.connect(path)
        db.execute(sql)
        db.commit()
        db.close()

    all_of_it(p, execute)
    p.run("downgrade", "-1", "--backup", "copy.db")
    db = sqlite3.connect(os.path.join(p.dir, "copy.db"))
    tap.equal(db.execute("SELECT version_num FROM alembic_version").fetchall(),
              [("r2",)], "sqlite: the backup is from before")
    p.run("upgrade", "head", "--backup", "copy.db", status=3)


def psql(url, sql):
    return subprocess.run(["psql", "-qXAtd", url, "-c", sql], check=True,
                          capture_output=True, text=True).stdout.split()


def scratch_databases(url):
    return [d for d in psql(url, "SELECT datname FROM pg_database")
            if d.startswith("retort_scratch_")]


def postgres_part(c):
    url = c.create("one")
    p = Project("postgresql", url)
    all_of_it(p, lambda sql: psql(url, sql),
              "! locks notes (AccessExclusiveLock)",
              "! locks users (RowExclusiveLock)")
    tap.equal(scratch_databases(url), [], "no scratch database is left")
    left_over(p, url)
    no_createdb(p, c, url)
    says(p.run("downgrade", "-1", "--backup", "x.dump", status=3),
         "backup_command", "postgresql: how to make a backup is asked for")
    p.run("-x", "backup_command=pg_dump --file=BACKUP_FILE", "downgrade", "-1",
          "--backup", "x.sql")
    with open(os.path.join(p.dir, "x.sql")) as f:
        tap.ok("CREATE TABLE public.users" in f.read(),
               "postgresql: the backup has the tables")


def left_over(p, url):
    """What a process that is gone has made is dropped; nothing else is."""
    gone = subprocess.Popen(["true"])
    gone.wait()
    p.run("dump", "base")
    names = psql(url, "SELECT 1")  # the server answers
    tap.equal(names, ["1"], "the server answers")
    mine = subprocess.run(
        ["sh", "-c", "exec \"$0\" dump r1", RETORT], cwd=p.dir, env=env,
        capture_output=True, text=True)
    tap.equal(mine.returncode, 0, "a scratch database is made")
    killed = killed_in_mid_run(p, url)
    tap.equal(len(killed), 1, "a killed run leaves its scratch database")
    psql(url, "CREATE DATABASE retort_scratch_00000000_1_00000000")
    p.run("dump", "base")
    tap.equal(scratch_databases(url), ["retort_scratch_00000000_1_00000000"],
              "the next run drops it, and another host's not")
    psql(url, "DROP DATABASE retort_scratch_00000000_1_00000000")


def killed_in_mid_run(p, url):
    p.write("migrations/r9_x.sql",
            "-- revision: r9\n-- down_revision: r2\n\n-- migrate:up\n"
            "SELECT pg_sleep(600);\n")
    run = subprocess.Popen([RETORT, "dump", "r9"], cwd=p.dir, env=env,
                           stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    asleep = ("SELECT count(*) FROM pg_stat_activity "
              "WHERE query LIKE '%pg_sleep(600)%' AND state = 'active' "
              "AND pid <> pg_backend_pid()")
    while psql(url, asleep) == ["0"] and run.poll() is None:
        pass
    run.kill()
    run.wait()
    os.unlink(os.path.join(p.dir, "migrations", "r9_x.sql"))
    ends_by_itself(url, asleep)
    return scratch_databases(url)


def ends_by_itself(url, asleep):
    """The server looks every second whether who asked is still there."""
    if int(psql(url, "SHOW server_version_num")[0]) < 140000:
        psql(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
             "WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()")
        return
    end = time.monotonic() + 60
    while psql(url, asleep) != ["0"] and time.monotonic() < end:
        pass
    tap.equal(psql(url, asleep), ["0"],
              "what a killed run has asked for ends by itself")


def no_createdb(p, c, url):
    psql(url, "CREATE ROLE weak LOGIN")
    psql(url, "GRANT ALL ON SCHEMA public TO weak")
    r = p.run("--url", url.replace("postgres@", "weak@"), "dump", "r1",
              status=3)
    says(r, "scratch_url", "a role that may not is told what to set")
    r = p.run("--url", url.replace("postgres@", "weak@"), "-x",
              "scratch_url=" + c.url, "dump", "r1")
    r = p.run("-x", "scratch_url=postgresql:///x?host=/nowhere", "dump", "r1",
              status=3)
    says(r, "`scratch_url`: cannot connect", "what cannot be had is named")


sqlite_part()
try:
    with tempfile.TemporaryDirectory() as t:
        os.chmod(t, 0o755)  # the server may run as another user
        with cluster.Cluster(os.path.join(t, "pg")) as server:
            postgres_part(server)
except cluster.NoServer as e:
    tap.skip("PostgreSQL", e)
tap.done()
