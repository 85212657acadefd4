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

const char *rt_py_expr_noun(rt_py_expr_kind kind)
{
	return expressions[kind];
}
