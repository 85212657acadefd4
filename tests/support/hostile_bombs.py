# SPDX-License-Identifier: MIT
"""Short files that would run long, take much memory or break their reader."""

from hostile_uses import (
    IMPORTS, LISTS, OF_STATEMENTS, SPOILERS, SPOILT, TEXTS, USES, WRAPPERS,
)

HEAD = (
    "from alembic import op\n"
    "import sqlalchemy as sa\n"
    "revision = 'a'\ndown_revision = None\n"
)

# name, the body of upgrade(), what stands before it
BOMBS = [
    ("text times a lot", "x = 'a' * 10 ** 9"),
    ("a list times a lot", "x = [0] * 10 ** 9"),
    ("a tower of powers", "x = 10 ** 10 ** 10"),
    ("a shift", "x = 1 << 10 ** 9"),
    ("a wide field", "op.execute('%999999999d' % 1)"),
    ("a wide field of format", "op.execute('{:999999999}'.format(1))"),
    ("a wide field of an f-string", "op.execute(f'{1:999999999}')"),
    ("wide fields in a loop", """\
for i in range(10 ** 6):
    x = '%9999d %q' % (1, 1)
"""),
    ("long fractions in a loop", """\
for i in range(10 ** 6):
    x = '%.9999f' % 1e300
"""),
    ("floats in a loop", """\
for i in range(10 ** 6):
    x = str(1.1234567890123457e-4 * i)
"""),
    ("a large float as an int", """\
x = '%d' % 1e300
op.execute(x)
"""),
    ("a range", "x = range(10 ** 15)"),
    ("an enumeration", """\
x = list(enumerate([1, 2], 9223372036854775807))
op.execute(str(x))
"""),
    ("many replacements", """\
x = 'aaa'.replace('a', 'b', -9223372036854775807 - 1)
y = 'aaa'.split('a', -9223372036854775807 - 1)
"""),
    ("the smallest number", """\
x = -9223372036854775807 - 1
y = [abs(x), -x, x // -1, x % -1, x * -1, x - 1, '%d' % x]
z = 'abc'[x:] + 'abc'[::x] + 'abc'[:x]
[1, 2][x]
"""),
    ("a text that doubles", """\
x = 'a'
for i in range(99):
    x += x
"""),
    ("a list that doubles", """\
x = [1]
for i in range(99):
    x += x
"""),
    ("a list that grows as it is read", """\
x = [1]
for i in x:
    x.append(i)
"""),
    ("a list of itself", """\
x = []
x.append(x)
op.execute(str(x))
y = []
y.append(y)
x == y
x < y
"""),
    ("a dict of itself", """\
x = {}
x['a'] = x
op.execute(str(x))
op.bulk_insert(sa.table('t'), [x])
"""),
    ("a row of itself", """\
x = []
x.append(x)
op.bulk_insert(sa.table('t'), x)
op.bulk_insert(sa.table('t', sa.column('a')), [{'a': x}])
"""),
    ("JSON of itself", """\
import json
x = {}
x['a'] = x
op.execute(json.dumps(x))
"""),
    ("JSON of a tree", """\
import json
x = 'a' * 10 ** 6
for i in range(30):
    x = [x, x]
op.execute(json.dumps(x))
"""),
    ("text of a tree", """\
x = 'a' * 10 ** 6
for i in range(30):
    x = [x, x]
for i in range(999):
    y = str(x)
"""),
    ("text of what is not known", """\
x = ['a' * 10 ** 7, op]
for i in range(10 ** 6):
    y = str(x)
"""),
    ("a tree as a key", """\
x = ()
for i in range(60):
    x = (x, x)
y = {x: 1}
"""),
    ("trees that are equal", """\
x = y = ()
for i in range(60):
    x = (x, x)
    y = (y, y)
z = x == y
"""),
    ("trees in order", """\
x = y = ()
for i in range(60):
    x = (x, x)
    y = (y, y)
z = sorted([x, y])
z = max(x, y)
"""),
    ("a tree of types", """\
x = str
for i in range(60):
    x = (x, x)
y = isinstance(1, x)
"""),
    ("a tree of an ARRAY", """\
x = sa.Text()
for i in range(10 ** 5):
    x = sa.ARRAY(x)
op.add_column('t', sa.Column('a', x))
"""),
    ("variants", """\
x = sa.Text()
for i in range(10 ** 5):
    x = x.with_variant(sa.Text(), 'mysql')
op.add_column('t', sa.Column('a', x))
"""),
    ("a sum", """\
x = sa.column('a')
for i in range(10 ** 5):
    x = x + 1
op.execute(sa.select(x))
"""),
    ("a sum of two", """\
x = sa.column('a')
for i in range(99):
    x = x + x
op.execute(sa.select(x))
"""),
    ("recursion", "f(1)", """\
def f(x):
    return f(x)
"""),
    ("recursion of two", "f(99)", """\
def f(x):
    return f(x - 1) + f(x - 1) if x else 1
"""),
    ("recursion by a default", "f()", """\
def f(x=1):
    f(x)
"""),
    ("recursion in a lambda", """\
f = lambda: f()
f()
"""),
    ("recursion in a class", "A()", """\
class A:
    def __init__(self):
        A()
"""),
    ("recursion in a sort", "f(1)", """\
def f(x):
    return sorted([1, 2], key=f)
"""),
    ("recursion in map", "f(1)", """\
def f(x):
    return list(map(f, [1, 2]))
"""),
    ("recursion in a finally", "f()", """\
def f():
    try:
        f()
    finally:
        f()
"""),
    ("recursion in an except", "f()", """\
def f():
    try:
        raise ValueError
    except ValueError:
        f()
"""),
    ("recursion in a values_callable", "f(1)", """\
import enum
class A(enum.Enum):
    a = 1
def f(x):
    op.add_column('t', sa.Column('a', sa.Enum(A, values_callable=f)))
    return ['a']
"""),
    ("a comprehension of comprehensions", """\
x = [1 for a in range(999) for b in range(999) for c in range(999)]
"""),
    ("nested comprehensions", """\
x = range(99)
y = [[[[[1 for a in x] for b in x] for c in x] for d in x] for e in x]
"""),
    ("an empty loop", """\
while True:
    pass
"""),
    ("a loop with else", """\
while True:
    for i in ():
        break
    else:
        continue
"""),
    ("directives without end", """\
while True:
    op.drop_table('t')
"""),
    ("troubles without end", """\
while True:
    op.drop_table(x)
"""),
    ("a batch without end", """\
with op.batch_alter_table('t') as b:
    while True:
        b.drop_column('x')
"""),
    ("batches without end", """\
while True:
    with op.batch_alter_table('t') as b:
        b.drop_column('x')
"""),
    ("enums without end", """\
while True:
    sa.Enum('a', name='e').create(op.get_bind())
"""),
    ("names without end", """\
i = 0
while True:
    globals()['a%d' % i] = i
    i += 1
"""),
    ("keys without end", """\
x = {}
i = 0
while True:
    x[i] = i
    i += 1
"""),
    ("keys that collide", """\
x = {}
for i in range(10 ** 6):
    x[i << 40] = i
"""),
    ("keys that go", """\
x = {}
i = 0
while True:
    x[i] = 1
    del x[i]
    i += 1
    list(x)
"""),
    ("sets without end", """\
x = set(range(10 ** 4))
while True:
    y = x - x
    z = x == set(x)
"""),
    ("classes without end", """\
while True:
    class A:
        b = 1
"""),
    ("long names",
     "N = 1\nwhile True:\n    N = N\n".replace("N", "a" * 200)),
    ("long keys", """\
k = 'a' * 10 ** 7
x = {k: 1}
while True:
    x[k]
"""),
    ("keywords of a function by name",
     "f(**{'a%d' % i: i for i in range(10 ** 5)})", """\
def f(**k):
    return k
"""),
    ("fields by name", """\
r = range(10 ** 5)
op.execute(''.join(['{a%d}' % i for i in r]).format(
    **{'a%d' % i: i for i in r}))
"""),
    ("parameters by name", """\
r = range(10 ** 5)
op.execute(sa.text(' '.join([':a%d' % i for i in r])).bindparams(
    **{'a%d' % i: i for i in r}))
"""),
    ("values by name", """\
op.execute(sa.table('t').insert().values(
    **{'a%d' % i: i for i in range(10 ** 5)}))
"""),
    ("columns by name", """\
t = sa.table('t', *[sa.column('a%d' % i) for i in range(10 ** 5)])
op.bulk_insert(t, [{'a%d' % i: i for i in range(10 ** 5)}])
op.execute(sa.select(t.c.a1).where(t.c.a2 == 1))
for c in t.c:
    op.execute(t.delete().where(c == 1))
"""),
    ("tables by name", """\
op.execute(sa.select(*[sa.table('t%d' % i, sa.column('a')).c.a
                       for i in range(10 ** 5)]))
"""),
    ("a table made in a loop", """\
for i in range(10 ** 5):
    op.create_table('t%d' % i, *[
        sa.Column('c%d' % j, sa.Integer(), primary_key=True)
        for j in range(99)])
"""),
    ("a table with many keys", """\
n = 10 ** 4
op.create_table('t', *[
    sa.Column('c%d' % j, sa.Integer(), sa.ForeignKey('a.b'),
              primary_key=True, index=True, unique=True) for j in range(n)],
    sa.PrimaryKeyConstraint(*['c%d' % j for j in range(n)]),
    sqlite_autoincrement=True)
"""),
    ("a long text to execute", """\
x = 'a' * 10 ** 7
while True:
    op.execute(x)
"""),
    ("a long name to drop", """\
x = 'a' * 10 ** 7
while True:
    op.drop_table(x)
"""),
    ("a long label", """\
x = 'a' * 10 ** 7
while True:
    op.add_column('t', sa.Column('a', sa.Enum(x, name='a')))
"""),
    ("a long list of labels", """\
x = ['a%d' % i for i in range(10 ** 5)]
while True:
    op.add_column('t', sa.Column('a', sa.Enum(*x, name='a')))
"""),
    ("a shared list of columns", """\
x = ['a%d' % i for i in range(10 ** 5)]
while True:
    op.create_unique_constraint('u', 't', x)
"""),
    ("shared rows", """\
x = [{'a': 1}] * 10 ** 5
while True:
    op.bulk_insert(sa.table('t', sa.column('a')), x)
"""),
    ("a shared table", """\
t = sa.Table('t', sa.MetaData(), *[
    sa.Column('c%d' % j, sa.Integer()) for j in range(10 ** 4)])
while True:
    t.create(op.get_bind())
"""),
    ("a shared list in an expression", """\
x = list(range(10 ** 5))
while True:
    op.execute(sa.table('t').delete().where(sa.column('a').in_(x)))
"""),
    ("an expression that is not known", """\
e = sa.column('a')
for i in range(150):
    e = e + 1
while True:
    op.execute(sa.select(e.foo()))
"""),
    ("JSON that is shared", """\
x = list(range(10 ** 5))
while True:
    op.bulk_insert(sa.table('t', sa.column('a', sa.JSON())), [{'a': x}])
"""),
    ("a loop over letters", """\
x = 'a' * 10 ** 5
while True:
    for y in x: break
"""),
    ("a header that is called", "pass", """\
revision = 'a' * 10 ** 9
"""),
    ("a header of powers", "pass", """\
down_revision = ('a',) * 10 ** 9
"""),
]

