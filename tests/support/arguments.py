# SPDX-License-Identifier: MIT
"""Directives, types and statements, each with one thing more."""

import re

# patterns of what cannot change the SQL, and why
NO_DIFFERENCE = {
    r": (info|doc|multiinsert)=": "is for Python",
    r"alter_column.*: (existing_|autoincrement|schema)":
        "says what is there; MySQL needs it",
    r": existing_": "says what is there, for the way back",
    r"drop_(constraint|index).*: (type_|unique)=": "MySQL and the way back",
    r": (mysql|mssql)_": "of another database",
    r"inline_(references|primary_key)=": "there is nothing to be inlined",
    r"using='gist'": "the default",
    r"create_foreign_key.*use_alter=": "it is an ALTER",
    r"on_conflict='FAIL'": "of SQLite, which cannot add constraints",
    r": (extend_existing|keep_existing|implicit_returning)=": "is for Python",
    r"checkfirst=": "is asked of the database, which is not at hand here",
    r"batch_alter_table\('t', @": "of the copy: none is made where ALTER "
        "will do",
    r"execute\((sa.text|T.delete|sa.select).*(\{|parameters=)'?":
        "no parameter takes it",
    r"get_bind\(\)@.*(connect\(|autocommit=True)": "the same connection",
    r"sa.Column.*: (nullable=True|default=|onupdate=|server_onupdate=|"
    r"insert_default=|autoincrement=|server_default=sa.Fetched)":
        "is the default, or for Python",
    r": on_null=": "of Oracle",
    r"sa.Sequence\('s', @\).*: (start|schema|optional|metadata)=":
        "the sequence is another's to make",
    r"sa\.(String|Numeric|Float|Double|PickleType|Uuid|JSON|ARRAY|Enum"
    r"|LargeBinary|Interval|Boolean)\(.*: (convert_unicode|asdecimal|"
    r"decimal_return_scale|precision|scale|name|day_precision|length|"
    r"protocol|pickler|comparator|as_uuid|none_as_null|astext_type|"
    r"as_tuple|zero_indexes)=": "how Python sees it, or not for these two",
    r"postgresql\.\w+\(.*: (none_as_null|astext_type|text_type|as_uuid|"
    r"length|create_type)=": "how Python sees it",
    r"(Enum|ENUM)\(.*: (inherit_schema=False|validate_strings|omit_aliases|"
    r"values_callable|sort_key_function)": "how Python sees it, the default",
    r"(inline\(\)|inline=True|return_defaults\(\))": "what comes back",
    r"select_from\(T\)|self_group\(\)": "it is so already",
    r"sa.select\(T.c.a\)@.*(exists|scalar_subquery)\(": "of a subquery",
    r"bindparam.*: (expanding|literal_execute|unique|required|"
    r"type_=sa.Integer)": "the same literal",
    r"literal|sa.column\('a', @|is_comparison|return_type|func.f.*type_=":
        "how Python sees it",
}

ROWS = []


def rows(call, arguments):
    """`call` has a @ where one more argument goes."""
    plain = re.sub(r",? ?@", "", call)
    for argument in arguments.split("; "):
        ROWS.append((f"{call}: {argument}", plain,
                     call.replace("@", argument)))


def chains(statement, methods):
    """`statement` has a @ where one more method goes."""
    for method in methods.split("; "):
        ROWS.append((f"{statement}: .{method}", statement.replace("@", ""),
                     statement.replace("@", "." + method)))


# ---- directives

DEFER = "deferrable=True; deferrable=False; initially='DEFERRED'"
FK = DEFER + ("; onupdate='CASCADE'; ondelete='CASCADE'; match='FULL'; "
              "postgresql_not_valid=True; comment='x'; info={}; "
              "use_alter=True; odd=1")

rows("op.add_column('t', sa.Column('a', sa.Text()), @)",
     "schema='s'; if_not_exists=True; inline_references=True; "
     "inline_primary_key=True; insert_before='b'; insert_after='b'; odd=1")
rows("op.add_column('t', sa.Column('a', sa.Text(), sa.ForeignKey('u.a')), @)",
     "inline_references=True")
rows("op.add_column('t', sa.Column('a', sa.Integer(), primary_key=True), @)",
     "inline_primary_key=True")
