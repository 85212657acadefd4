# SPDX-License-Identifier: MIT
"""Our syntax trees are Python's own: those of samples written for this, and
of every module of the standard library that this machine has."""

import ast
import glob
import os
import re
import subprocess
import sys
import sysconfig
import tempfile

top = os.environ["top_srcdir"]
sys.path.insert(0, os.path.join(top, "tests", "support"))
import tap  # noqa: E402

DUMP = os.path.join(os.environ["top_builddir"], "tests", "python", "dump")


def kinds(enum):
    """The numbers of an enum in ast.h by name."""
    header = open(os.path.join(top, "src", "python", "ast.h")).read()
    body = re.search(r"typedef enum %s \{(.*?)\n\}" % enum, header, re.S)[1]
    body = re.sub(r"/\*.*?\*/", "", body, flags=re.S)
    names = [name.strip() for name in body.split(",")]
    return {name: i for i, name in enumerate(n for n in names if n)}


EXPR = kinds("rt_py_expr_kind")
STMT = kinds("rt_py_stmt_kind")
OP = kinds("rt_py_op")
ARG = kinds("rt_py_arg_kind")

OPS = {
    ast.Add: "ADD", ast.Sub: "SUB", ast.Mult: "MUL", ast.Div: "DIV",
    ast.FloorDiv: "FLOORDIV", ast.Mod: "MOD", ast.Pow: "POW",
    ast.MatMult: "MATMUL", ast.LShift: "LSHIFT", ast.RShift: "RSHIFT",
    ast.BitAnd: "BITAND", ast.BitOr: "BITOR", ast.BitXor: "BITXOR",
    ast.UAdd: "POS", ast.USub: "NEG", ast.Invert: "INVERT", ast.Not: "NOT",
    ast.And: "AND", ast.Or: "OR", ast.Eq: "EQ", ast.NotEq: "NE",
    ast.Lt: "LT", ast.LtE: "LE", ast.Gt: "GT", ast.GtE: "GE", ast.In: "IN",
    ast.NotIn: "NOT_IN", ast.Is: "IS", ast.IsNot: "IS_NOT",
}


def op(node):
    return str(OP["RT_PY_" + OPS[type(node)]])


