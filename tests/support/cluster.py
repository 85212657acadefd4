# SPDX-License-Identifier: MIT
"""A throw-away PostgreSQL cluster for Python tests; see pg-cluster."""

import os
import subprocess
import urllib.parse


class NoServer(Exception):
    """PostgreSQL is not installed; the text says so."""


class Cluster:
    def __init__(self, directory):
        self.directory = directory
        self.tool = os.path.join(
            os.environ["top_srcdir"], "tests", "support", "pg-cluster"
        )
        run = subprocess.run(
            [self.tool, "start", directory],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        if run.returncode == 77:
            raise NoServer(run.stderr.strip())
        run.check_returncode()
        self.url = run.stdout.splitlines()[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run([self.tool, "stop", self.directory], check=True)

    def create(self, name):
        """Make a database, in place of one of that name; its URL."""
        for sql in ("DROP DATABASE IF EXISTS", "CREATE DATABASE"):
            subprocess.run(
                ["psql", "-qXd", self.url, "-c", f'{sql} "{name}"'],
                stderr=subprocess.DEVNULL,
                check=True,
            )
        parts = urllib.parse.urlsplit(self.url)
        return urllib.parse.urlunsplit(parts._replace(path="/" + name))

    def socket(self):
        """Path of the server's socket."""
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.url).query)
        return f"{query['host'][0]}/.s.PGSQL.{query['port'][0]}"