rows("op.alter_column('t', 'a', @)",
     "nullable=True; nullable=False; comment='x'; comment=None; "
     "server_default='x'; server_default=None; new_column_name='b'; "
     "type_=sa.Integer(); existing_type=sa.Text(); "
     "existing_server_default='x'; existing_nullable=True; "
     "existing_comment='x'; schema='s'; autoincrement=True; "
     "existing_autoincrement=True; insert_after='b'; odd=1")
rows("op.alter_column('t', 'a', type_=sa.Integer(), @)",
     "schema='s'; postgresql_using='a::integer'; existing_type=sa.Text(); "
     "mysql_using='x'")
rows("op.bulk_insert(T, [{'a': 'x'}], @)", "multiinsert=False; odd=1")
rows("op.create_check_constraint('c', 't', 'a > 1', @)",
     "schema='s'; postgresql_not_valid=True; comment='x'; info={}; " + DEFER)
rows("op.create_exclude_constraint('c', 't', ('a', '&&'), @)",
     "where=sa.text('b > 1'); using='gist'; using='btree'; schema='s'; "
     "ops={'a': 'int4_ops'}; comment='x'; odd=1; " + DEFER)
rows("op.create_foreign_key('c', 't', 'u', ['a'], ['b'], @)",
     "source_schema='s'; referent_schema='s'; " + FK)
rows("op.create_index('i', 't', ['a'], @)",
     "schema='s'; unique=True; if_not_exists=True; quote=True; info={}; "
     "postgresql_using='gin'; postgresql_where=sa.text('b > 1'); "
     "postgresql_include=['b']; postgresql_ops={'a': 'text_ops'}; "
     "postgresql_with={'fillfactor': 50}; postgresql_tablespace='x'; "
     "postgresql_concurrently=True; postgresql_nulls_not_distinct=True; "
     "sqlite_where=sa.text('b > 1'); mysql_length=3; odd=1")
rows("op.create_primary_key('c', 't', ['a'], @)",
     "schema='s'; postgresql_include=['b']; sqlite_on_conflict='FAIL'; "
     "comment='x'; " + DEFER)
TABLE = ("schema='s'; comment='x'; prefixes=['TEMPORARY']; info={}; "
         "sqlite_autoincrement=True; sqlite_with_rowid=False; "
         "sqlite_strict=True; postgresql_partition_by='RANGE (a)'; "
         "postgresql_inherits='u'; postgresql_using='heap'; "
         "postgresql_on_commit='DROP'; postgresql_tablespace='x'; "
         "postgresql_with_oids=True; postgresql_with={'fillfactor': 50}; "
         "listeners=[]; quote=True; mysql_engine='x'; "
         "extend_existing=True; keep_existing=True; "
         "implicit_returning=False; must_exist=True; odd=1")
rows("op.create_table('t', sa.Column('a', sa.Integer(), primary_key=True), @)",
     "if_not_exists=True; " + TABLE)
rows("sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer(), "
     "primary_key=True), @).create(op.get_bind())", TABLE)
rows("sa.Table('t', sa.MetaData(@), sa.Column('a', sa.Text(), unique=True))"
     ".create(op.get_bind())",
     "schema='s'; naming_convention={'uq': 'uq_%(table_name)s'}; info={}; "
     "quote_schema=True")
rows("op.create_table_comment('t', 'x', @)",
     "schema='s'; existing_comment='y'; odd=1")
rows("op.drop_table_comment('t', @)",
     "schema='s'; existing_comment='y'; odd=1")
rows("op.create_unique_constraint('c', 't', ['a'], @)",
     "schema='s'; postgresql_include=['b']; sqlite_on_conflict='FAIL'; "
     "postgresql_nulls_not_distinct=True; comment='x'; odd=1; " + DEFER)
rows("op.drop_column('t', 'a', @)",
     "schema='s'; if_exists=True; existing_type=sa.Text(); "
     "mssql_drop_default=True; odd=1")
rows("op.drop_constraint('c', 't', @)",
     "schema='s'; if_exists=True; type_='unique'; cascade=True")
rows("op.drop_index('i', 't', @)",
     "schema='s'; if_exists=True; postgresql_concurrently=True; "
     "unique=True; odd=1")
rows("op.drop_table('t', @)",
     "schema='s'; if_exists=True; info={}; cascade=True; odd=1")
rows("op.rename_table('t', 'u', @)", "schema='s'; odd=1")
rows("op.execute('x', @)",
     "execution_options={'isolation_level': 'AUTOCOMMIT'}; odd=1")
