# SPDX-License-Identifier: MIT
"""One revision as Alembic's file, in each of the forms that real projects
have: FORMS names them, write() makes the bytes."""


def docstring(node, quote='"""'):
    revision, down, depends_on, labels, stem = node[:5]
    return (f"{quote}{stem}\n\nRevision ID: {revision}\n"
            f"Revises: {', '.join(down)}\n"
            f"Create Date: 2026-01-02 03:04:05.678901\n\n{quote}\n")


def value(names, one=repr):
    """None, a string or a tuple of them, as Alembic's template has it."""
    if not names:
        return "None"
    if len(names) == 1:
        return one(names[0])
    return "(" + ", ".join(map(one, names)) + ")"


# Assignments that are none of the module's.
FUNCTIONS = """

def upgrade():
    revision = 'local'
    x = '''
down_revision = "in a string"
'''
    return (
revision)


def downgrade() -> None:
    pass
"""


def assignments(node, template="{name} = {value}\n", one=repr, many=value):
    values = zip(["revision", "down_revision", "branch_labels", "depends_on"],
                 [one(node[0]), many(node[1], one), many(node[3], one),
                  many(node[2], one)])
    return "".join(template.format(name=name, value=text)
                   for name, text in values)


def bracketed(left, right):
    def many(names, one=repr):
        return left + "".join(one(n) + ", " for n in names) + right
    return many


def halves(text, between="' + '"):
    return "'" + text[:3] + between + text[3:] + "'"


def form_plain(node):
    return docstring(node) + "\nfrom alembic import op\n" \
        "import sqlalchemy as sa\n\n" + assignments(node) + FUNCTIONS


def form_annotated(node):
    return docstring(node) + "from typing import Sequence, Union\n" + \
        assignments(node, "{name}: Union[str, Sequence[str], None] = "
                          "{value}\n") + FUNCTIONS


def form_short(node):
    """What is None is not written, and a list is one."""
    text = f'"""{node[4]}"""\nrevision = u"{node[0]}"\n' \
        f"down_revision: str | None = {value(node[1])}\n"
    if node[2]:
        text += f"depends_on = {list(node[2])!r}\n"
    if node[3]:
        text += f"branch_labels = {{{', '.join(map(repr, node[3]))}}}\n"
    return text


def form_lists(node):
    return docstring(node, "'''") + \
        assignments(node, many=bracketed("[", "]")) + FUNCTIONS


def form_tuples(node):
    return docstring(node) + \
        assignments(node, many=bracketed("(\n    ", ")")).replace(
            "(\n    )", "()") + FUNCTIONS


def form_calls(node):
    return docstring(node) + \
        assignments(node, many=bracketed("tuple([", "])")) + FUNCTIONS


def form_concatenated(node):
    return docstring(node) + assignments(node, one=halves) + FUNCTIONS


def form_implicit(node):
    return docstring(node) + \
        assignments(node, one=lambda t: "(" + halves(t, "'\n  r'") + ")") + \
        FUNCTIONS


def form_f_strings(node):
    return docstring(node) + "part = ''\n" + assignments(
        node, one=lambda t: "f'" + t[:2] + "{part}" + t[2:] + "'") + FUNCTIONS


def form_names(node):
    """Names bound above, and again below."""
    names = [node[0]] + node[1] + node[2] + node[3]
    bound = {n: f"n{i}" for i, n in enumerate(dict.fromkeys(names))}
    return docstring(node) + "".join(
        f"{name} = '{text}'\n" for text, name in bound.items()) + \
        assignments(node, one=bound.get) + "n0 = 'other'\n" + FUNCTIONS


def form_last_wins(node):
    return docstring(node) + "revision = down_revision = 'wrong'\n" + \
        FUNCTIONS + "\nif __name__ == 'x':\n    y = 1\n" + assignments(node)


def form_added(node):
    def many(names, one=repr):
        return " + ".join(["()"] + [f"({one(n)},)" for n in names])
    return docstring(node) + assignments(node, many=many) + FUNCTIONS


def form_unpacked(node):
    return docstring(node) + "(revision, down_revision), depends_on = " \
        f"({node[0]!r}, {value(node[1])}), {value(node[2])}; " \
        f"branch_labels = \\\n  {value(node[3])}\n" + FUNCTIONS


def form_latin1(node):
    return "# -*- coding: latin-1 -*-\n" + docstring(node) + \
        assignments(node) + "name = 'M\xfcller'\n" + FUNCTIONS


def form_bom(node):
    return "\ufeff" + form_annotated(node)


def form_crlf(node):
    return form_tuples(node).replace("\n", "\r\n")


def form_no_final_newline(node):
    return form_last_wins(node).rstrip("\n")


FORMS = {name[5:]: function for name, function in list(globals().items())
         if name.startswith("form_")}


def write(node, form):
    return FORMS[form](node).encode("latin-1" if form == "latin1"
                                    else "utf-8")
