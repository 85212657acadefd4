#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""retort convert: a project of SQL from one of Alembic.

A project with branches, a merge, labels, dependencies, batches, an enum, an
autocommit_block and rows is converted for both databases.  The new project
must have the same graph; a database that Alembic made goes on with it, and
Alembic with what it leaves.  Then what cannot be converted, and what must not
be written.
"""

import json
import os
import shutil
import sys
import tempfile

sys.path.insert(
    0, os.path.join(os.environ["top_srcdir"], "tests", "support")
)

import tap
from alembic_project import (
    ALEMBIC, OPAQUE, REVISIONS, by_alembic, files_below, graph_of, read, retort,
    sqlalchemy_url, state, write, write_project, write_revision)
from cluster import Cluster, NoServer


# --- one project, both databases ---


def check_files(new):
    b1 = read(os.path.join(new, "migrations", "b1_name.sql"))
    b2 = read(os.path.join(new, "migrations", "b2_moods.sql"))
    c1 = read(os.path.join(new, "migrations", "c1_merge.sql"))
    x1 = read(os.path.join(new, "migrations", "x1_audit.sql"))
    tap.ok("-- migrate:up dialect:sqlite\n" in b1
           and "-- migrate:down dialect:postgresql\n" in b1,
           "what differs has a section for each database", b1)
    tap.ok("-- migrate:up dialect:postgresql transaction:false\n" in b2
           and "-- migrate:up dialect:sqlite\n" in b2,
           "an autocommit_block is a section outside a transaction", b2)
    tap.ok(c1.count("-- migrate:") == 2, "an empty body is an empty section",
           c1)
    tap.ok("-- migrate:up\n" in x1 and "-- migrate:down\n" in x1,
           "what does not differ has one section", x1)
    tap.equal(
        read(os.path.join(new, "migrations", "a1_users.sql")).split(
            "\n-- migrate")[0],
        "-- revision: a1\n-- down_revision:\n-- message: make users\n"
        "-- message:\n-- message: The table that all begins with: ids, "
        "names.\n-- created: 2024-05-06 07:08:09.101112\n",
        "the header says what the docstring did")


def check_proofs(proofs, dialects, what):
    tap.equal([(p["dialect"], p["outcome"], p["up"], p["down"], p["notes"])
               for p in proofs],
              [(d, "proved", 6, 6, []) for d in dialects], what)


def check_both(root, server):
    new = os.path.join(root, "new")
    code, out, messages = retort(
        root, "-x", f"scratch_url={server.url}", "convert", new, "--dialect",
        "both", "--json")
    tap.equal((code, messages), (0, ""), "a whole project is converted")
    report = json.loads(out)
    tap.equal(report["remarks"], [], "nothing is opaque")
    check_proofs(report["proofs"], ["postgresql", "sqlite"],
                 "and proved on both databases")
    tap.equal([f["path"] for f in report["files"]],
              [os.path.join(new, "migrations", n + ".sql")
               for n in sorted(REVISIONS)], "all files are named")
    tap.equal(files_below(new),
              sorted(["migrations/.gitattributes",
                      "migrations/script.sql.tmpl", "retort.ini"]
                     + [f"migrations/{n}.sql" for n in REVISIONS]),
              "and those are all there are")
    check_files(new)
    tap.equal(graph_of(new), graph_of(root), "the graph is the same")
    tap.ok("alembic_command" not in read(os.path.join(new, "retort.ini"))
           .replace("# alembic_command", ""), "the settings have no Alembic")
    return new


def check_in_turn(root, new, engine, new_url):
    """Alembic begins, the converted project goes on, and back."""
    right = new_url("right")
    by_alembic(root, right, "upgrade", "heads")
    url = new_url("turn")
    by_alembic(root, url, "upgrade", "b1")
    old = retort(root, "--url", url, "current", "--json")
    tap.equal(
        [r["revision"] for r in json.loads(old[1])["revisions"]],
        [r["revision"] for r in json.loads(
            retort(new, "--url", url, "current", "--json")[1])["revisions"]],
        f"{engine}: both read the same version rows")
    code, _, messages = retort(new, "--url", url, "upgrade", "heads")
    tap.equal(code, 0, f"{engine}: the new project goes on where Alembic "
              "stopped")
    tap.equal(state(url), state(right), f"{engine}: to the same end")
    code, out, messages = retort(new, "--url", url, "verify")
    tap.equal(code, 0, f"{engine}: verify finds nothing")
    by_alembic(root, url, "downgrade", "b2")
    by_alembic(root, right, "downgrade", "b2")
    tap.equal(state(url), state(right), f"{engine}: Alembic takes it back")
    retort(new, "--url", url, "downgrade", "base", "-y")
    tap.equal([v for k, v in state(url).items() if k != "alembic_version"],
              [], f"{engine}: and the new project the rest")


# --- what cannot be converted ---


def check_opaque(root, url):
    project, new = os.path.join(root, "p"), os.path.join(root, "opaque")
    write_project(project, revisions=dict(REVISIONS, e1_random=OPAQUE))
    code, out, messages = retort(project, "--url", url, "convert", new)
    path = os.path.join(project, "alembic/versions/e1_random.py")
    tap.ok(code == 1 and f"{path}:10:46: upgrade() cannot be translated"
           in out and "randbelow" in out,
           "what is opaque is told with its place", code, out, messages)
    tap.ok("1 section is opaque" in out and "1 downgrade has no way down"
           in out and "sqlite: proved in part: 6 of 7 revisions up and 6 down"
           in out, "and counted", out)
    file = os.path.join(new, "migrations", "e1_random.sql")
    sql = read(file)
    tap.ok("-- migrate:up refused:true\n-- e1_random.py:10: upgrade()" in sql
           and "-- |     # -- migrate:down\n" in sql
           and "\n-- migrate:down" not in sql
           and "-- (No way down: downgrade() raises NotImplementedError" in
           sql, "its section is refused, with the Python in it", sql)
    code, _, messages = retort(new, "--url", url, "upgrade", "heads")
    tap.ok(code == 3 and "is marked refused:true: e1_random.py:10: upgrade()"
           in messages and "e1_random.sql" in messages,
           "it is refused", code, messages)
    code, out, _ = retort(new, "--url", url, "current")
    tap.equal((code, out), (0, ""), "before anything runs")
    code, out, _ = retort(new, "--url", url, "show", "e1", "--sql")
    tap.ok(code == 0 and f"-- opaque: {file}:6 " in out, "shown so", code, out)
    code, out, _ = retort(new, "--url", url, "lint", "e1", "--no-measure")
    tap.ok("e1 cannot be read: the section migrate:up is marked refused:true"
           in out, "and no rule finds it fine", out)
    write(file, sql.replace(" refused:true", "")
          + "UPDATE users SET age = 0;\n")
    code, _, messages = retort(new, "--url", url, "upgrade", "heads")
    tap.equal(code, 0, "with its SQL written it runs")
    code, _, messages = retort(new, "--url", url, "downgrade", "-1")
    tap.ok(code == 3 and "e1 has no migrate:down section" in messages,
           "but not back", code, messages)


def check_command(root, url):
    """An opaque body by alembic's --sql."""
    project, new = os.path.join(root, "c"), os.path.join(root, "command")
    write_project(project, f"alembic_command = {' '.join(ALEMBIC)}\n",
                  dict(REVISIONS, e1_random=OPAQUE))
    code, out, messages = retort(project, "--url", url, "convert", new, "-v",
                                 PROJECT_URL=sqlalchemy_url(url))
    sql = read(os.path.join(new, "migrations", "e1_random.sql"))
    tap.ok("-- migrate:up\n-- By alembic's own --sql.\n"
           "UPDATE users SET age = 0;\n" in sql,
           "with alembic_command its --sql is taken", sql)
    tap.ok(code == 0 and "1 section is SQL of alembic's own --sql" in out
           and "foreign e1 upgrade (sqlite)" in out, "and told", code, out,
           messages)