class Dump:
    def __init__(self):
        self.out = []

    def put(self, *words):
        self.out.extend(str(w) for w in words)

    def hex(self, data):
        if isinstance(data, str):
            data = data.encode("utf-8", "surrogatepass")
        self.put("'" + data.hex())

    def name(self, text):
        if text:
            self.put(text)

    def list(self, nodes):
        self.put("[")
        for node in nodes:
            self.expr(node)
        self.put("]")

    def params(self, a):
        self.put("{")
        plain = a.posonlyargs + a.args
        gap = len(plain) - len(a.defaults)
        for i, arg in enumerate(plain):
            kind = "POSONLY" if i < len(a.posonlyargs) else "PLAIN"
            self.param(kind, arg, a.defaults[i - gap] if i >= gap else None)
        if a.vararg:
            self.param("STAR", a.vararg, None)
        for arg, default in zip(a.kwonlyargs, a.kw_defaults):
            self.param("KEYWORD", arg, default)
        if a.kwarg:
            self.param("STARSTAR", a.kwarg, None)
        self.put("}")

    def param(self, kind, arg, default):
        self.put(ARG["RT_PY_ARG_" + kind], arg.arg)
        self.expr(arg.annotation)
        self.expr(default)

    def args(self, positional, keywords):
        """In the order of the source."""
        found = [(a.lineno, a.col_offset, a) for a in positional]
        found += [(k.lineno, k.col_offset, k) for k in keywords]
        self.put("{")
        for _, _, a in sorted(found, key=lambda f: f[:2]):
            if isinstance(a, ast.keyword):
                if a.arg:
                    self.put(ARG["RT_PY_ARG_KEYWORD"], a.arg)
                else:
                    self.put(ARG["RT_PY_ARG_STARSTAR"])
                self.expr(a.value)
            elif isinstance(a, ast.Starred):
                self.put(ARG["RT_PY_ARG_STAR"])
                self.expr(a.value)
            else:
                self.put(ARG["RT_PY_ARG_PLAIN"])
                self.expr(a)
        self.put("}")

    def open(self, kind, node):
        # In Python 3.11 a tuple without brackets begins where its first
        # element does, brackets of that included; ours without.
        self.put("(%d:%d" % (EXPR["RT_PY_" + kind], node.lineno))

    def constant(self, node):
        value = node.value
        if isinstance(value, (str, bytes)):
            self.open("STRING", node)
            self.hex(value)
        elif isinstance(value, bool) or value is None:
            self.open(str(value).upper(), node)
        elif value is ...:
            self.open("ELLIPSIS", node)
        else:
            self.open("NUMBER", node)
            small = isinstance(value, int) and value < 2 ** 63
            self.put(value if small else "?")

    def formatted(self, node):
        self.expr(node.value)
        self.put(chr(node.conversion) if node.conversion > 0 else "-")
        self.expr(node.format_spec)

    def joined(self, node):
        self.put("[")
        for part in node.values:
            if isinstance(part, ast.Constant):
                self.hex(part.value)
            else:
                self.expr(part)
        self.put("]")

    def comp(self, node, *elements):
        for element in elements:
            self.expr(element)
        for clause in node.generators:
            self.expr(clause.target)
            self.expr(clause.iter)
            self.list(clause.ifs)

    def dict(self, node):
        for key, value in zip(node.keys, node.values):
            self.expr(key)
            self.expr(value)

    EXPRS = {
        "Name": ("NAME", lambda d, n: d.put(n.id)),
        "JoinedStr": ("FSTRING", joined),
        "FormattedValue": ("FORMATTED", formatted),
        "UnaryOp": ("UNARY", lambda d, n: (d.put(op(n.op)),
                                           d.expr(n.operand))),
        "BinOp": ("BINARY", lambda d, n: (d.put(op(n.op)), d.expr(n.left),
                                          d.expr(n.right))),
        "BoolOp": ("BOOL", lambda d, n: (d.put(op(n.op)),
                                         d.list(n.values))),
        "Compare": ("COMPARE", lambda d, n: (
            d.list([n.left] + n.comparators), d.put(*map(op, n.ops)))),
        "IfExp": ("COND", lambda d, n: (d.expr(n.test), d.expr(n.body),
                                        d.expr(n.orelse))),
        "Lambda": ("LAMBDA", lambda d, n: (d.params(n.args),
                                           d.expr(n.body))),
        "Call": ("CALL", lambda d, n: (d.expr(n.func),
                                       d.args(n.args, n.keywords))),
        "Attribute": ("ATTRIBUTE", lambda d, n: (d.expr(n.value),
                                                 d.put(n.attr))),
        "Subscript": ("SUBSCRIPT", lambda d, n: (d.expr(n.value),
                                                 d.expr(n.slice))),
        "Slice": ("SLICE", lambda d, n: (d.expr(n.lower), d.expr(n.upper),
                                         d.expr(n.step))),
        "Tuple": ("TUPLE", lambda d, n: d.list(n.elts)),
        "List": ("LIST", lambda d, n: d.list(n.elts)),
        "Set": ("SET", lambda d, n: d.list(n.elts)),
        "Dict": ("DICT", dict),
        "ListComp": ("LISTCOMP", lambda d, n: d.comp(n, n.elt)),
        "SetComp": ("SETCOMP", lambda d, n: d.comp(n, n.elt)),
        "GeneratorExp": ("GENERATOR", lambda d, n: d.comp(n, n.elt)),
        "DictComp": ("DICTCOMP", lambda d, n: d.comp(n, n.key, n.value)),
        "Starred": ("STARRED", lambda d, n: d.expr(n.value)),
        "NamedExpr": ("WALRUS", lambda d, n: (d.put(n.target.id),
                                              d.expr(n.value))),
        "Await": ("AWAIT", lambda d, n: d.expr(n.value)),
        "Yield": ("YIELD", lambda d, n: d.expr(n.value)),
        "YieldFrom": ("YIELD", lambda d, n: d.expr(n.value)),
    }

    def expr(self, node):
        if node is None:
            self.put("-")
            return
        if isinstance(node, ast.Constant):
            self.constant(node)
        else:
            kind, parts = self.EXPRS[type(node).__name__]
            self.open(kind, node)
            parts(self, node)
        self.put(")")

    def block(self, body):
        self.put(":")
        for node in body:
            self.stmt(node)
        self.put(";")

    def branch(self, node):
        while True:
            self.expr(node.test)
            self.block(node.body)
            rest = node.orelse
            # `else: if` looks like `elif` but for its column.
            if not (len(rest) == 1 and isinstance(rest[0], ast.If) and
                    rest[0].col_offset == node.col_offset):
                break
            node = rest[0]
        self.block(rest)

    def loop(self, node):
        for part in ("target", "iter", "test"):
            self.expr(getattr(node, part, None))
        self.block(node.body)
        self.block(node.orelse)

    def with_(self, node):
        for item in node.items:
            self.expr(item.context_expr)
            self.expr(item.optional_vars)
        self.block(node.body)

    def function(self, node):
        self.put(node.name)
        self.params(node.args)
        self.expr(node.returns)
        self.list(node.decorator_list)
        self.block(node.body)

    def class_(self, node):
        self.put(node.name)
        self.args(node.bases, node.keywords)
        self.list(node.decorator_list)
        self.block(node.body)

    def attempt(self, node):
        self.block(node.body)
        for handler in node.handlers:
            self.expr(handler.type)
            self.name(handler.name)
            self.block(handler.body)
        self.block(node.orelse)
        self.block(node.finalbody)

    def aliases(self, node):
        for alias in node.names:
            self.name(alias.name)
            self.name(alias.asname)

    STMTS = {
        "Expr": ("EXPR", lambda d, n: d.expr(n.value)),
        "Return": ("RETURN", lambda d, n: d.expr(n.value)),
        "Assign": ("ASSIGN", lambda d, n: (d.list(n.targets),
                                           d.expr(n.value))),
        "AnnAssign": ("ANNASSIGN", lambda d, n: (
            d.expr(n.target), d.expr(n.annotation), d.expr(n.value))),
        "AugAssign": ("AUGASSIGN", lambda d, n: (
            d.put(op(n.op)), d.expr(n.target), d.expr(n.value))),
        "If": ("IF", branch), "For": ("FOR", loop),
        "AsyncFor": ("FOR", loop), "While": ("WHILE", loop),
        "With": ("WITH", with_), "AsyncWith": ("WITH", with_),
        "FunctionDef": ("DEF", function),
        "AsyncFunctionDef": ("DEF", function),
        "ClassDef": ("CLASS", class_),
        "Try": ("TRY", attempt), "TryStar": ("TRY", attempt),
        "Pass": ("PASS", lambda d, n: None),
        "Break": ("BREAK", lambda d, n: None),
        "Continue": ("CONTINUE", lambda d, n: None),
        "Raise": ("RAISE", lambda d, n: (d.expr(n.exc), d.expr(n.cause))),
        "Assert": ("ASSERT", lambda d, n: (d.expr(n.test), d.expr(n.msg))),
        "Import": ("IMPORT", aliases),
        "ImportFrom": ("FROM", lambda d, n: (
            d.put(n.level), d.name(n.module), d.aliases(n))),
        "Delete": ("DEL", lambda d, n: d.list(n.targets)),
        "Global": ("GLOBAL", lambda d, n: d.put(*n.names)),
        "Nonlocal": ("NONLOCAL", lambda d, n: d.put(*n.names)),
    }

    def stmt(self, node):
        if type(node).__name__ not in self.STMTS:
            self.put("<%d:%d" % (STMT["RT_PY_OPAQUE"], node.lineno), "*",
                     ">")
            return
        kind, parts = self.STMTS[type(node).__name__]
        line = node.lineno
        if getattr(node, "decorator_list", None):
            line = min(line, node.decorator_list[0].lineno)
        self.put("<%d:%d" % (STMT["RT_PY_" + kind], line))
        parts(self, node)
        self.put(">")