rows("op.get_bind().execute(sa.text('x'), @)",
     "{'a': 1}; parameters={'a': 1}; "
     "execution_options={'isolation_level': 'AUTOCOMMIT'}")
rows("op.get_bind().execute(T.delete(), @)", "{'a': 1}; parameters={'a': 1}")
rows("op.get_bind().execute(sa.select(T.c.a), @)",
     "{'a': 1}; parameters={'a': 1}")
rows("op.get_bind().execute(T.update().values(a='x'), @)", "{'a': 1}")
rows("op.get_bind().execute(T.insert().values(a='x'), @)", "{'b': 1}")
rows("op.get_bind().exec_driver_sql('x', @)", "(1,)")
chains("op.get_bind()@.execute(sa.text('x'))",
       "execution_options(isolation_level='AUTOCOMMIT'); connect(); "
       "execution_options(autocommit=True); "
       "execution_options(schema_translate_map={None: 's'})")
rows("sa.Enum('x', name='e').create(op.get_bind(), @)",
     "checkfirst=True; checkfirst=False; odd=1")
rows("postgresql.ENUM('x', name='e').create(op.get_bind(), @)",
     "checkfirst=True; checkfirst=False; odd=1")
rows("sa.Enum('x', name='e').drop(op.get_bind(), @)",
     "checkfirst=True; odd=1")
rows("postgresql.ENUM('x', name='e').drop(op.get_bind(), @)",
     "checkfirst=True; checkfirst=False; odd=1")
rows("sa.Table('t', sa.MetaData(), sa.Column('a', sa.Text()))"
     ".create(op.get_bind(), @)", "checkfirst=True; checkfirst=False; odd=1")
rows("sa.Table('t', sa.MetaData(), sa.Column('a', sa.Text()))"
     ".drop(op.get_bind(), @)", "checkfirst=True; checkfirst=False; odd=1")

BATCH = "with op.batch_alter_table('t'@) as b:\n    b.%s"
for step in ("drop_column('a')", "add_column(sa.Column('a', sa.Text()))"):
    rows(BATCH.replace("@", ", @") % step,
         "schema='s'; recreate='always'; recreate='never'; odd=1; "
         "copy_from=sa.Table('t', sa.MetaData()); "
         "table_args=[sa.UniqueConstraint('a')]; "
         "table_kwargs={'sqlite_autoincrement': True}; "
         "reflect_args=[sa.Column('a', sa.Text())]; "
         "reflect_kwargs={'a': 1}; partial_reordering=[('a', 'b')]; "
         "naming_convention={'uq': 'uq_%(table_name)s'}")
IN_BATCH = "with op.batch_alter_table('t') as b:\n    b."
rows(IN_BATCH + "add_column(sa.Column('a', sa.Text()), @)",
     "insert_before='b'; insert_after='b'; if_not_exists=True; "
     "inline_references=True; odd=1")
rows(IN_BATCH + "alter_column('a', @)",
     "nullable=True; comment='x'; server_default='x'; new_column_name='b'; "
     "type_=sa.Integer(); insert_after='b'; insert_before='b'; odd=1")
rows(IN_BATCH + "create_foreign_key('c', 'u', ['a'], ['b'], @)",
     "referent_schema='s'; " + FK)
rows(IN_BATCH + "create_unique_constraint('c', ['a'], @)",
     "postgresql_include=['b']; odd=1; " + DEFER)
rows(IN_BATCH + "create_index('i', ['a'], @)",
     "unique=True; postgresql_using='gin'; sqlite_where=sa.text('b > 1'); "
     "if_not_exists=True; odd=1")
rows(IN_BATCH + "drop_index('i', @)", "if_exists=True; odd=1")
rows(IN_BATCH + "drop_constraint('c', @)",
     "type_='unique'; if_exists=True; odd=1")
rows(IN_BATCH + "drop_column('a', @)", "if_exists=True; odd=1")
rows(IN_BATCH + "create_check_constraint('c', 'a > 1', @)",
     "postgresql_not_valid=True; odd=1")

# ---- what tables are made of

