# SPDX-License-Identifier: MIT
"""`retort lint` as a command: which revisions, severities, forms, comments
in every kind of file."""

import json
import os
import sys

sys.path.insert(0, os.path.join(
    os.environ.get("top_srcdir", "."), "tests", "support"))
import tap  # noqa: E402
from gitrepo import Repo, sql  # noqa: E402

LOSS = "DROP TABLE t;"
WARN = "CREATE UNIQUE INDEX i ON t (a);"
TABLE = "CREATE TABLE t (a int);"


def project(ini="", **files):
    r = Repo({"m/b_x.sql": sql("b", "a", TABLE), **files})
    r.commit({"retort.ini": "[retort]\nscript_location = %(here)s/m\n" +
              ini})
    return r


def lint(r, *words, status=None):
    """The rules found, and the whole answer."""
    p = r.retort("lint", "--json", "-q", *words)
    try:
        found = json.loads(p.stdout)
    except ValueError:
        tap.ok(False, "lint %s" % " ".join(words), p.stdout, p.stderr)
        return [], None
    if status is not None:
        tap.equal(p.returncode, status, "lint %s: status" % " ".join(words))
    return sorted(f["rule"] for f in found["findings"]), found


def which():
    r = project("url = sqlite:///%(here)s/t.db\n")
    r.retort("upgrade", "b", status=0)
    r.put("m/c_x.sql", sql("c", "b", LOSS))
    r.put("m/d_x.sql", sql("d", "c", "SELECT 1;"))
    tap.equal(lint(r, status=1)[1]["revisions"], ["c", "d"],
              "pending revisions")
    tap.equal(lint(r, "d")[1]["revisions"], ["d"], "one that is named")
    tap.equal(lint(r, "head")[1]["revisions"], ["d"], "head")
    tap.equal(lint(r, "b:d")[1]["revisions"], ["b", "c", "d"], "a range")
    tap.equal(lint(r, "current:")[1]["revisions"], ["b", "c", "d"],
              "a range of the database")
    tap.equal(lint(r, "d", "a", "d")[1]["revisions"], ["a", "d"],
              "each once, parents first")
    tap.equal(lint(r, "--all")[1]["revisions"], ["a", "b", "c", "d"], "all")
    tap.equal(lint(r, "--onto", "main")[1]["revisions"], ["c", "d"],
              "what the branch has not")
    p = r.retort("lint", "a", "--all")
    tap.equal(p.returncode, 2, "operands and --all exclude each other")
    tap.equal(r.retort("lint", "nosuch").returncode, 3, "no such revision")
    tap.equal(r.retort("lint", "--onto", "nosuch").returncode, 3,
              "no such branch")
    r.retort("stamp", "head", status=0)
    tap.equal(lint(r, status=0)[1]["revisions"], [], "nothing is pending")


def which_without_database():
    r = project()
    r.branch("feature/x", {"m/c_x.sql": sql("c", "b", WARN)})
    tap.equal(lint(r)[1]["revisions"], ["c"], "of this branch only")
    p = r.retort("lint")
    tap.ok("1 revision of this branch only" in p.stderr, "which are told",
           p.stderr)
    plain = Repo(init=False)
    plain.put("retort.ini", "[retort]\nscript_location = %(here)s/m\n")
    plain.put("m/a_x.sql", sql("a", ""))
    tap.equal(lint(plain)[1]["revisions"], ["a"], "all, outside of git")
    plain.put("retort.ini", "[retort]\nscript_location = %(here)s/m\n"
              "url = postgresql://127.0.0.1:1/none\n")
    tap.equal(lint(plain)[1]["revisions"], ["a"],
              "all, where no database answers")


