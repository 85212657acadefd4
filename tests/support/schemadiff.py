# SPDX-License-Identifier: MIT
"""Two schemas in databases of either engine, and what retort finds between
them.

An engine has two databases.  It makes the schema before in the first, and
hands the one after to retort as schema.sql; the second is for those who read
nothing but databases.
"""

import json
import os
import sqlite3
import subprocess

RETORT = os.environ["RETORT"]

# All that a test may have made in a database, but for extensions outside
# schemas.
EMPTY = """
DO $$ DECLARE s text; BEGIN
  FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'
      AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', s);
  END LOOP;
  CREATE SCHEMA public;
END $$;
"""


class Engine:
    """`urls` of the databases before and after."""

    def __init__(self, directory):
        self.directory = os.path.join(directory, self.name)
        os.mkdir(self.directory)
        os.mkdir(os.path.join(self.directory, "migrations"))
        self.urls = self.open()
        self.write("retort.ini", "[retort]\nurl = %s\nschema = "
                   "%%(here)s/schema.sql\n" % self.urls[0].replace("%", "%%"))

    def write(self, name, text):
        with open(os.path.join(self.directory, name), "w",
                  encoding="utf-8") as f:
            f.write(text)

    def retort(self, *words):
        """The JSON it prints."""
        run = subprocess.run(
            [RETORT, *words, "--json"], cwd=self.directory,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )
        if run.returncode not in (0, 1):
            raise AssertionError(run.stderr)
        return json.loads(run.stdout)

    def compare(self, before, after):
        """What `check` prints of these two texts."""
        self.make(0, before)
        self.write("schema.sql", after)
        return self.retort("check")


class Sqlite(Engine):
    name = "sqlite"

    def open(self):
        self.paths = [os.path.join(self.directory, name + ".db")
                      for name in ("before", "after")]
        return ["sqlite:///" + path for path in self.paths]

    def make(self, which, sql):
        if os.path.exists(self.paths[which]):
            os.unlink(self.paths[which])
        db = sqlite3.connect(self.paths[which])
        db.executescript(sql)
        db.close()


class Postgresql(Engine):
    name = "postgresql"

    def __init__(self, directory, cluster):
        self.cluster = cluster
        super().__init__(directory)

    def open(self):
        return [self.cluster.create(name) for name in ("before", "after")]

    def make(self, which, sql):
        subprocess.run(
            ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", self.urls[which]],
            input="SET client_min_messages = error;\n" + EMPTY + sql,
            text=True, check=True, stdout=subprocess.DEVNULL,
        )


def words(difference):
    """"changed column t.a default", as tests write them."""
    d = difference
    return " ".join(filter(None, (d["diff"], d["kind"], d["name"],
                                  d["property"])))