IN_TABLE = "op.create_table('t', sa.Column('a', sa.Integer()), %s)"
COLUMN = "op.create_table('t', sa.Column('a', %s))"
rows(COLUMN % "sa.Integer(), @",
     "primary_key=True; unique=True; index=True; nullable=False; "
     "nullable=True; server_default='x'; server_default=sa.text('1'); "
     "server_default=sa.FetchedValue(); server_onupdate=sa.text('1'); "
     "comment='x'; default=1; onupdate=1; info={}; doc='x'; key='b'; "
     "quote=True; system=True; autoincrement=True; autoincrement=False; "
     "sqlite_on_conflict_not_null='FAIL'; insert_default=1; "
     "postgresql_odd=1; odd=1; server_default=sa.Computed('b'); "
     "server_default=sa.Identity(); _proxies=[1]")
rows(COLUMN % "sa.Integer(), primary_key=True, @",
     "autoincrement=False; autoincrement='ignore_fk'; nullable=True; "
     "sqlite_on_conflict_primary_key='FAIL'")
rows(COLUMN % "sa.Integer(), nullable=False, unique=True, @",
     "sqlite_on_conflict_not_null='FAIL'; "
     "sqlite_on_conflict_unique='FAIL'; index=True")
rows(COLUMN % "sa.Integer(), sa.ForeignKey('u.b', @)",
     FK.replace("; odd=1", "") + "; name='c'; link_to_name=True; odd=1; "
     "_constraint=1; sqlite_on_conflict='x'")
rows(COLUMN % "sa.Integer(), sa.Identity(@)",
     "always=True; on_null=True; start=3; increment=3; minvalue=3; "
     "maxvalue=3; nominvalue=True; nomaxvalue=True; cycle=True; "
     "cycle=False; cache=3; order=True; odd=1; start=2.5; cycle=1")
rows(COLUMN % "sa.Integer(), sa.Computed('b', @)",
     "persisted=True; persisted=False; odd=1")
rows(COLUMN % "sa.Integer(), sa.Sequence('s', @)",
     "start=3; schema='q'; optional=True; data_type=sa.BigInteger; odd=1")
rows(IN_TABLE % "sa.CheckConstraint('a > 1', @)",
     "name='c'; info={}; comment='x'; postgresql_not_valid=True; "
     "table=1; _create_rule=1; odd=1; " + DEFER)
rows(IN_TABLE % "sa.UniqueConstraint('a', @)",
     "name='c'; info={}; comment='x'; postgresql_include=['b']; "
     "postgresql_nulls_not_distinct=True; sqlite_on_conflict='FAIL'; "
     "_column_flag=1; odd=1; " + DEFER)
rows(IN_TABLE % "sa.PrimaryKeyConstraint('a', @)",
     "name='c'; info={}; comment='x'; postgresql_include=['b']; "
     "sqlite_on_conflict='FAIL'; _implicit_generated=1; odd=1; " + DEFER)
rows(IN_TABLE % "sa.ForeignKeyConstraint(['a'], ['u.b'], @)",
     "name='c'; link_to_name=True; " + FK)
rows(IN_TABLE % "postgresql.ExcludeConstraint(('a', '='), @)",
     "name='c'; using='btree'; where=sa.text('a > 1'); ops={'a': 'x'}; "
     "comment='x'; odd=1; " + DEFER)
rows(IN_TABLE % "sa.Index('i', 'a', @)",
     "unique=True; quote=True; info={}; postgresql_using='gin'; "
     "postgresql_where=sa.text('b > 1'); postgresql_ops={'a': 'x'}; "
     "postgresql_with={'fillfactor': 50}; odd=1; if_not_exists=True; "
     "sqlite_where=sa.text('b > 1'); _table=1; postgresql_with=3; "
     "postgresql_ops=3")
for name in ("CreateSequence", "DropSequence"):
    rows(f"op.execute(sa.schema.{name}(sa.Sequence('s'), @))",
         "if_not_exists=True; if_exists=True; odd=1")
rows("op.execute(sa.schema.CreateSequence(sa.Sequence('s', @)))",
     "start=3; increment=3; minvalue=3; maxvalue=3; nominvalue=True; "
     "nomaxvalue=True; cycle=True; schema='q'; cache=3; order=True; "
     "data_type=sa.BigInteger(); optional=True; metadata=sa.MetaData(); "
     "quote=True; odd=1; start=2.5")
rows("op.execute(sa.schema.CreateSchema('s', @))",
     "if_not_exists=True; odd=1")
rows("op.execute(sa.schema.DropSchema('s', @))",
     "if_exists=True; cascade=True; odd=1")