def of_python(path):
    with open(path, "rb") as f:
        tree = ast.parse(f.read(), path)
    dump = Dump()
    for node in tree.body:
        dump.stmt(node)
    return dump.out


# A word that may differ: what we leave open, the reason of an opaque
# statement, and the line of a node, which Python 3.11 does not know inside
# of f-strings and counts with brackets in bare tuples.
LINE = re.compile(r"^([<(]\d+):\d+$")


def same(ours, theirs):
    """None, or where they differ."""
    i = 0
    for j, word in enumerate(theirs):
        if i >= len(ours):
            return "ours ends early"
        if word == "*":
            while i < len(ours) and ours[i] != ">":
                i += 1
            continue
        mine = ours[i]
        if mine != word and mine != "?" and word != "?":
            a, b = LINE.match(mine), LINE.match(word)
            if not a or not b or a[1] != b[1] or mine[0] == "<":
                return "%s\nnot %s" % (" ".join(ours[max(0, i - 20):i + 5]),
                                       " ".join(theirs[max(0, j - 20):j + 5]))
        i += 1
    return None if i == len(ours) else "theirs ends early"


def of_ours(paths):
    out = subprocess.run([DUMP] + paths, stdout=subprocess.PIPE, text=True,
                         encoding="utf-8", check=True).stdout
    trees = {}
    for part in ("\n" + out).split("\nFILE ")[1:]:
        path, _, tree = part.partition("\n")
        trees[path] = tree.split()
    return trees


