# -*- coding: utf-8 -*-
# SPDX-License-Identifier: MIT
"""Every way to write a string."""
a = 'a' "b" '''c
d''' r'\n' u'x' R"\'" "\x41\u00e9\U0001F600\101\0\a\b\f\v\t\
joined"
b = b'bytes' rb'\n' Br"\"" b"\xff\377\u1234"
c = "\d \N{BULLET} unknown escapes stay"
w = 3
name = {'a': 1}
d = f'{w}' f"{{}}" 'plain' rf'\d{w}\{w}' F'{w!r:>{w}}' f'{w:%Y-%m-%d}'
e = f"{w=}" f"{w = !s}" f"{ w = :>4}" f'{name["a"]}' f"{(lambda x: x)(1)}"
f = f'''{
    w
    + 1
} text {w:{w}.{w}} {f"{w}" + "x"} \N{BULLET} \x41'''
g = f"" f'{w!a}{{{w}}}' f"{ {'a': 1}['a'] }" f"{w if w != 3 else 4}"
h = f"{w:}" f"{w,}" f'{w, 2}' f"{w == 3}" f"{[x for x in (1, 2)]}"
i = 'ä' "日本" '\ud800'
