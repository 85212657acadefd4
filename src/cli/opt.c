/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/opt.h"

#include <string.h>

#include "base/err.h"
#include "base/nearest.h"
#include "base/sv.h"

typedef struct reader {
	rt_args *args;
	int argc;
	char **argv;
	int at;
	const rt_opt *const *tables;
	size_t n;
} reader;

void rt_args_free(rt_args *args)
{
	rt_vec_free(&args->given);
	rt_vec_free(&args->operands);
}

static const rt_opt *find_letter(const reader *r, char letter)
{
	const rt_opt *opt;
	size_t i;

	for (i = 0; i < r->n; i++)
		for (opt = r->tables[i]; opt && opt->name; opt++)
			if (opt->letter == letter)
				return opt;
	return NULL;
}

static int unknown_long(const reader *r, rt_sv name, retort_error *err);

/* Two tables may have an option of the same name: the first one counts. */
static bool same_name(const rt_opt *a, const rt_opt *b)
{
	return a && strcmp(a->name, b->name) == 0;
}

/* By its whole name, else by a beginning that no other option has. */
static int find_long(const reader *r, rt_sv name, const rt_opt **found,
		     retort_error *err)
{
	const rt_opt *opt, *other = NULL;
	size_t i;

	*found = NULL;
	for (i = 0; i < r->n; i++)
		for (opt = r->tables[i]; opt && opt->name; opt++) {
			rt_sv full = rt_sv_from(opt->name);

			if (rt_sv_eq(full, name)) {
				*found = opt;
				return 0;
			}
			if (!rt_sv_eq(rt_sv_sub(full, 0, name.n), name) ||
			    same_name(*found, opt))
				continue;
			if (*found)
				other = opt;
			else
				*found = opt;
		}
	if (!*found)
		return unknown_long(r, name, err);
	if (other)
		return rt_err_set(err, RETORT_EUSAGE,
				  "option --%.*s is ambiguous: it could be "
				  "--%s or --%s",
				  (int)name.n, name.p, (*found)->name,
				  other->name);
	return 0;
}

static const char *nth_name(size_t i, const void *self)
{
	const reader *r = self;
	const rt_opt *opt;
	size_t t;

	for (t = 0; t < r->n; t++)
		for (opt = r->tables[t]; opt && opt->name; opt++)
			if (i-- == 0)
				return opt->name;
	return NULL;
}

static int unknown_long(const reader *r, rt_sv name, retort_error *err)
{
	const char *near = rt_nearest(name, nth_name, r);

	if (near)
		rt_err_field(err, RETORT_ERROR_NEXT, "did you mean --%s?",
			     near);
	return rt_err_set(err, RETORT_EUSAGE, "unknown option --%.*s",
			  (int)name.n, name.p);
}

static bool is_choice(const char *choices, const char *value)
{
	rt_sv rest = rt_sv_from(choices), choice;

	while (rt_sv_split(&rest, '|', &choice))
		if (rt_sv_is(choice, value))
			return true;
	return false;
}

static int add(reader *r, const rt_opt *opt, const char *value,
	       retort_error *err)
{
	rt_arg arg = { opt, value };

	if (value && opt->choices && !is_choice(opt->choices, value))
		return rt_err_set(err, RETORT_EUSAGE,
				  "--%s cannot be '%s': it is one of %s",
				  opt->name, value, opt->choices);
	rt_vec_push(&r->args->given, arg);
	return 0;
}

/* The value is the next argument, whatever it looks like. */
static int add_with_next(reader *r, const rt_opt *opt, retort_error *err)
{
	if (r->at == r->argc)
		return rt_err_set(err, RETORT_EUSAGE,
				  "option --%s wants a value: %s", opt->name,
				  opt->arg);
	return add(r, opt, r->argv[r->at++], err);
}

static int read_long(reader *r, const char *text, retort_error *err)
{
	rt_sv all = rt_sv_from(text), name;
	const rt_opt *opt;
	int rc;

	name = rt_sv_sub(all, 0, rt_sv_find(all, '='));
	rc = find_long(r, name, &opt, err);
	if (rc)
		return rc;
	if (name.n == all.n)
		return opt->arg ? add_with_next(r, opt, err) :
				  add(r, opt, NULL, err);
	if (!opt->arg)
		return rt_err_set(err, RETORT_EUSAGE,
				  "option --%s takes no value", opt->name);
	return add(r, opt, text + name.n + 1, err);
}

static int read_letters(reader *r, const char *text, retort_error *err)
{
	const rt_opt *opt;
	int rc = 0;

	for (; *text && rc == 0; text++) {
		opt = find_letter(r, *text);
		if (!opt)
			return rt_err_set(err, RETORT_EUSAGE,
					  "unknown option -%c", *text);
		if (opt->arg && text[1]) /* -ovalue, -o=value */
			return add(r, opt, text + 1 + (text[1] == '='), err);
		rc = opt->arg ? add_with_next(r, opt, err) :
				add(r, opt, NULL, err);
	}
	return rc;
}

static bool is_operand(const char *text)
{
	return text[0] != '-' || !text[1] ||
	       (text[1] >= '0' && text[1] <= '9');
}

int rt_args_read(rt_args *args, int argc, char **argv, int *at,
		 const rt_opt *const *tables, size_t n, bool one,
		 retort_error *err)
{
	reader r = { args, argc, argv, *at, tables, n };
	int rc = 0;

	while (rc == 0 && r.at < argc) {
		const char *text = argv[r.at++];

		if (args->ended || is_operand(text)) {
			rt_vec_push(&args->operands, text);
			if (one)
				break;
		} else if (strcmp(text, "--") == 0) {
			args->ended = true;
		} else if (text[1] == '-') {
			rc = read_long(&r, text + 2, err);
		} else {
			rc = read_letters(&r, text + 1, err);
		}
	}
	*at = r.at;
	return rc;
}

bool rt_args_has(const rt_args *args, const char *name)
{
	size_t i;

	for (i = 0; i < args->given.n; i++)
		if (strcmp(args->given.v[i].opt->name, name) == 0)
			return true;
	return false;
}

const char *rt_args_value(const rt_args *args, const char *name)
{
	size_t i = args->given.n;

	while (i-- > 0)
		if (strcmp(args->given.v[i].opt->name, name) == 0)
			return args->given.v[i].value;
	return NULL;
}

void rt_args_values(const rt_args *args, const char *name, rt_arg_list *out)
{
	size_t i;

	for (i = 0; i < args->given.n; i++)
		if (strcmp(args->given.v[i].opt->name, name) == 0)
			rt_vec_push(out, args->given.v[i].value);
}