def check_differs(root, server):
    """What makes something else whenever it runs cannot be proved."""
    project, new = os.path.join(root, "d"), os.path.join(root, "differs")
    more = {
        "d2_clock": ("revision = 'd2'\ndown_revision = 'd1'\n", """
def upgrade():
    op.execute("INSERT INTO users (id, name, age) VALUES (9, 'x', 1), "
               "(10, left(md5(random()::text), 8), 1)")

def downgrade():
    pass
"""),
        "d3_random": ("revision = 'd3'\ndown_revision = 'd2'\n", """
def upgrade():
    op.execute("DO $$ BEGIN EXECUTE format('CREATE TABLE t_%s (i int)', "
               "md5(random()::text)); END $$")

def downgrade():
    pass
"""),
        "d4_after": ("revision = 'd4'\ndown_revision = 'd3'\n", """
def upgrade():
    op.create_table("t4", sa.Column("i", sa.Integer))

def downgrade():
    op.drop_table("t4")
"""),
    }
    write_project(project, revisions=dict(REVISIONS, **more))
    code, out, messages = retort(project, "--url", server.url, "convert", new,
                                 "--json")
    proof = json.loads(out)["proofs"][0]
    tap.ok(code == 1 and proof["outcome"] == "differs"
           and proof["revision"] == "d3" and len(proof["notes"]) == 2,
           "the first revision where they part is named", code, proof)
    tap.ok(os.path.exists(os.path.join(new, "retort.ini")),
           "the files stay")
    for name in ("d3_random", "d4_after"):
        os.unlink(os.path.join(project, "alembic/versions", name + ".py"))
    shutil.rmtree(new)
    code, out, messages = retort(project, "--url", server.url, "convert", new)
    tap.equal(code, 0, "rows of the clock and of chance do not count")