# Files that differ in what an editor does not show.
BYTES = {
    "crlf": b'a = 1\r\nif a:\r\n    b = """x\r\ny"""\r\n\r\n'
            b'    c = (1,\r\n 2)\r\n',
    "cr": b"a = 1\rif a:\r    b = 2\r",
    "bom": b'\xef\xbb\xbfa = "\xc3\xa4"\n',
    "latin1": b'# -*- coding: latin-1 -*-\n'
              b'a = "\xe4", f"\xe4{a}\xe4", "\\x41"',
    "empty": b"",
    "comment": b"# only a comment",
    "no_final": b'"""\nDoc\n"""\nif a:\n  pass\n  # x\n# y\n\n\t\n  b',
    "form_feed": b"if a:\n  b\n\x0c\n\x0cc\n  \x0cd = 1\n",
    "tabs": b"if a:\n\tb\n\tif d:\n\t  e\n\tf\n",
}


def write_samples(folder):
    paths = []
    for name, data in BYTES.items():
        paths.append(os.path.join(folder, name + ".py"))
        with open(paths[-1], "wb") as f:
            f.write(data)
    return paths


def main():
    samples = sorted(glob.glob(os.path.join(top, "tests", "python",
                                            "samples", "*.py")))
    with tempfile.TemporaryDirectory() as folder:
        compare(samples + write_samples(folder))
    compare_library()
    tap.done()


def compare(samples):
    for path, tree in of_ours(samples).items():
        tap.ok(not (why := same(tree, of_python(path))),
               "the tree of " + os.path.basename(path), why)


def compare_library():
    library = sysconfig.get_paths()["stdlib"]
    modules = sorted(glob.glob(os.path.join(library, "*.py")) +
                     glob.glob(os.path.join(library, "*", "*.py")))
    modules = [m for m in modules if "site-packages" not in m and
               "dist-packages" not in m and "lib2to3" not in m]
    wrong = []
    for path, tree in of_ours(modules).items():
        try:
            theirs = of_python(path)
        except (SyntaxError, ValueError):
            continue
        why = same(tree, theirs)
        if why:
            wrong.append(path + ": " + why)
    tap.ok(not wrong, "the trees of %d modules" % len(modules),
           "\n".join(wrong[:5]))


main()