for name in ("CreateTable", "DropTable", "CreateIndex", "DropIndex",
             "AddConstraint", "DropConstraint"):
    rows(f"op.execute(sa.schema.{name}(sa.Table('t', sa.MetaData(), "
         "sa.Column('a', sa.Text())), @))",
         "if_not_exists=True; if_exists=True; cascade=True")
rows("op.execute(sa.DDL('x', @))", "context={'a': 1}; odd=1; {'a': 1}")

# ---- types

for name, arguments in (
    ("sa.String", "length=3; collation='C'; odd=1; convert_unicode=True"),
    ("sa.Text", "length=3; collation='C'; odd=1"),
    ("sa.Numeric", "precision=3; asdecimal=False; decimal_return_scale=3; "
     "odd=1; scale=3"),
    ("sa.Float", "precision=3; asdecimal=True; decimal_return_scale=3; odd=1"),
    ("sa.Double", "precision=3; asdecimal=True; odd=1"),
    ("sa.Boolean", "create_constraint=True; name='x'; odd=1"),
    ("sa.DateTime", "timezone=True; odd=1"),
    ("sa.Time", "timezone=True; odd=1"),
    ("sa.Interval", "native=False; second_precision=3; day_precision=3; "
     "odd=1"),
    ("sa.LargeBinary", "length=3; odd=1"),
    ("sa.PickleType", "impl=sa.Text; protocol=2; pickler=1; odd=1; "
     "comparator=1"),
    ("sa.Uuid", "as_uuid=False; native_uuid=False; odd=1"),
    ("sa.JSON", "none_as_null=True; astext_type=sa.Text(); odd=1"),
    ("postgresql.JSONB", "none_as_null=True; astext_type=sa.Text(); odd=1"),
    ("postgresql.TIMESTAMP", "timezone=True; precision=3; odd=1"),
    ("postgresql.TIME", "timezone=True; precision=3; odd=1"),
    ("postgresql.INTERVAL", "precision=3; fields='DAY'; odd=1"),
    ("postgresql.BIT", "length=3; varying=True; odd=1"),
    ("postgresql.HSTORE", "text_type=sa.Text(); odd=1"),
    ("postgresql.UUID", "as_uuid=True; odd=1"),
    ("postgresql.BYTEA", "length=3; odd=1"),
    ("sqlite.DATETIME", "storage_format='x'; regexp='x'; odd=1; "
     "truncate_microseconds=True"),
):
    rows(COLUMN % f"{name}(@)", arguments)
rows(COLUMN % "sa.ARRAY(sa.Text(), @)",
     "dimensions=2; as_tuple=True; zero_indexes=True; odd=1")
ENUM = ("schema='s'; inherit_schema=True; inherit_schema=False; "
        "metadata=sa.MetaData(); quote=True; length=30; odd=1; "
        "validate_strings=True; values_callable=None; omit_aliases=False; "
        "sort_key_function=None; _adapted_from=1")
rows("op.create_table('t', sa.Column('a', sa.Enum('x', name='e', @)), "
     "schema='q')", "native_enum=False; create_constraint=True; " + ENUM)
rows("op.create_table('t', sa.Column('a', postgresql.ENUM('x', name='e', @)))",
     "create_type=False; " + ENUM)
rows(COLUMN % "postgresql.DOMAIN('d', sa.Text(), @)",
     "collation='C'; default='x'; constraint_name='c'; not_null=True; "
     "check='VALUE > 1'; create_type=False; schema='s'; odd=1")
rows("postgresql.DOMAIN('d', sa.Text(), @).create(op.get_bind())",
     "collation='C'; default='x'; constraint_name='c'; not_null=True; "
     "check='VALUE > 1'; schema='s'")

# ---- statements

INSERT = "op.execute(T.insert().values(a='x')@)"
chains(INSERT, "returning(T.c.a); values(b=2); prefix_with('OR IGNORE'); "
       "suffix_with('x'); inline(); return_defaults(); with_hint('x'); "
       "execution_options(a=1); from_select(['a'], sa.select(U.c.a)); "
       "add_cte(sa.select(U.c.a).cte('q')); with_dialect_options(a=1); "
       "on_duplicate_key_update(a='x'); odd()")
