# SPDX-License-Identifier: MIT
"""Operators, displays, calls."""
a = 1 + 2 * 3 ** -4 ** 5 - ~6 // 7 % 8 @ b << 9 >> 10 & 11 | 12 ^ 13
a = not b and c or not (d and e) or f
a = 1 < b <= c != d is not e not in f in g is h == i >= j > k
a = b if c else d if e else f
a = lambda: 0
a = lambda x, /, y, *z, k=1, **w: (x, y)
a = lambda *, k: k
a = lambda *a, b: lambda: (yield)
a = f(1, *b, c=2, **d, e=3)
a = f(x for x in y if x if not x for z in x)
a = f(b := 1, c)
a = x[1], x[1:], x[:1], x[::], x[1:2:3], x[::2], x[1, 2:3, ...], x[1,]
a = x[b := 1], x[*b, c]
a = (), (1,), (1, 2), [], [1], [1, *b], {1}, {1, *b}, {}, {1: 2, **b, 3: 4}
a = {k: v for k, v in b}, {k for k in b}, [k for k in b if k], (k for k in b)
a = [x for x, in y], [x for *x, y in z], [(x, y) for x in a for y in x]
a = 0x1F, 0o17, 0b101, 1_000, 0, 00, 1., .5, 1e5, 1E-5, 1.5e+3, 2j, 0xdead_beef
a = 99999999999999999999, 9223372036854775807, 0_0
a = b.c.d(e)[f].g(h)(i)
a = (b
     + c)
a = b \
    + c
a = (yield_ := 1)
a = x if (y := 2) else z
a = *b, c
a = b, = c
a = -1 ** 2, (-1) ** 2, - - 1, not not b, await_
a = True, False, None, ...
a: int = 1
b.c: "str"
(a): int
a += 1; a -= 1; a *= 1; a /= 1; a //= 1; a %= 1; a **= 1; a @= 1
a <<= 1; a >>= 1; a &= 1; a |= 1; a ^= 1;
[a, b], (c, *d) = e
a.b, c[d] = 1, 2
print >>a, b