def check_failing(root):
    """A project that cannot run itself proves nothing behind that."""
    project, new = os.path.join(root, "f"), os.path.join(root, "failing")
    bad = ("revision = 'x2'\ndown_revision = 'd1'\n",
           "\ndef upgrade():\n    op.execute('DROP TABLE nowhere')\n\n"
           "def downgrade():\n    pass\n")
    write_project(project, revisions=dict(REVISIONS, x2_bad=bad))
    code, out, _ = retort(project, "convert", new, "--dialect", "sqlite")
    tap.ok(code == 1 and "proved in part: 6 of 7 revisions up" in out
           and "upgrade of x2 fails in both: no such table: nowhere" in out,
           "what fails in both is told", code, out)
    code, out, _ = retort(project, "convert", os.path.join(root, "alone"),
                          "--dialect", "postgresql")
    tap.ok(code == 1 and "postgresql: not proved\n" in out,
           "without a server nothing is proved there", code, out)


def check_irreversible(root, url):
    """What is below a revision without way down is proved all the same."""
    project, new = os.path.join(root, "i"), os.path.join(root, "never")
    never = ("revision = 'x2'\ndown_revision = 'x1'\n",
             "\ndef upgrade():\n    op.execute('CREATE TABLE more (i int)')\n")
    write_project(project, revisions=dict(REVISIONS, x2_never=never))
    code, out, _ = retort(project, "--url", url, "convert", new)
    tap.ok(code == 0 and "7 of 7 revisions up and 6 down" in out,
           "a way down that there is not is left out", code, out)


BESIDE = dict(REVISIONS, b3_mail=("revision = 'b3'\ndown_revision = 'b2'\n", """
def upgrade():
    op.add_column("users", sa.Column("mail", sa.String(9)))
    op.create_index("ix_mail", "users", ["mail"])

def downgrade():
    with op.batch_alter_table("users") as batch:
        batch.drop_index("ix_mail")
        batch.drop_column("mail")
"""))
BESIDE["c1_merge"] = (
    BESIDE["c1_merge"][0].replace('"b2"', '"b3"'), BESIDE["c1_merge"][1])


