/* SPDX-License-Identifier: MIT */
/*
 * What migrations use of the standard library: the few functions that can be
 * worked out, and why the others cannot be.
 */
#include "config.h"

#include "python/run.h"

#include <string.h>

static rt_py_value *dedent(rt_py_eval *ev, const rt_py_call *call)
{
	rt_sv rest, line, margin = { NULL, 0 };
	rt_str out = RT_STR_INIT;
	bool any = false;
	size_t i;

	if (call->n != 1 || !rt_py_is_str(call->v[0]))
		return rt_py_bad_call(ev, call, "textwrap.dedent");
	rest = call->v[0]->u.s;
	while (rt_sv_split(&rest, '\n', &line)) {
		for (i = 0; i < line.n; i++)
			if (line.p[i] != ' ' && line.p[i] != '\t')
				break;
		if (i == line.n)
			continue;
		if (!any)
			margin = rt_sv_sub(line, 0, i);
		any = true;
		for (i = 0; i < margin.n && i < line.n; i++)
			if (margin.p[i] != line.p[i])
				break;
		margin.n = i;
	}
	rest = call->v[0]->u.s;
	for (any = false; rt_sv_split(&rest, '\n', &line); any = true) {
		if (any)
			rt_str_addc(&out, '\n');
		for (i = 0; i < line.n; i++)
			if (line.p[i] != ' ' && line.p[i] != '\t')
				break;
		if (i < line.n)
			rt_str_addsv(&out, rt_sv_sub(line, margin.n, line.n));
	}
	return rt_py_text_take(ev, &out);
}

/* ---- json.dumps ---- */

static void json_str(rt_str *out, rt_sv s)
{
	size_t i = 0, k, n;
	unsigned c;

	rt_str_addc(out, '"');
	while (i < s.n) {
		unsigned char b = (unsigned char)s.p[i];

		n = b < 0x80 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
		c = b < 0x80 ? b : b & (0xffu >> (n + 1));
		for (k = 1; k < n && i + k < s.n; k++)
			c = c << 6 | ((unsigned char)s.p[i + k] & 0x3f);
		i += n;
		if (c == '"' || c == '\\')
			rt_str_addf(out, "\\%c", (int)c);
		else if (c == '\n')
			rt_str_add(out, "\\n");
		else if (c == '\r')
			rt_str_add(out, "\\r");
		else if (c == '\t')
			rt_str_add(out, "\\t");
		else if (c >= ' ' && c < 0x7f)
			rt_str_addc(out, (char)c);
		else if (c < 0x10000)
			rt_str_addf(out, "\\u%04x", c);
		else
			rt_str_addf(out, "\\u%04x\\u%04x",
				    0xd800 + ((c - 0x10000) >> 10),
				    0xdc00 + ((c - 0x10000) & 0x3ff));
	}
	rt_str_addc(out, '"');
}

static bool json(rt_py_eval *ev, rt_str *out, rt_py_value *v, int nesting)
{
	static const rt_py_span nowhere = { 0 };
	const rt_py_table *t = &v->u.dict;
	const char *gap = "";
	size_t i;

	if (nesting > 32 || !rt_py_step(ev, 1, &nowhere) ||
	    !rt_py_room(ev, out->n))
		return false;
	switch (v->kind) {
	case RT_PY_V_NONE:
		rt_str_add(out, "null");
		return true;
	case RT_PY_V_BOOL:
		rt_str_add(out, v->u.i ? "true" : "false");
		return true;
	case RT_PY_V_INT:
	case RT_PY_V_FLOAT:
		return rt_py_repr_of(ev, out, v);
	case RT_PY_V_STR:
		json_str(out, v->u.s);
		return rt_py_step(ev, v->u.s.n / 16, &nowhere);
	case RT_PY_V_LIST:
	case RT_PY_V_TUPLE:
		rt_str_addc(out, '[');
		for (i = 0; i < v->u.list.n; i++) {
			rt_str_add(out, i ? ", " : "");
			if (!json(ev, out, v->u.list.v[i], nesting + 1))
				return false;
		}
		rt_str_addc(out, ']');
		return true;
	case RT_PY_V_DICT:
		rt_str_addc(out, '{');
		for (i = 0; i < t->n; i++) {
			if (t->v[i].gone)
				continue;
			if (!rt_py_is_str(t->v[i].key))
				return false;
			rt_str_add(out, gap);
			gap = ", ";
			json_str(out, t->v[i].key->u.s);
			if (!rt_py_step(ev, t->v[i].key->u.s.n / 16,
					&nowhere))
				return false;
			rt_str_add(out, ": ");
			if (!json(ev, out, t->v[i].value, nesting + 1))
				return false;
		}
		rt_str_addc(out, '}');
		return true;
	default:
		return false;
	}
}