def indented(body):
    return "".join("    " + line for line in body.splitlines(True))


def bombs():
    """Pairs of a name and a file."""
    rows = list(BOMBS)
    for start in ("sa.column('a')", "sa.select(sa.column('a'))",
                  "sa.table('t', sa.column('a'))"):
        for name, wrap in WRAPPERS:
            if "column" not in start[:9] and name not in OF_STATEMENTS:
                continue
            rows.append((
                f"{name} around {start}",
                f"x = {start}\nfor i in range(20000):\n    x = {wrap}\n"
                + USES, IMPORTS,
            ))
    for name, what in TEXTS:
        rows.append((
            f"{name} of a long text",
            "import json, textwrap\nx = 'a' * 10 ** 7\ndef f(*a): pass\n"
            "for i in range(10 ** 6):\n    try:\n"
            f"        {what}\n    except Exception:\n        pass\n",
        ))
    for name, what in LISTS:
        rows.append((
            f"{name} of a long list",
            "import itertools\nx = list(range(10 ** 5))\ny = list(x)\n"
            "def f(*a): pass\nfor i in range(10 ** 6):\n    " + what + "\n",
        ))
    for name, what in SPOILERS:
        rows.append((f"a container that is spoilt in {name}", SPOILT % what,
                     "from app import u\n"))
    for name, body, head in ((*row, "")[:3] for row in rows):
        yield name, HEAD + head + "def upgrade():\n" + indented(body) + "\n"