def check_beside(root):
    """A table made anew keeps what another branch has put into it."""
    project, new = os.path.join(root, "b"), os.path.join(root, "beside")
    write_project(project, revisions=BESIDE)
    for way in (["heads"], ["b1", "heads"], ["b3", "heads"], ["b3", "b1"]):
        name = "_".join(way)
        one, two = (f"sqlite:///{root}/{name}{n}.db" for n in (1, 2))
        for target in way:
            by_alembic(project, one, "upgrade", target)
            retort(project, "--url", two, "upgrade", target)
        tap.equal(state(two), state(one), f"other branches count: {way}")
        retort(project, "--url", two, "downgrade", "base", "-y")
        tap.equal(list(state(two)), ["alembic_version"],
                  f"and on the way down: {way}")
    code, out, _ = retort(project, "convert", new, "--dialect", "sqlite")
    tap.ok(code == 0 and "7 of 7 revisions up and 7 down" in out
           and "keep the order b3, b1, which are on different branches" in out,
           "the order that SQL was made for is told", code, out)
    url = f"sqlite:///{root}/converted.db"
    retort(new, "--url", url, "upgrade", "heads")
    tap.equal(state(url), state(f"sqlite:///{root}/heads1.db"),
              "and gives what Alembic does")
    code, out, _ = retort(project, "upgrade", "b3:heads", "--sql", "--url",
                          url)
    tap.ok(code == 0 and "mail VARCHAR(9)" in out, "a script knows it", out)


# --- what must not be written ---


def check_refused(root):
    write_project(os.path.join(root, "r"))
    project = os.path.join(root, "r")
    full, empty = os.path.join(root, "full"), os.path.join(root, "empty")
    write(os.path.join(full, "file"), "mine\n")
    dialect = ("--dialect", "sqlite")
    code, _, messages = retort(project, "convert", full, *dialect)
    tap.ok(code == 3 and "is there already and not empty" in messages
           and files_below(full) == ["file"],
           "a folder with files in it stays", code, messages)
    os.makedirs(empty)
    code, _, messages = retort(project, "convert", empty, *dialect)
    tap.ok(code == 0 and "retort.ini" in files_below(empty)
           and len(os.listdir(empty)) == 2, "an empty one is filled", messages,
           files_below(empty))
    code, _, messages = retort(project, "convert", "/proc/nowhere/x",
                               *dialect)
    tap.ok(code == 3 and "/proc/nowhere" in messages,
           "a place that cannot be written is an error", code, messages)
    code, _, messages = retort(project, "convert", full + "/file/x", *dialect)
    tap.equal(code, 3, "and so is one below a file")
    code, _, messages = retort(project, "convert", full + "2")
    tap.ok(code == 2 and "--dialect" in messages,
           "without URL the database must be named", code, messages)
    code, _, messages = retort(empty, "convert", full + "2", *dialect)
    tap.ok(code == 2 and "SQL already" in messages,
           "a project of SQL is none of Alembic", code, messages)
    code, out, _ = retort(project, "convert", full + "2", *dialect,
                          "--dry-run", TMPDIR=full)
    tap.ok(code == 0 and "6 revisions would be converted" in out
           and not os.path.exists(full + "2")
           and files_below(full) == ["file"], "a dry run leaves nothing", out)
    write(os.path.join(project, "alembic/versions/bad.py"),
          "revision = 'bad'\ndown_revision = how()\n")
    write(os.path.join(project, "alembic/versions/worse.py"), "x = 1\n")
    code, _, messages = retort(project, "convert", full + "2", *dialect)
    tap.ok(code == 3 and "bad.py" in messages and "worse.py" in messages
           and not os.path.exists(full + "2"),
           "files that cannot be read are named, nothing is written", code,
           messages)
    tap.equal(sorted(os.listdir(root)), ["empty", "full", "r"],
              "nothing is left beside")


