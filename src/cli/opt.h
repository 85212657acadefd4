/* SPDX-License-Identifier: MIT */
/*
 * Options, declared in tables.  The tables feed the parser, the help, the
 * man page, the completion and a test.
 *
 * The grammar is argparse's, as Alembic's users have it in their fingers:
 * `--opt value`, `--opt=value`, `-o value`, `-ovalue`, `-ab`, a unique
 * beginning of a long name, `--` ends the options.  Two things are easier:
 * global options may stand before or after the command, and an argument that
 * begins with a minus and a digit is an operand (`downgrade -1`), as is
 * whatever follows an option that wants a value (`-r -3:current`).
 */
#ifndef RT_CLI_OPT_H
#define RT_CLI_OPT_H

#include <stdbool.h>

#include <retort/error.h>

#include "base/vec.h"

typedef struct rt_opt {
	const char *name;    /* long name without dashes */
	char letter;         /* 0 = none */
	const char *arg;     /* name of its value; NULL = a flag */
	const char *choices; /* "a|b": what the value may be; NULL = any */
	const char *help;    /* one sentence, no full stop */
} rt_opt;

/* Ends a table. */
#define RT_OPT_END { NULL, 0, NULL, NULL, NULL }

/* One option as given. */
typedef struct rt_arg {
	const rt_opt *opt;
	const char *value; /* NULL for a flag */
} rt_arg;

typedef struct rt_args {
	RT_VEC(rt_arg) given;
	RT_VEC(const char *) operands;
	bool ended;        /* a "--" was met */
} rt_args;

#define RT_ARGS_INIT { RT_VEC_INIT, RT_VEC_INIT, false }

void rt_args_free(rt_args *args);

/*
 * Read arguments.
 *   in:   argv from *at on; tables, n of them, searched in order: a command's
 *         own options hide global ones of the same name or letter
 *         one, whether to stop behind the first operand (the command)
 *   out:  *at, the first argument not read; the texts are borrowed from argv
 *   err:  EUSAGE (unknown or ambiguous option, value missing or not wanted,
 *         not one of the choices)
 */
RETORT_MUST_CHECK int rt_args_read(rt_args *args, int argc, char **argv,
				   int *at, const rt_opt *const *tables,
				   size_t n, bool one, retort_error *err);

/* Whether an option was given; its last value (NULL if never); all values,
 * in order.  The name is the long one. */
bool rt_args_has(const rt_args *args, const char *name);
const char *rt_args_value(const rt_args *args, const char *name);

typedef RT_VEC(const char *) rt_arg_list;
void rt_args_values(const rt_args *args, const char *name, rt_arg_list *out);

#endif