UPSERT = "op.execute(%s(T).values(a='x').on_conflict_do_update(%s))"
for insert in ("pg_insert", "lite_insert"):
    chains(f"op.execute({insert}(T).values(a='x')@)",
           "on_conflict_do_nothing(); returning(T.c.a); "
           "on_conflict_do_nothing(index_elements=['a'])")
    rows(UPSERT % (insert, "index_elements=['a'], set_={'a': 'y'}, @"),
         "where=(T.c.b > 1); index_where=(T.c.b > 1); odd=1")
    rows(f"op.execute({insert}(T).values(a='x').on_conflict_do_nothing("
         "index_elements=['a'], @))", "index_where=(T.c.b > 1); odd=1")
rows("op.execute(pg_insert(T).values(a='x').on_conflict_do_nothing(@))",
     "constraint='c'; index_elements=['a']; index_elements=[T.c.a]; 'c'; "
     "None, ['a']")
rows("op.execute(T.insert().from_select(['a'], sa.select(U.c.a), @))",
     "include_defaults=False; odd=1")
rows("op.execute(T.insert(@))", "{'a': 1}; values={'a': 1}; inline=True; "
     "returning=[T.c.a]")
rows("op.execute(sa.insert(T, @))", "{'a': 1}; values={'a': 1}; inline=True; "
     "prefixes=['x']")
UPDATE = "op.execute(T.update()@.values(a='x'))"
chains(UPDATE, "where(T.c.b > 1); filter(T.c.b > 1); filter_by(b=1); "
       "values(b=2); ordered_values((T.c.b, 2)); returning(T.c.a); "
       "prefix_with('x'); with_hint('x'); execution_options(a=1); "
       "return_defaults(); inline(); add_cte(sa.select(U.c.a).cte('q')); "
       "order_by(T.c.a); limit(3); suffix_with('x'); odd()")
rows("op.execute(T.update(@).values(a='x'))",
     "T.c.b > 1; whereclause=(T.c.b > 1); values={'b': 1}; inline=True; "
     "prefixes=['x']; returning=[T.c.a]")
DELETE = "op.execute(T.delete()@)"
chains(DELETE, "where(T.c.b > 1); filter(T.c.b > 1); filter_by(b=1); "
       "returning(T.c.a); prefix_with('x'); with_hint('x'); order_by(T.c.a); "
       "add_cte(sa.select(U.c.a).cte('q')); execution_options(a=1); "
       "limit(3); suffix_with('x'); using(U); odd()")
rows("op.execute(T.delete(@))",
     "T.c.b > 1; whereclause=(T.c.b > 1); returning=[T.c.a]")
SELECT = "op.execute(sa.select(T.c.a)@)"
chains(SELECT, "where(T.c.b > 1); filter(T.c.b > 1); filter_by(b=1); "
       "order_by(T.c.a); order_by(T.c.a.desc()); limit(3); offset(3); "
       "group_by(T.c.a); having(T.c.a > 1); distinct(); distinct(T.c.a); "
       "select_from(T); select_from(U); join(U, U.c.a == T.c.a); "
       "outerjoin(U, U.c.a == T.c.a); with_for_update(); prefix_with('x'); "
       "suffix_with('x'); add_columns(T.c.b); with_only_columns(T.c.b); "
       "union(sa.select(U.c.a)); union_all(sa.select(U.c.a)); "
       "intersect(sa.select(U.c.a)); except_(sa.select(U.c.a)); "
       "correlate(U); correlate_except(U); execution_options(a=1); "
       "limit(3).limit(4); limit(None); fetch(3); slice(1, 2); cte('q'); "
       "select_from(T.join(U, T.c.a == U.c.a)); subquery(); "
       "order_by(None); params(a=1); with_statement_hint('x'); "
       "reduce_columns(); exists(); alias('q'); label('q'); "
       "scalar_subquery(); lateral('q'); odd()")
rows("op.execute(sa.select(T.c.a, @))",
     "T.c.b; whereclause=(T.c.b > 1); from_obj=[U]; distinct=True; "
     "order_by=T.c.a; group_by=T.c.a; limit=3; sa.text('x'); U.c.a; "
     "sa.literal('x'); sa.null(); 1")
rows("op.execute(sa.select([T.c.a], @))",
     "T.c.b > 1; whereclause=(T.c.b > 1)")
EXISTS = ("op.execute(T.delete().where(sa.exists(sa.select(U.c.a)"
          ".where(U.c.a == T.c.a))@))")
chains(EXISTS, "where(U.c.b > 1); select_from(U); correlate(T); "
       "select(); odd()")
