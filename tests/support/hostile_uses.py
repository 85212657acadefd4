# SPDX-License-Identifier: MIT
"""What hostile_bombs.py does again and again, and with what."""

# what an expression x becomes again and again
WRAPPERS = [
    ("functions", "sa.func.f(x)"),
    ("casts", "sa.cast(x, sa.Text)"),
    ("func.casts", "sa.func.cast(x, sa.Text)"),
    ("cases", "sa.case((sa.column('a') == 1, 1), else_=x)"),
    ("cases of lists", "sa.case([(x, 1)])"),
    ("negations", "sa.not_(x)"),
    ("and_", "sa.and_(x, x)"),
    ("or_ of one", "sa.or_(x)"),
    ("coercions", "sa.type_coerce(x, sa.Text)"),
    ("labels", "x.label('a')"),
    ("between", "x.between(x, x)"),
    ("in_", "x.in_([x])"),
    ("subqueries", "sa.select(x).scalar_subquery()"),
    ("exists", "sa.exists(sa.select(x))"),
    ("exists of where", "sa.exists().where(x)"),
    ("operators", "x.op('+')(x)"),
    ("inversions", "~x"),
    ("minuses", "-x"),
    ("literals", "sa.literal(x)"),
    ("bindparams", "sa.bindparam('a', x)"),
    ("lists", "[x]"),
    ("tuples", "(x, x)"),
    ("attributes", "x.a"),
    ("members", "x.c.a"),
    ("items", "x['a']"),
    ("calls", "x()"),
    ("methods", "x.f(x)"),
    ("wheres", "x.where(x)"),
    ("texts", "sa.text('x').bindparams(a=x)"),
    ("aliases", "x.alias('a')"),
    ("tables", "sa.table(x, x)"),
    ("columns", "sa.column(x)"),
    ("Columns", "sa.Column('a', x)"),
    ("enums", "sa.Enum(x, name='a')"),
    ("decimals", "decimal.Decimal(x)"),
    ("uuids", "uuid.UUID(x)"),
    ("DDL", "sa.DDL(x)"),
    ("Computed", "sa.Computed(x)"),
    ("checks", "sa.CheckConstraint(x)"),
    ("quoted", "sa.quoted_name(x, None)"),
    ("arrays", "sa.ARRAY(x)"),
    ("sequences", "sa.Sequence(x).next_value()"),
    ("excludes", "postgresql.ExcludeConstraint((x, '='))"),
    ("batches", "op.batch_alter_table(x)"),
    ("f", "op.f(x)"),
    ("inline_literal", "op.inline_literal(x)"),
    ("inspectors", "sa.inspect(x)"),
    ("domains", "postgresql.DOMAIN(x, x)"),
    ("array", "postgresql.array([x])"),
    ("aggregates", "postgresql.aggregate_order_by(x, x)"),
    ("fields", "x.cast(sa.Text)"),
    ("desc", "x.desc()"),
    ("likes", "x.like(x)"),
    ("any", "x.any_()"),
    ("nullsfirst", "x.nulls_last()"),
    ("over", "x.over(partition_by=x)"),
    ("unions", "x.union(x)"),
    ("ctes", "x.cte('a')"),
    ("joins", "x.join(x)"),
    ("values", "x.values(a=x)"),
    ("from_select", "sa.table('t').insert().from_select(['a'], x)"),
    ("returning", "x.returning(x)"),
    ("conflicts", "x.on_conflict_do_nothing()"),
]

# what is done with a long text x
TEXTS = [
    ("len", "len(x)"),
    ("in", "'b' in x"),
    ("find", "x.find('b')"),
    ("count", "x.count('b')"),
    ("strip", "x.strip('a')"),
    ("startswith", "x.startswith(x)"),
    ("endswith", "x.endswith((x, x))"),
    ("removeprefix", "x.removeprefix(x + '')"),
    ("isdigit", "x.isdigit()"),
    ("upper", "x.upper()"),
    ("zfill", "x.zfill(9)"),
    ("replace", "x.replace('b', 'c')"),
    ("split", "x.split('b')"),
    ("split of blanks", "x.split()"),
    ("splitlines", "x.splitlines()"),
    ("equality", "x == x + ''"),
    ("order", "x < x + 'b'"),
    ("slices", "x[1:]"),
    ("slices backward", "x[::-1]"),
    ("items", "x[-1]"),
    ("percent", "x % ()"),
    ("percent of what is not known", "(x + '%q') % 1"),
    ("format", "x.format(1)"),
    ("format of what is not known", "(x + '{:q}').format(1)"),
    ("f-strings", "f'{x}{op}'"),
    ("joins", "x.join(['a', op])"),
    ("encode", "x.encode('ascii')"),
    ("int", "int(x)"),
    ("getattr", "getattr(x, x)"),
    ("dicts", "{x: 1}"),
    ("sets", "x in {x}"),
    ("JSON", "json.dumps([x, op])"),
    ("dedent", "textwrap.dedent(x)"),
    ("execute", "op.execute(x)"),
    ("names", "op.drop_table(x)"),
    ("attributes", "getattr(op, x)"),
    ("raise", "int('q' + x[:9])"),
    ("max", "max(x, x + '')"),
    ("sorted", "sorted([x, x + ''])"),
    ("sum", "sum([x])"),
    ("repr", "repr([x, op])"),
    ("iteration", "list(x)"),
    ("unpacking", "f(*x)"),
    ("literals", "sa.literal(x)"),
    ("KeyError", "{}[x]"),
]