def severities():
    c = {"m/c_x.sql": sql("c", "b", LOSS + WARN)}
    r = project("url = sqlite:///%(here)s/t.db\n", **c)
    rules, found = lint(r, "c", status=1)
    tap.equal(rules, ["data-dependent-unique", "drop-table"], "both found")
    tap.equal((found["errors"], found["warnings"]), (1, 1), "counted")
    r = project("url = sqlite:///%(here)s/t.db\nlint_rules = drop-table=off,"
                "\n  data-dependent-unique = notice\n", **c)
    rules, found = lint(r, "c", status=0)
    tap.equal([f["severity"] for f in found["findings"]], ["notice"],
              "the setting decides")
    lint(r, "c", "--fail-on", "warning", status=0)
    lint(r, "c", "--fail-on", "notice", status=1)
    rows = json.loads(r.retort("lint", "--rules", "--json").stdout)["rules"]
    tap.equal({row["rule"]: row["severity"] for row in rows}["drop-table"],
              "off", "--rules knows it")
    tap.ok("unused-allow" in r.retort("lint", "--rules").stdout, "the table")
    for value, near in (("drop_table=off", "'drop-table'"),
                        ("drop-table=loud", "drop-table=loud"),
                        ("drop-table", "is not RULE=")):
        p = r.retort("lint", "c", "-x", "lint_rules=" + value)
        tap.ok(p.returncode == 3 and near in p.stderr, value, p.stderr)
    r = project("url = postgresql://127.0.0.1:1/d\n",
                **{"m/c_x.sql": sql("c", "b", "ALTER TABLE t ADD b int;")})
    tap.equal(lint(r, "c")[0], ["missing-lock-timeout"], "no lock timeout")
    tap.equal(lint(r, "c", "-x", "lock_timeout=5s")[0], [],
              "the project sets one")


def forms():
    r = project("url = sqlite:///%(here)s/t.db\n", **{
        "m/c_x.sql": sql("c", "b", "SELECT 1;\n\n  ALTER TABLE t\n"
                                   "    DROP COLUMN a;")})
    p = r.retort("lint", "c")
    tap.ok("m/c_x.sql:8:5: error: column t.a and its data are lost "
           "[drop-column]\n" in p.stdout and "  next: " in p.stdout and
           "1 error in 1 revision\n" in p.stdout, "text", p.stdout)
    p = r.retort("lint", "c", "--format", "github")
    tap.ok(p.stdout.startswith("::error file=m/c_x.sql,line=8,col=5,"
                               "title=retort drop-column::"), "github",
           p.stdout)
    p = r.retort("lint", "c", "--format", "json")
    finding = json.loads(p.stdout)["findings"][0]
    tap.equal((finding["line"], finding["column"], finding["statement"]),
              (8, 5, 2), "json")
    p = r.retort("lint", "b")
    tap.ok("nothing found in 1 revision" in p.stdout and not p.returncode,
           "nothing", p.stdout)


def sections():
    head = "-- revision: c\n-- down_revision: b\n%s\n"
    r = project("url = sqlite:///%(here)s/t.db\n")

    def put(text, more=""):
        r.put("m/c_x.sql", head % more + text)

    index = "CREATE INDEX i ON t (a);\n"
    put("-- migrate:up\n" + index + "-- migrate:up dialect:postgresql\n" +
        index)
    tap.equal(lint(r, "c")[0], ["index-not-concurrent",
                                "missing-lock-timeout"],
              "a section for another database")
    put("-- migrate:up dialect:sqlite\n" + index + "-- migrate:up\n" + index)
    tap.equal(lint(r, "c")[0], ["index-not-concurrent",
                                "missing-lock-timeout"],
              "a plain one beside it is for the other")
    put("-- migrate:up\n" + index)
    tap.equal(lint(r, "c")[0], [], "what the database is")
    tap.equal(len(lint(r, "c", "--dialect", "postgresql")[0]), 2,
              "what --dialect says")
    put("-- migrate:up\n" + LOSS, "-- retort:allow drop-table, drop-column\n")
    rules, found = lint(r, "c")
    tap.equal(rules, ["unused-allow"], "allowed in the whole file")
    tap.equal(found["findings"][0]["line"], 3, "where the unused one stands")
    put("-- migrate:up\nSELECT 1;\n-- migrate:down\n"
        "-- retort:allow mixed-ddl-and-backfill\nSELECT 2;\n" + LOSS)
    tap.equal(lint(r, "c")[0], [], "comments of the way down are its own")
    tap.equal(lint(r, "c", "--down")[0], ["unused-allow"],
              "the way down may drop")
    put("-- migrate:up\nSELECT 'never closed;\n")
    p = r.retort("lint", "c")
    tap.ok(p.returncode == 3 and "c_x.sql" in p.stderr, "no SQL", p.stderr)
    put("-- migrate:up\r\n-- retort:allow drop-table\r\nDROP TABLE t;\r\n")
    tap.equal(lint(r, "c")[0], [], "CRLF")


