# SPDX-License-Identifier: MIT
import os, sys as system, os.path as path
from . import a
from .. import b as c
from ...d.e import (f, g as h,)
from i import *
if a: pass
elif b: pass; pass
else:
    pass
if a:
    if b:
        pass
    # a comment in between
else:
	pass  # a tab
for x, in y: break
else:
    continue_
for x, *y in 1, 2:
    continue
while x:
    break
else:
    pass
with a: pass
with a as b, c as d.e, f: pass
with (a as b, c as d,): pass
with (a): pass
with (a, b): pass
with (a).b as c, (d): pass
with (a, b) as c: pass
with (yield_): pass
with open(a) as (b, c): pass
try:
    pass
except: pass
try:
    pass
except A: pass
except (B, C) as d: pass
else: pass
finally: pass
try: pass
finally: pass
try: pass
except* A as e: pass


def f(): pass


def g(a, b: int = 1, *c: str, d, e=2, **f: "x") -> int:
    """Doc."""
    global h, i
    def j(*, k): nonlocal_ = 1; return
    yield
    x = yield a
    yield a, b
    yield from c
    return a, *b


def k(a, /, b): return 1


@a
@b.c(d)
class L(M, metaclass=N, *o):
    x = 1

    @property
    def y(self):
        def z():
            nonlocal self
        return self.x


class P: pass


class Q(): pass


async def r():
    async with a as b: pass
    async for c in d: pass
    return await e, [f async for f in g]


@a
async def s(): await t


raise
raise a
raise a from b
assert a
assert a, b
del a
del a, b[c], d.e
del (a, b)
match a:
    case 1: pass
    case [x, *y] if x:
        pass
match = 1
match.x = match(1)
match[1]
type = 2
type(1)
print(1)
if 1:
        x = 2
        if 2:
         y = 3
\
z = 1