# what is done with long lists x and y
LISTS = [
    ("len", "len(x)"),
    ("in", "-1 in x"),
    ("sum", "sum(x)"),
    ("max", "max(x)"),
    ("any", "any(x)"),
    ("all", "all(x)"),
    ("equality", "x == y"),
    ("order", "x < y"),
    ("index", "x.index(-1)"),
    ("reverse", "x.reverse()"),
    ("sort", "x.sort()"),
    ("insert", "x.insert(0, 1)"),
    ("pop", "x.pop(0)"),
    ("copy", "x.copy()"),
    ("slices", "x[1:]"),
    ("str", "str(x)"),
    ("tuple", "tuple(x)"),
    ("set", "set(x)"),
    ("zip", "zip(x, y)"),
    ("enumerate", "enumerate(x)"),
    ("stars", "f(*x)"),
    ("unpack", "a, *b = x"),
    ("extend", "[].extend(x)"),
    ("isinstance", "isinstance(x, tuple(x))"),
    ("text", "op.execute(x)"),
    ("next", "next(iter(x))"),
    ("keys", "dict.fromkeys(x)"),
    ("names", "op.create_index('i', 't', x)"),
    ("values", "sa.column('a').in_(x)"),
    ("sa", "op.execute(sa.table('t').delete().where(sa.column('a').in_(x)))"),
    ("rows", "op.bulk_insert(sa.table('t'), x)"),
    ("+", "x + y"),
    ("==", "y == x"),
    ("percent", "'%s' % tuple(x)"),
    ("format", "'{}'.format(*x)"),
    ("chain", "list(itertools.chain(x, y))"),
    ("for", "for z in x: break"),
    ("min", "min(x)"),
    ("map", "map(str, x)"),
    ("starts", "'a'.startswith(tuple(x))"),
]

# where a container becomes unknown while it is in use
SPOILERS = [
    ("for", "for i in x: x.extend(u())"),
    ("a comprehension", "y = [x.extend(u()) for i in x]"),
    ("map", "y = list(map(lambda i: x.extend(u()), x))"),
    ("sort", "x.sort(key=lambda i: x.extend(u()))"),
    ("a method", "x.append(x.extend(u()))"),
    ("a slice", "y = x[:x.extend(u())]"),
    ("a slice that shrinks", "y = x[:x.pop()]"),
    ("an index", "y = x[x.extend(u())]"),
    ("targets", "z[x.extend(u())], b, c = x"),
    ("an addition", "x += x.extend(u()) or [1]"),
    ("a comparison", "y = x == x.extend(u())"),
    ("a call", "f(*x, a=x.extend(u()))"),
    ("join", "y = ','.join(x.extend(u()) or x)"),
    ("a dict", "d.setdefault('a', d.update(u()))"),
    ("a dict that is read", "y = [d.update(u()) for k in d]"),
    ("a dict's items", "for k, v in d.items(): d.update(u())"),
    ("a set", "s.add(s.add(u()))"),
    ("a store", "x[x.extend(u()) or 0] = 1"),
    ("a deletion", "del d[d.update(u())]"),
    ("sorted", "y = sorted(x, key=lambda i: x.extend(u()))"),
    ("insert", "x.insert(0, x.extend(u()))"),
    ("pop", "x.pop(x.extend(u()) or 0)"),
    ("reverse", "x.reverse(x.extend(u()))"),
    ("index", "x.index(x.extend(u()))"),
    ("batch", "op.create_index('i', 't', [x.extend(u()), x])"),
    ("any", "any([x.extend(u()) for y in x])"),
    ("dict()", "dict([(1, x.extend(u())), x])"),
    ("zip", "zip(x, [x.extend(u())], x)"),
    ("augmented", "x[0] += x.extend(u())"),
    ("in", "y = 1 in x or x.extend(u()) in x"),
    ("kwargs", "f(**d, **{'a': d.update(u())})"),
    ("isinstance", "isinstance(x.extend(u()), (x, x))"),
]
# What may be done with an expression, a table, a type.
USES = """\
op.execute(sa.select(x))
op.execute(x)
op.execute(sa.table("t").delete().where(x))
op.execute(sa.table("t", sa.column("a")).insert().values(a=x))
op.execute(sa.table("t", sa.column("a")).update().values(a=x))
op.bulk_insert(sa.table("t", sa.column("a")), [{"a": x}])
op.bulk_insert(x, [{"a": 1}])
op.add_column("t", sa.Column("a", x))
op.add_column("t", sa.Column("a", sa.Text(), server_default=x))
op.alter_column("t", "a", type_=x, server_default=x)
op.create_index("i", "t", [x], postgresql_where=x, sqlite_where=x)
op.create_check_constraint("c", "t", x)
op.create_table("t", x)
op.drop_table(x)
op.get_bind().execute(x).fetchall()
x.create(op.get_bind())
x.drop(op.get_bind())
sa.inspect(op.get_bind()).get_columns(x)
if x:
    pass
for y in x:
    pass
str(x)
{x: 1}
x == 1
sa.Enum(x, name="b").create(op.get_bind())
x.name
x.enums
with x as y:
    pass
with op.batch_alter_table("t", recreate="always") as b:
    b.add_column(sa.Column("a", x))
    b.create_check_constraint("d", x)
    b.alter_column("a", type_=x, server_default=x)
"""
IMPORTS = "import decimal, uuid\nfrom sqlalchemy.dialects import postgresql\n"

SPOILT = """\
x = [1, 2, 3, 4]
d = {"a": 1, "b": 2}
s = {1, 2}
z = {}
def f(*a, **k): pass
%s
for y in x: op.execute(str(y))
op.execute(str(d) + str(x))
"""


OF_STATEMENTS = {
    "wheres", "subqueries", "exists", "unions", "ctes", "joins", "aliases",
    "values", "from_select", "returning", "conflicts", "methods", "members",
}