static rt_py_value *dumps(rt_py_eval *ev, const rt_py_call *call)
{
	rt_str out = RT_STR_INIT;

	if (call->n == 1 && call->n_kw == 0 &&
	    json(ev, &out, call->v[0], 0))
		return rt_py_text_take(ev, &out);
	rt_str_free(&out);
	return rt_py_bad_call(ev, call, "json.dumps");
}

static rt_py_value *chain(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *out = rt_py_list_new(ev, RT_PY_V_LIST), *list;
	size_t i, k;

	for (i = 0; i < call->n; i++) {
		list = rt_py_iterate(ev, call->v[i], &call->span);
		if (list->kind == RT_PY_V_OPAQUE)
			return list;
		for (k = 0; k < list->u.list.n; k++) {
			if (!rt_py_step(ev, 1, &call->span))
				return ev->stopped;
			rt_py_list_add(ev, out, list->u.list.v[k]);
		}
	}
	return out;
}

/* product(a, b): the last turns fastest. */
static rt_py_value *product(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *out = rt_py_list_new(ev, RT_PY_V_LIST), *next, *list;
	size_t i, j, k, m;

	if (call->n_kw)
		return rt_py_bad_call(ev, call, "itertools.product");
	rt_py_list_add(ev, out, rt_py_list_new(ev, RT_PY_V_TUPLE));
	for (i = 0; i < call->n; i++) {
		list = rt_py_iterate(ev, call->v[i], &call->span);
		if (list->kind == RT_PY_V_OPAQUE)
			return list;
		next = rt_py_list_new(ev, RT_PY_V_LIST);
		for (j = 0; j < out->u.list.n; j++)
			for (k = 0; k < list->u.list.n; k++) {
				rt_py_value *row =
					rt_py_list_new(ev, RT_PY_V_TUPLE);

				if (!rt_py_step(ev, 1 + i, &call->span))
					return ev->stopped;
				for (m = 0; m < i; m++)
					rt_py_list_add(ev, row,
						       out->u.list.v[j]
							       ->u.list.v[m]);
				rt_py_list_add(ev, row, list->u.list.v[k]);
				rt_py_list_add(ev, next, row);
			}
		out = next;
	}
	return out;
}

static rt_py_value *dict(rt_py_eval *ev, const rt_py_call *call)
{
	return rt_py_builtin_find(RT_SV("dict"))->run(ev, call);
}

/* Annotations and the like: the value does not matter. */
static rt_py_value *cast(rt_py_eval *ev, const rt_py_call *call)
{
	return call->n == 2 ? call->v[1] :
			      rt_py_bad_call(ev, call, "typing.cast");
}

typedef struct row {
	const char *path;
	rt_py_value *(*run)(rt_py_eval *ev, const rt_py_call *call);
	const char *why; /* it is not known, instead of run */
} row;

static const row rows[] = {
	{ "collections.OrderedDict", dict, NULL },
	{ "itertools.chain", chain, NULL },
	{ "itertools.product", product, NULL },
	{ "json.dumps", dumps, NULL },
	{ "textwrap.dedent", dedent, NULL },
	{ "typing.cast", cast, NULL },
	{ "datetime.date.today", NULL, "reads the clock" },
	{ "datetime.datetime.now", NULL, "reads the clock" },
	{ "datetime.datetime.today", NULL, "reads the clock" },
	{ "datetime.datetime.utcnow", NULL, "reads the clock" },
	{ "time.time", NULL, "reads the clock" },
	{ "time.perf_counter", NULL, "reads the clock" },
	{ "time.monotonic", NULL, "reads the clock" },
	{ "os.getenv", NULL, "reads the environment" },
	{ "os.environ.get", NULL, "reads the environment" },
	{ "uuid.uuid1", NULL, "makes a random id" },
	{ "uuid.uuid4", NULL, "makes a random id" },
	{ "random.choice", NULL, "is random" },
	{ "random.randint", NULL, "is random" },
	{ "secrets.token_hex", NULL, "is random" },
	{ "secrets.token_urlsafe", NULL, "is random" },
};

rt_py_value *rt_py_stdlib_call(rt_py_eval *ev, rt_sv path,
			       const rt_py_call *call, bool *known)
{
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!rt_sv_is(path, rows[i].path))
			continue;
		*known = true;
		if (rows[i].run)
			return rows[i].run(ev, call);
		return rt_py_opaque(ev, &call->span, 0, "%s", rows[i].why);
	}
	return NULL;
}

rt_py_value *rt_py_stdlib_name(rt_py_eval *ev, rt_sv path)
{
	if (rt_sv_is(path, "typing.TYPE_CHECKING") ||
	    rt_sv_is(path, "typing_extensions.TYPE_CHECKING"))
		return rt_py_bool(ev, false);
	return NULL;
}
