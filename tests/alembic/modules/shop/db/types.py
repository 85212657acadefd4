# SPDX-License-Identifier: MIT
from sqlalchemy import CHAR, DateTime, Numeric, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.ext.compiler import compiles


class GUID(TypeDecorator):
    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(UUID())
        else:
            return dialect.type_descriptor(CHAR(32))


class Money(TypeDecorator):
    impl = Numeric
    cache_ok = True


class Upper(TypeDecorator):
    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value and self.clean(value)

    @staticmethod
    def clean(value):
        return value.strip().upper()


class Stamp(TypeDecorator):
    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value.tzinfo:
            value = value.replace(tzinfo=None)
        return value


class Sized(TypeDecorator):
    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(String(length=self.impl.length))


class Written(TypeDecorator):
    impl = Text
    cache_ok = True


@compiles(Written)
def write(element, compiler, **kw):
    return "BLOB"
