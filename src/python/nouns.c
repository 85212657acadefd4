/* SPDX-License-Identifier: MIT */
/* What a node is, in messages. */
#include "config.h"

#include "python/parse.h"

static const char *const expressions[] = {
	[RT_PY_NAME] = "a name",
	[RT_PY_NUMBER] = "a number",
	[RT_PY_STRING] = "a string",
	[RT_PY_FSTRING] = "an f-string",
	[RT_PY_FORMATTED] = "a field of an f-string",
	[RT_PY_TRUE] = "True",
	[RT_PY_FALSE] = "False",
	[RT_PY_NONE] = "None",
	[RT_PY_ELLIPSIS] = "an ellipsis",
	[RT_PY_UNARY] = "a sign",
	[RT_PY_BINARY] = "an operator",
	[RT_PY_BOOL] = "an `and` or `or`",
	[RT_PY_COMPARE] = "a comparison",
	[RT_PY_COND] = "a conditional expression",
	[RT_PY_LAMBDA] = "a lambda",
	[RT_PY_CALL] = "a call",
	[RT_PY_ATTRIBUTE] = "an attribute",
	[RT_PY_SUBSCRIPT] = "a subscript",
	[RT_PY_SLICE] = "a slice",
	[RT_PY_TUPLE] = "a tuple",
	[RT_PY_LIST] = "a list",
	[RT_PY_SET] = "a set",
	[RT_PY_DICT] = "a dict",
	[RT_PY_LISTCOMP] = "a list comprehension",
	[RT_PY_SETCOMP] = "a set comprehension",
	[RT_PY_DICTCOMP] = "a dict comprehension",
	[RT_PY_GENERATOR] = "a generator",
	[RT_PY_STARRED] = "a starred expression",
	[RT_PY_WALRUS] = "a `:=`",
	[RT_PY_AWAIT] = "an `await`",
	[RT_PY_YIELD] = "a `yield`",
};

static const char *const statements[] = {
	[RT_PY_EXPR] = "an expression",
	[RT_PY_ASSIGN] = "an assignment",
	[RT_PY_ANNASSIGN] = "an assignment",
	[RT_PY_AUGASSIGN] = "an augmented assignment",
	[RT_PY_IF] = "an `if`",
	[RT_PY_FOR] = "a `for` loop",
	[RT_PY_WHILE] = "a `while` loop",
	[RT_PY_WITH] = "a `with` block",
	[RT_PY_DEF] = "a function",
	[RT_PY_CLASS] = "a class",
	[RT_PY_TRY] = "a `try` block",
	[RT_PY_RETURN] = "a `return`",
	[RT_PY_PASS] = "a `pass`",
	[RT_PY_BREAK] = "a `break`",
	[RT_PY_CONTINUE] = "a `continue`",
	[RT_PY_RAISE] = "a `raise`",
	[RT_PY_ASSERT] = "an `assert`",
	[RT_PY_IMPORT] = "an import",
	[RT_PY_FROM] = "an import",
	[RT_PY_DEL] = "a `del`",
	[RT_PY_GLOBAL] = "a `global`",
	[RT_PY_NONLOCAL] = "a `nonlocal`",
	[RT_PY_OPAQUE] = "a statement that cannot be read",
};

const char *rt_py_expr_noun(rt_py_expr_kind kind)
{
	return expressions[kind];
}

const char *rt_py_stmt_noun(rt_py_stmt_kind kind)
{
	return statements[kind];
}
