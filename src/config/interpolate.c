/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "config/interpolate.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"

enum {
	DEPTH_LIMIT = 10,     /* as deep as configparser goes */
	INSERT_LIMIT = 10000, /* values of nothing but references to empty
				 values would take for ever without growing */
};

typedef struct expansion {
	const rt_interpolation *from;
	int inserted;
	retort_error *err;
} expansion;

static int check_size(const expansion *x, const rt_str *out)
{
	if (out->n > RT_INTERPOLATE_LIMIT)
		return rt_err_set(x->err, RETORT_ECONFIG,
				  "the value is longer than %zu KiB",
				  RT_INTERPOLATE_LIMIT >> 10);
	if (x->inserted > INSERT_LIMIT)
		return rt_err_set(x->err, RETORT_ECONFIG,
				  "the value is made from more than %d others",
				  INSERT_LIMIT);
	return 0;
}

static int insert_keys(expansion *x, const char *raw, int depth, rt_str *out);

/* What %(name)s stands for. */
static int insert_key(expansion *x, rt_sv name, int depth, rt_str *out)
{
	char *key = rt_strndup(name.p, name.n), *p;
	bool literal = false;
	const char *value;
	int rc = 0;

	for (p = key; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	x->inserted++;
	value = x->from->key(x->from->self, key, &literal);
	if (!value)
		rc = rt_err_set(x->err, RETORT_ECONFIG,
				"no key '%s' for %%(%s)s", key, key);
	else if (literal)
		rt_str_add(out, value);
	else if (depth >= DEPTH_LIMIT)
		rc = rt_err_set(x->err, RETORT_ECONFIG,
				"%%(%s)s goes in a circle", key);
	else
		rc = insert_keys(x, value, depth + 1, out);
	free(key);
	return rc ? rc : check_size(x, out);
}

/* Configparser's pass: %(key)s and %%. */
static int insert_keys(expansion *x, const char *raw, int depth, rt_str *out)
{
	const char *percent, *end;
	int rc;

	for (; (percent = strchr(raw, '%')) != NULL; raw = end) {
		rt_str_addn(out, raw, (size_t)(percent - raw));
		if (percent[1] == '%') {
			rt_str_addc(out, '%');
			end = percent + 2;
			continue;
		}
		end = percent[1] == '(' ? strstr(percent, ")s") : NULL;
		if (!end) {
			rt_err_set(x->err, RETORT_ECONFIG,
				   "a %% must be followed by %% or (key)s");
			rt_err_field(x->err, RETORT_ERROR_NEXT,
				     "write %%%% for a percent sign");
			return RETORT_ECONFIG;
		}
		rc = insert_key(x,
				(rt_sv){ percent + 2,
					 (size_t)(end - percent) - 2 },
				depth, out);
		if (rc)
			return rc;
		end += 2;
	}
	rt_str_add(out, raw);
	return check_size(x, out);
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* The `}` that closes the `{` in front of s; NULL if there is none. */
static const char *closing(const char *s)
{
	int depth = 1;

	for (; *s; s++) {
		if (s[0] == '$' && s[1] == '{') {
			depth++;
			s++;
		} else if (*s == '}' && --depth == 0) {
			return s;
		}
	}
	return NULL;
}

static int insert_variables(expansion *x, const char *raw, int depth,
			    rt_str *out);

static int unset(rt_sv name, retort_error *err)
{
	rt_err_set(err, RETORT_ECONFIG, "variable %.*s is not set",
		   (int)name.n, name.p);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "set %.*s in the environment or in .env beside the "
		     "project file, or write ${%.*s:-default}",
		     (int)name.n, name.p, (int)name.n, name.p);
	return RETORT_ECONFIG;
}

/* What ${text} stands for, where end is its `}`. */
static int insert_variable(expansion *x, const char *text, const char *end,
			   int depth, rt_str *out)
{
	const char *value = NULL, *fallback = NULL;
	rt_sv name = { text, 0 };
	bool literal = false, or_empty;
	char *copy;
	int rc;

	while (is_name_char(text[name.n]))
		name.n++;
	or_empty = text[name.n] == ':';
	if (text[name.n + or_empty] == '-')
		fallback = text + name.n + or_empty + 1;
	if (!name.n || name.n > 1000 || (!fallback && text + name.n != end))
		return rt_err_set(x->err, RETORT_ECONFIG,
				  "a variable is written ${NAME} or "
				  "${NAME:-default}");
	x->inserted++;
	rc = x->from->variable(x->from->self, name, &value, &literal, x->err);
	if (rc)
		return rc;
	if (fallback && (!value || (or_empty && !*value))) {
		copy = rt_strndup(fallback, (size_t)(end - fallback));
		rc = insert_variables(x, copy, depth + 1, out);
		free(copy);
		return rc;
	}
	if (!value)
		return unset(name, x->err);
	if (!literal)
		return insert_variables(x, value, depth + 1, out);
	rt_str_add(out, value);
	return check_size(x, out);
}

static int insert_variables(expansion *x, const char *raw, int depth,
			    rt_str *out)
{
	const char *dollar, *end;
	int rc;

	if (depth > DEPTH_LIMIT)
		return rt_err_set(x->err, RETORT_ECONFIG,
				  "variables that insert each other in a "
				  "circle");
	for (; (dollar = strstr(raw, "${")) != NULL; raw = end + 1) {
		rt_str_addn(out, raw, (size_t)(dollar - raw));
		end = dollar + 1;
		if (dollar > raw && dollar[-1] == '$') {
			rt_str_addc(out, '{'); /* the `$` is there already */
			continue;
		}
		end = closing(dollar + 2);
		if (!end)
			return rt_err_set(x->err, RETORT_ECONFIG,
					  "a ${ without its }");
		rc = insert_variable(x, dollar + 2, end, depth, out);
		if (rc)
			return rc;
	}
	rt_str_add(out, raw);
	return check_size(x, out);
}

int rt_interpolate(const rt_interpolation *from, const char *raw, rt_str *out,
		   retort_error *err)
{
	expansion x = { from, 0, err };
	rt_str plain = RT_STR_INIT;
	int rc = insert_keys(&x, raw, 0, &plain);

	if (!rc)
		rc = insert_variables(&x, plain.p, 0, out);
	rt_str_free(&plain);
	return rc;
}

int rt_interpolate_keys(const rt_interpolation *from, const char *raw,
			rt_str *out, retort_error *err)
{
	expansion x = { from, 0, err };

	return insert_keys(&x, raw, 0, out);
}