PYTHON = '''"""c

Revision ID: c
Revises:
"""
from alembic import op
import sqlalchemy as sa

revision = "c"
down_revision = %s
%s

def upgrade():
%s

def downgrade():
    # retort:allow drop-schema-database
    pass
'''


def alembic():
    r = Repo(init=False)
    r.put("alembic.ini", "[alembic]\nscript_location = %(here)s/m\n"
          "sqlalchemy.url = postgresql://127.0.0.1:1/d\n")

    def put(body, more=""):
        r.put("m/versions/c_x.py", PYTHON % ("None", more, body))

    put('    op.drop_table("t")\n'
        '    # retort:allow drop-column\n'
        '    op.drop_column("u", "a")\n')
    rules, found = lint(r, "c")
    tap.equal(rules, ["drop-table", "missing-lock-timeout"],
              "Python: one is allowed")
    tap.equal(found["findings"][0]["line"], 14, "the directive's line")
    put('    op.drop_table("t")  # retort:allow drop-table\n',
        "# retort:allow missing-lock-timeout, drop-column\n")
    tap.equal(lint(r, "c")[0], ["unused-allow"], "on its line, and the file")
    put('    op.execute(\n        "DROP TABLE t",  # retort:allow drop-table\n'
        '    )\n    op.execute("""-- # retort:allow drop-column\n"""\n'
        '        "DROP TABLE v")\n'
        '    op.execute("SELECT \'#\'; DROP TABLE w")'
        '  # retort:allow drop-table\n',
        "# retort:allow missing-lock-timeout\n")
    rules, found = lint(r, "c", status=None)
    tap.equal([(f["rule"], f["line"]) for f in found["findings"]],
              [("drop-table", 18)], "inside a call; not in a string")
    put('    op.execute("COMMIT")\n    op.drop_table("t")\n')
    rules, found = lint(r, "c")
    tap.ok("transaction-control-in-file" in rules and
           found["findings"][0]["line"] == 14, "a COMMIT of a program's own",
           found)
    put('    op.drop_table(open("x").read())\n')
    rules, found = lint(r, "c", status=0)
    tap.ok(rules == [] and len(found["limits"]) == 1 and
           "c cannot be read" in found["limits"][0],
           "what only Python could tell", found)


def measuring():
    r = project("url = sqlite:///%(here)s/t.db\n",
                **{"m/c_x.sql": sql("c", "b", "DROP TABLE nosuch;")})
    rules, found = lint(r, "c")
    tap.ok(rules == ["drop-table"] and len(found["limits"]) == 1 and
           "c was not measured: " in found["limits"][0],
           "a statement that fails in the scratch database", found)
    rules, found = lint(r, "c", "--no-measure")
    tap.equal(found["limits"], [], "--no-measure")
    r = project("url = postgresql://127.0.0.1:1/d\n",
                **{"m/c_x.sql": sql("c", "b", LOSS)})
    rules, found = lint(r, "b", "c")
    tap.equal(found["limits"], [], "a server is not asked unless one says so")
    rules, found = lint(r, "b", "c", "--measure")
    tap.ok("drop-table" in rules and len(found["limits"]) == 1,
           "without a server the text decides", found)


which()
which_without_database()
severities()
forms()
sections()
alembic()
measuring()
tap.done()
