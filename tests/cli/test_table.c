/* SPDX-License-Identifier: MIT */
/* The table of commands: sorted, unique, complete, and in the manual. */
#include "support/rt_test.h"

#include <stdio.h>

#include "base/fs.h"
#include "cli/cmd.h"

static char *page(void)
{
	const char *top = getenv("top_srcdir");
	rt_str path = RT_STR_INIT, text = RT_STR_INIT;
	retort_error err = RETORT_ERROR_INIT;

	rt_str_addf(&path, "%s/man/retort.1", top ? top : ".");
	rt_assert_ok(rt_fs_read(path.p, RT_FS_LIMIT, &text, &err), &err);
	rt_str_free(&path);
	return rt_str_take(&text);
}

static void assert_mentions(const char *text, const char *format,
			    const char *name)
{
	rt_str wanted = RT_STR_INIT;

	rt_str_add(&wanted, format);
	rt_str_add(&wanted, name);
	if (!strstr(text, wanted.p))
		fail_msg("man/retort.1 does not say \"%s\": make docs",
			 wanted.p);
	rt_str_free(&wanted);
}

static void commands_are_sorted(void **state)
{
	const rt_cmd *const *cmds;
	size_t n, i;

	(void)state;
	cmds = rt_cmds(&n);
	for (i = 1; i < n; i++)
		assert_true(strcmp(cmds[i - 1]->name, cmds[i]->name) < 0);
}

static void commands_are_complete(void **state)
{
	const rt_cmd *const *cmds;
	size_t n, i;

	(void)state;
	cmds = rt_cmds(&n);
	for (i = 0; i < n; i++) {
		const rt_cmd *c = cmds[i];

		assert_non_null(c->run);
		assert_true(strlen(c->summary) > 0 &&
			    strlen(c->summary) <= 50);
		assert_true(c->summary[strlen(c->summary) - 1] != '.');
		assert_true(strlen(c->help) > 0);
		/* What --json prints is documented. */
		if (c->flags & RT_CMD_JSON)
			assert_true(strstr(c->help, "As JSON") ||
				    strstr(c->help, "as JSON"));
		assert_true(c->min_operands <= c->max_operands);
		assert_int_equal(c->max_operands > 0, *c->operands != '\0');
		assert_int_equal(c->max_operands > 0,
				 c->complete != RT_OPERAND_NONE);
	}
}

static void names_and_aliases_find_their_command(void **state)
{
	const rt_cmd *const *cmds, *found;
	const rt_alias *alias, *matched;
	size_t n, i;

	(void)state;
	cmds = rt_cmds(&n);
	for (i = 0; i < n; i++) {
		assert_int_equal(
			rt_cmd_find(cmds[i]->name, &found, &matched, NULL), 0);
		assert_ptr_equal(found, cmds[i]);
		assert_null(matched);
		for (alias = cmds[i]->aliases; alias && alias->name; alias++) {
			assert_int_equal(rt_cmd_find(alias->name, &found,
						     &matched, NULL),
					 0);
			assert_ptr_equal(found, cmds[i]);
			assert_ptr_equal(matched, alias);
		}
	}
	assert_int_equal(rt_cmd_find("", &found, &matched, NULL),
			 RETORT_EUSAGE);
}

/* No option stands in a table twice; its help is a line without full stop. */
static void check_options(const rt_opt *options)
{
	const rt_opt *a, *b;

	for (a = options; a && a->name; a++) {
		assert_true(strlen(a->help) > 0);
		assert_true(a->help[strlen(a->help) - 1] != '.');
		assert_true(!a->choices || a->arg);
		for (b = a + 1; b->name; b++) {
			assert_string_not_equal(a->name, b->name);
			assert_true(!a->letter || a->letter != b->letter);
		}
	}
}

static bool is_global(const char *name)
{
	const rt_opt *opt;

	for (opt = rt_global_options; opt->name; opt++)
		if (strcmp(opt->name, name) == 0)
			return true;
	return false;
}

static void options_are_unique(void **state)
{
	const rt_cmd *const *cmds;
	const rt_opt *opt;
	size_t n, i;

	(void)state;
	check_options(rt_global_options);
	cmds = rt_cmds(&n);
	for (i = 0; i < n; i++) {
		check_options(cmds[i]->options);
		/* A command may take a global letter, but not a name. */
		for (opt = cmds[i]->options; opt && opt->name; opt++)
			assert_false(is_global(opt->name));
	}
}

static void the_manual_has_them_all(void **state)
{
	const rt_cmd *const *cmds;
	const rt_alias *alias;
	const rt_opt *opt;
	char *text = page();
	size_t n, i;

	(void)state;
	for (opt = rt_global_options; opt->name; opt++)
		assert_mentions(text, "Fl \\-", opt->name);
	cmds = rt_cmds(&n);
	for (i = 0; i < n; i++) {
		assert_mentions(text, ".It Cm ", cmds[i]->name);
		for (opt = cmds[i]->options; opt && opt->name; opt++)
			assert_mentions(text, "Fl \\-", opt->name);
		for (alias = cmds[i]->aliases; alias && alias->name; alias++)
			assert_mentions(text, ".Cm ", alias->name);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_are_sorted),
		cmocka_unit_test(commands_are_complete),
		cmocka_unit_test(names_and_aliases_find_their_command),
		cmocka_unit_test(options_are_unique),
		cmocka_unit_test(the_manual_has_them_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
