#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What Alembic's autogenerate finds between two schemas, `check` finds too.

The schemas are tables declared in Python, a change of each kind that Alembic
compares, and files of the corpus of tests/schema, read back by SQLAlchemy.
What Alembic finds between a schema and itself (it does, here and there) is
none of its findings.
"""

import os
import sys
import tempfile

sys.path.insert(
    0, os.path.join(os.environ["top_srcdir"], "tests", "support")
)

import tap
from cluster import Cluster, NoServer
from schemadiff import Postgresql, Sqlite, words

try:
    import warnings

    import sqlalchemy as sa
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy.dialects import postgresql as pg
except ImportError as why:
    tap.skip_all(f"Debian's alembic is not installed: {why}")

warnings.simplefilter("ignore")  # what SQLAlchemy cannot reflect

BOTH = ("sqlite", "postgresql")
PG = ("postgresql",)
Column, Integer, String = sa.Column, sa.Integer, sa.String


def users(*more, **options):
    """The table that is changed."""
    def make(metadata):
        sa.Table("users", metadata, Column("id", Integer, primary_key=True),
                 Column("name", String(30)), *[m() for m in more], **options)
    return make


def both(*makers):
    def make(metadata):
        for maker in makers:
            maker(metadata)
    return make


def col(*args, **options):
    return lambda: Column("c", *args, **options)


def part(kind, *args, **options):
    return lambda: kind(*args, **options)


def pets(*more):
    def make(metadata):
        sa.Table("pets", metadata, Column("id", Integer, primary_key=True),
                 Column("owner", Integer), Column("other", Integer),
                 *[m() for m in more])
    return make


def fk(columns=("owner",), to=("users.id",), **options):
    return part(sa.ForeignKeyConstraint, columns, to, **options)


def index(name, *columns, **options):
    return part(sa.Index, name, *columns, **options)


def nothing(_):
    pass


plain = users()
c_int = users(col(Integer))
c_default = users(col(Integer, server_default="1"))
unique = part(sa.UniqueConstraint, "name", name="uq_name")
check = part(sa.CheckConstraint, "id > 0", name="ck_id")
keyed = users(index("ix_name", "name"))
linked = both(plain, pets(fk(name="fk_owner")))


def linked_by(**options):
    return both(plain, pets(fk(name="fk_owner", **options)))


# what, where, before, after; each is tried in both directions
CHANGES = [
    ("a table", BOTH, nothing, plain),
    ("a table with all its parts", BOTH, plain,
     both(plain, pets(fk(), index("ix_owner", "owner"), part(
         sa.UniqueConstraint, "other", name="uq_other")))),
    ("a column", BOTH, plain, c_int),
    ("a column that must have a value", BOTH, plain,
     users(col(Integer, nullable=False, server_default="0"))),
    ("nullable", BOTH, c_int, users(col(Integer, nullable=False))),
    ("integer to text", BOTH, c_int, users(col(sa.Text))),
    ("integer to bigint", BOTH, c_int, users(col(sa.BigInteger))),
    ("the length of a text", BOTH, users(col(String(10))),
     users(col(String(20)))),
    ("the digits of a number", BOTH, users(col(sa.Numeric(8, 2))),
     users(col(sa.Numeric(10, 3)))),
    ("date to timestamp", BOTH, users(col(sa.Date)), users(col(sa.DateTime))),
    ("with a time zone", PG, users(col(sa.DateTime)),
     users(col(sa.DateTime(timezone=True)))),
    ("boolean to smallint", BOTH, users(col(sa.Boolean)),
     users(col(sa.SmallInteger))),
    ("float to numeric", BOTH, users(col(sa.Float)), users(col(sa.Numeric))),
    ("to an enum", PG, users(col(String(5))),
     users(col(pg.ENUM("a", "b", name="ab")))),
    ("to another enum", PG, users(col(pg.ENUM("a", "b", name="ab"))),
     users(col(pg.ENUM("a", "c", name="ac")))),
    ("to JSON", PG, users(col(pg.JSON)), users(col(pg.JSONB))),
    ("to an array", PG, users(col(sa.Text)), users(col(pg.ARRAY(sa.Text)))),
    ("to a UUID", PG, users(col(sa.Text)), users(col(pg.UUID))),
    ("a default", BOTH, c_int, c_default),
    ("another default", BOTH, c_default,
     users(col(Integer, server_default="2"))),
    ("a default of text", BOTH, users(col(sa.Text, server_default="a")),
     users(col(sa.Text, server_default="b c"))),
    ("a default that is computed", BOTH, users(col(sa.DateTime)), users(
        col(sa.DateTime, server_default=sa.text("CURRENT_TIMESTAMP")))),
    ("identity", PG, users(col(Integer, nullable=False)),
     users(col(Integer, sa.Identity(always=True)))),
    ("identity, always", PG, users(col(Integer, sa.Identity(always=True))),
     users(col(Integer, sa.Identity(always=False)))),
    ("identity, start", PG, users(col(Integer, sa.Identity(start=1))),
     users(col(Integer, sa.Identity(start=10)))),
    ("identity, increment", PG, users(col(Integer, sa.Identity(increment=1))),
     users(col(Integer, sa.Identity(increment=5, cycle=True)))),
    ("a column's comment", PG, c_int, users(col(Integer, comment="a"))),
    ("another comment", PG, users(col(Integer, comment="it's")),
     users(col(Integer, comment="b"))),
    ("a table's comment", PG, plain, users(comment="people")),
    ("another table's comment", PG, users(comment="men"),
     users(comment="people")),
    ("an index", BOTH, plain, keyed),
    ("an index that is unique", BOTH, keyed,
     users(index("ix_name", "name", unique=True))),
    ("an index on other columns", BOTH, keyed,
     users(index("ix_name", "name", "id"))),
    ("the order of its columns", BOTH, users(index("ix", "name", "id")),
     users(index("ix", "id", "name"))),
    ("an index under another name", BOTH, keyed,
     users(index("ix_other", "name"))),
    ("an index of an expression", PG, plain,
     users(index("ix_lower", sa.text("lower(name)")))),
    ("a unique constraint", BOTH, plain, users(unique)),
    ("a unique constraint without a name", BOTH, plain,
     users(part(sa.UniqueConstraint, "name"))),
    ("a unique constraint on other columns", BOTH, users(unique),
     users(part(sa.UniqueConstraint, "name", "id", name="uq_name"))),
    ("a unique constraint to an index", BOTH, users(unique),
     users(index("uq_name", "name", unique=True))),
    ("a check constraint", BOTH, plain, users(check)),
    ("a foreign key", BOTH, both(plain, pets()), linked),
    ("a foreign key without a name", BOTH, both(plain, pets()),
     both(plain, pets(fk()))),
    ("a foreign key from another column", BOTH, linked,
     both(plain, pets(fk(("other",), name="fk_owner")))),
    ("a foreign key to another table", BOTH,
     both(plain, pets(fk(name="fk_owner"))),
     both(plain, pets(fk(to=("pets.id",), name="fk_owner")))),
    ("a foreign key's ON DELETE", BOTH, linked,
     linked_by(ondelete="CASCADE")),
    ("a foreign key's ON UPDATE", BOTH, linked,
     linked_by(onupdate="SET NULL")),
    ("a foreign key that waits", PG, linked,
     linked_by(deferrable=True, initially="DEFERRED")),
    ("all at once", BOTH, both(c_int, pets()), both(
        users(col(String(9), nullable=False, server_default="x"), unique,
              index("ix_c", "c")), pets(fk(), index("ix_owner", "owner")))),
]


# --- Alembic's findings ---------------------------------------------------


def ddl(engine, make):
    """The SQL of a MetaData, and the MetaData itself."""
    metadata, out = sa.MetaData(), []
    make(metadata)
    mock = sa.create_mock_engine(engine.name + "://", lambda construct, *_,
                                 **__: out.append(str(
                                     construct.compile(
                                         dialect=mock.dialect)).strip()))
    metadata.create_all(mock, checkfirst=False)
    return "".join(text + ";\n" for text in out), metadata


def reflect(url):
    database = sa.create_engine(url, poolclass=sa.pool.NullPool)
    metadata = sa.MetaData()
    metadata.reflect(database)
    return metadata


def found(url, metadata):
    """What compare_metadata says.  The server refuses its question about
    some defaults that were read from it; then without those."""
    for defaults in True, False:
        database = sa.create_engine(url, poolclass=sa.pool.NullPool)
        with database.connect() as connection:
            context = MigrationContext.configure(connection, opts={
                "compare_type": True, "compare_server_default": defaults})
            try:
                ops = compare_metadata(context, metadata)
                break
            except sa.exc.ProgrammingError:
                if not defaults:
                    raise
    ops = [one for op in ops
           for one in (op if isinstance(op, list) else [op])]
    return [op for op in ops if not about(op)[0].startswith("sqlite_")]


def columns_of(constraint):
    if isinstance(constraint, sa.ForeignKeyConstraint):
        return [e.parent.name for e in constraint.elements]
    if isinstance(constraint, sa.Index):
        return [getattr(c, "name", None) for c in constraint.expressions]
    return [c.name for c in constraint.columns]


def about(op):
    """(table, column, name, columns) of one of Alembic's tuples."""
    word, thing = op[0], op[1]
    if word.endswith("_table") or word.endswith("_table_comment"):
        return thing.name, None, None, []
    if word in ("add_column", "remove_column"):
        return op[2], op[3].name, None, []
    if word.startswith("modify_"):
        return op[2], op[3], None, []
    return (thing.table.name, None, thing.name,
            [c for c in columns_of(thing) if c])