TEXT = "op.execute(sa.text('UPDATE t SET a = 1')@)"
chains(TEXT, "columns(a=sa.Integer); execution_options(a=1); "
       "execution_options(autocommit=True); "
       "execution_options(isolation_level='AUTOCOMMIT'); odd()")
rows("op.execute(sa.text('UPDATE t SET a = :a').bindparams("
     "sa.bindparam('a', 'x', @)))",
     "sa.JSON(); type_=sa.JSON(); expanding=True; literal_execute=True; "
     "unique=True; required=True; callable_=1; quote=True; "
     "type_=sa.Integer(); odd=1")
ROWS.append(("literal_column with a type",
             "op.execute(sa.select(sa.literal_column('x')))",
             "op.execute(sa.select(sa.literal_column('x', sa.Text)))"))

# ---- expressions

WHERE = "op.execute(T.delete().where(%s))"
for method, arguments in (
    ("like('x', @)", "escape='/'; odd=1"),
    ("ilike('x', @)", "escape='/'; odd=1"),
    ("notlike('x', @)", "escape='/'"),
    ("contains('x', @)", "autoescape=True; escape='/'"),
    ("startswith('x', @)", "autoescape=True; escape='/'"),
    ("endswith('x', @)", "autoescape=True; escape='/'"),
    ("between('a', 'b', @)", "symmetric=True; True; odd=1"),
    ("in_(['x'], @)", "odd=1"),
    ("is_(None, @)", "odd=1"),
    ("op('->>', @)('x')", "precedence=3; is_comparison=True; "
     "return_type=sa.Integer; 5"),
    ("bool_op('@>', @)('x')", "precedence=3"),
    ("collate('C', @)", "odd=1"),
    ("regexp_match('x', @)", "flags='i'"),
    ("match('x', @)", "postgresql_regconfig='english'"),
):
    rows(WHERE % f"T.c.a.{method}", arguments)
chains(WHERE % "T.c.a@ == 'x'",
       "cast(sa.Integer); desc(); collate('C'); label('x'); distinct(); "
       "concat('y'); op('||')('y'); self_group(); nulls_first(); asc(); "
       "astext; type; any_(); all_(); as_string(); params(a=1)")
chains("op.execute(sa.select(T.c.a@))",
       "desc(); desc().nulls_last(); asc().nulls_first(); label('x'); "
       "distinct(); collate('C'); cast(sa.Integer); over()")
chains("op.execute(sa.select(sa.func.count(T.c.a)@))",
       "over(); over(partition_by=T.c.b); filter(T.c.b > 1); label('x'); "
       "within_group(T.c.a); distinct(); alias('q'); table_valued('x'); "
       "scalar_table_valued('x'); column_valued('x'); as_comparison(1, 2)")
rows("op.execute(sa.select(sa.func.f(T.c.a, @)))",
     "type_=sa.Integer; T.c.b; packagenames=['p']; odd=1")
rows("op.execute(sa.select(sa.case((T.c.b > 1, 'x'), @)))",
     "else_='y'; value=T.c.b; (T.c.b > 0, 'z'); odd=1")
rows("op.execute(sa.select(sa.cast(T.c.a, sa.Integer, @)))", "odd=1")
rows("op.execute(sa.select(sa.literal(1, @)))",
     "sa.Text; type_=sa.Text; literal_execute=True; odd=1")
rows("op.execute(sa.select(op.inline_literal('x', @)))",
     "type_=sa.Integer; sa.JSON; odd=1")
rows("op.execute(sa.select(sa.extract('year', T.c.a, @)))", "odd=1")
rows(WHERE % "sa.and_(T.c.a == 'x', @)", "T.c.b == 1; odd=1")
rows(WHERE % "sa.not_(T.c.a == 'x', @)", "odd=1")
rows(WHERE % "sa.exists().where(U.c.a == T.c.a), @", "T.c.b > 1; odd=1")
rows("op.execute(sa.table('t', sa.column('a'), @).delete())",
     "schema='s'; odd=1")
rows("op.execute(sa.select(sa.column('a', @)))",
     "sa.Text; type_=sa.Text; is_literal=True; odd=1")
rows("op.create_index('i', 't', [sa.text('lower(a)'), @])",
     "'b'; sa.text('b DESC'); sa.column('b').desc(); sa.func.lower('b'); "
     "sa.literal_column('b')")
rows("op.create_table('t', sa.Column('a', sa.Text(), server_default=%s))"
     % "sa.text('x', @)", "odd=1")