# --- settings and places ---


def check_settings(root):
    project, new = os.path.join(root, "s"), os.path.join(root, "s", "native")
    write_project(project, """\
version_locations = %(here)s/alembic/versions:%(here)s/plugins/api/versions
version_path_separator = os
recursive_version_locations = true
file_template = %%(year)d_%%(rev)s_%%(slug)s
timezone = Europe/Berlin
sqlalchemy.url = sqlite:///data/my%%20own.db
own = 1
alembic_command = alembic

[retort]
version_table = versions
lint_rules = column-drop=off,
    table-drop=error
schema = docs/schema.sql

[post_write_hooks]
hooks = black
black.type = exec
black.executable = black
""".replace("own = 1\n", ""))
    os.makedirs(os.path.join(project, "data"))
    for folder, name in (("plugins/api/versions", "p1"),
                         ("plugins/api/versions/2024", "p2"),
                         ("plugins/api/versions", "__p3")):
        n = name[-1]
        down = None if n == "1" else "p" + str(int(n) - 1)
        write_revision(project, name,
                       (f"revision = 'p{n}'\ndown_revision = {down!r}\n",
                        "\ndef upgrade():\n    pass\n\n"
                        "def downgrade():\n    pass\n"), folder)
    code, out, messages = retort(project, "convert", new)
    tap.ok(code == 0 and "post-write hooks" in messages,
           "several folders are converted", code, out, messages)
    tap.equal([f for f in files_below(new) if "p" in os.path.basename(f)
               and f.endswith(".sql")],
              ["migrations/api/2024/p2.sql", "migrations/api/p1.sql",
               "migrations/api/r__p3.sql"], "each in its folder")
    tap.equal(graph_of(new), graph_of(project), "with the same graph")
    settings = [line for line in read(os.path.join(new, "retort.ini"))
                .splitlines() if line and line[0] != "#"]
    tap.equal(settings, [
        "[retort]", "file_template = %%(year)d_%%(rev)s_%%(slug)s",
        "lint_rules = column-drop=off,", "    table-drop=error",
        "path_separator = newline", "recursive_version_locations = true",
        "schema = %(here)s/../docs/schema.sql",
        "script_location = %(here)s/migrations", "timezone = Europe/Berlin",
        "url = sqlite:///%(here)s/../data/my%%20own.db",
        "version_locations =", "    %(here)s/migrations/alembic",
        "    %(here)s/migrations/api", "version_table = versions",
    ], "the settings that have a meaning are carried over")
    retort(project, "-x", "alembic_command=", "upgrade", "heads")
    code, out, messages = retort("/", "-c", os.path.join(new, "retort.ini"),
                                 "current")
    tap.ok(code == 0 and "p3 (head)" in out and "d1 (head)" in out,
           "its url is the same database, wherever it is asked", code, out,
           messages)


def main():
    root = tempfile.mkdtemp(prefix="retort-convert-")
    os.chmod(root, 0o755)  # for the server, which runs as another user
    try:
        write_project(os.path.join(root, "main"))
        main_root = os.path.join(root, "main")
        check_settings(root)
        check_opaque(os.path.join(root), f"sqlite:///{root}/opaque.db")
        check_command(root, f"sqlite:///{root}/command.db")
        check_failing(root)
        check_beside(root)
        check_irreversible(root, f"sqlite:///{root}/never.db")
        os.makedirs(os.path.join(root, "refused"))
        check_refused(os.path.join(root, "refused"))
        try:
            with Cluster(os.path.join(root, "pg")) as server:
                new = check_both(main_root, server)
                check_in_turn(main_root, new, "sqlite",
                              lambda n: f"sqlite:///{root}/{n}.db")
                check_in_turn(main_root, new, "postgresql", server.create)
                check_differs(root, server)
        except NoServer as why:
            tap.skip("on PostgreSQL", why)
        tap.done()
    finally:
        shutil.rmtree(root, ignore_errors=True)


main()