def key(op):
    """Tells findings apart; what no text tells apart is not compared."""
    values = tuple(str(v) for v in op[-2:]) if op[0].startswith("modify_") \
        else ()
    table, column, name, columns = about(op)
    return (op[0], table, column, name, tuple(columns), values)


# --- and ours ---------------------------------------------------------------

# Alembic's word: our words, our kinds, our properties
MEANING = {
    "add_table": ({"added"}, {"table"}, None),
    "remove_table": ({"removed"}, {"table"}, None),
    "add_column": ({"added"}, {"column"}, None),
    "remove_column": ({"removed"}, {"column"}, None),
    "modify_type": ({"changed"}, {"column"}, {"type"}),
    "modify_nullable": ({"changed"}, {"column"}, {"not null"}),
    "modify_default": ({"changed"}, {"column"},
                       {"default", "identity", "generated", "type",
                        "sequence options"}),
    "modify_comment": ({"changed"}, {"column"}, {"comment"}),
    "add_table_comment": ({"changed"}, {"table"}, {"comment"}),
    "remove_table_comment": ({"changed"}, {"table"}, {"comment"}),
    "add_index": ({"added", "changed"}, {"index"}, None),
    "remove_index": ({"removed", "changed"}, {"index"}, None),
    "add_constraint": ({"added", "changed"},
                       {"unique constraint", "check constraint"}, None),
    "remove_constraint": ({"removed", "changed"},
                          {"unique constraint", "check constraint"}, None),
    "add_fk": ({"added", "changed"}, {"foreign key"}, None),
    "remove_fk": ({"removed", "changed"}, {"foreign key"}, None),
}


def is_same(op, d):
    """Whether a difference of ours is what Alembic found."""
    diffs, kinds, properties = MEANING[op[0]]
    table, column, name, columns = about(op)
    if op[0] == "modify_nullable" and d["kind"] == "primary key":
        return d["name"].startswith(table) and column in d["name"]
    if d["kind"] == "domain":  # SQLAlchemy sees through it
        return column and properties and d["property"] in properties
    if op[0].endswith("_index") and d["kind"] == "table" and \
            d["name"] == table:  # an index of a partition, of itself
        return op[0].startswith(d["diff"][:3])
    if d["diff"] not in diffs or d["kind"] not in kinds:
        return False
    if properties and d["property"] not in properties:
        return False
    if d["kind"] == "table":
        return d["name"] == table
    if column:
        return d["name"] == f"{table}.{column}"
    text = " ".join((d["name"], d["before"], d["after"]))
    if name and d["name"] in (name, f"{table}.{name}"):
        return True
    return table in text and all(c in text for c in columns)


class Count:
    pairs = changed = findings = 0


def compare(engine, what, before, after, metadata):
    engine.make(1, after)
    ours = engine.compare(before, after)["differences"]
    noise = {key(op) for op in found(engine.urls[1], metadata)}
    theirs = [op for op in found(engine.urls[0], metadata)
              if key(op) not in noise]
    missed = [op for op in theirs if not any(is_same(op, d) for d in ours)]
    Count.pairs += 1
    Count.changed += bool(theirs)
    Count.findings += len(theirs)
    tap.ok(not missed, f"{engine.name}: {what}", "missed:", *map(key, missed),
           "found:", *map(words, ours))
    return theirs, ours


def declared(engine):
    """Each change, and back; Alembic has to find it, or we test nothing."""
    for what, engines, *sides in CHANGES:
        if engine.name not in engines:
            continue
        for suffix in "", ", back":
            (before, _), (after, metadata) = [ddl(engine, s) for s in sides]
            theirs, ours = compare(engine, what + suffix, before, after,
                                   metadata)
            tap.ok(ours, f"{engine.name}: {what}{suffix}: is a change")
            sides.reverse()


# What a database has one of, or SQLAlchemy cannot read.
LEFT_OUT = ("event_trigger", "extension", "foreign_table", "virtual", "rtree",
            "view_broken", "key_of_text")


def corpus(engine):
    """Each file and the one before it, whose name is mostly of its kind.

    PostgreSQL takes a while for each; RETORT_TEST_PAIRS=1 tries all.
    """
    step = 1 if engine.name == "sqlite" or "RETORT_TEST_PAIRS" in os.environ \
        else 5
    folder = os.path.join(os.environ["top_srcdir"], "tests", "schema",
                          "corpus", engine.name)
    texts = []
    for name in sorted(os.listdir(folder)):
        if name.startswith(LEFT_OUT):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            texts.append((name, f.read()))
    for (a, before), (b, after) in [*zip(texts, texts[1:])][::step]:
        what = f"{a} to {b}"
        try:
            engine.make(1, after)
            compare(engine, what, before, after, reflect(engine.urls[1]))
        except sa.exc.SQLAlchemyError as why:
            tap.skip(f"{engine.name}: {what}",
                     f"SQLAlchemy cannot read it: {why!r}")


def run(engine):
    Count.pairs = Count.changed = Count.findings = 0
    declared(engine)
    corpus(engine)
    print(f"# {engine.name}: {Count.pairs} pairs, Alembic finds "
          f"{Count.findings} changes in {Count.changed} of them")
    tap.ok(Count.changed >= 30, f"{engine.name}: enough pairs differ")


with tempfile.TemporaryDirectory() as work:
    os.chmod(work, 0o755)
    run(Sqlite(work))
    try:
        with Cluster(os.path.join(work, "pg")) as server:
            run(Postgresql(work, server))
    except NoServer as why:
        tap.skip("PostgreSQL", str(why))
tap.done()
