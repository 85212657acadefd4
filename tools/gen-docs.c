/* SPDX-License-Identifier: MIT */
/*
 * Manual pages from the tables of the program.
 *
 *     gen-docs PAGE.in > PAGE
 *
 * copies a page and puts the text of a table (mdoc) in place of each line
 * that is @COMMANDS@, @KEYS@, @OPTIONS@ or @SETTINGS@.
 */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <retort/project.h>

#include "cli/cmd.h"
#include "tui/keys/action.h"

enum { WIDTH = 70 };

/* One character of running text; a `.` or `'` must not begin a line. */
static void put_character(char c, bool first)
{
	if (c == '\\')
		printf("\\e");
	else if (c == '-')
		printf("\\-");
	else if (first && (c == '.' || c == '\''))
		printf("\\&%c", c);
	else
		putchar(c);
}

/* Text of a table as mdoc: a sentence begins a line, long ones are folded. */
static void put_text(const char *text)
{
	size_t word, column = 0;
	char before = '\0';

	while (*text) {
		size_t i;

		if (text[0] == '\n' && text[1] == '\n') {
			printf("\n.Pp\n");
			text += 2;
			column = 0;
			continue;
		}
		word = strcspn(text, " \n");
		if (column && (before == '.' || column + word > WIDTH)) {
			putchar('\n');
			column = 0;
		}
		if (column)
			column += (size_t)printf(" ");
		for (i = 0; i < word; i++)
			put_character(text[i], i == 0);
		column += word;
		before = word ? text[word - 1] : '\0';
		text += word + (text[word] == ' ');
	}
}

static void put_options(const rt_opt *opt)
{
	for (; opt && opt->name; opt++) {
		printf(".It ");
		if (opt->letter)
			printf("Fl %c , ", opt->letter);
		printf("Fl \\-%s", opt->name);
		if (opt->arg)
			printf(" Ar %s", opt->arg);
		printf("\n");
		put_text(opt->help);
		if (opt->choices) {
			printf("\n(");
			put_text(opt->choices);
			printf(")");
		}
		printf(".\n");
	}
}

static void put_all_options(void)
{
	printf(".Bl -tag -width Ds\n");
	put_options(rt_global_options);
	printf(".El\n");
}

static void put_aliases(const rt_cmd *cmd)
{
	const rt_alias *alias;

	for (alias = cmd->aliases; alias && alias->name; alias++) {
		printf(".Pp\nAlso called\n.Cm %s", alias->name);
		if (alias->operand) {
			printf(" ;\nalone it means\n.Cm %s ", cmd->name);
			put_text(alias->operand);
		}
		printf(" .\n");
	}
}

static void put_command(const rt_cmd *cmd)
{
	printf(".It Cm %s", cmd->name);
	if (cmd->options)
		printf(" Op Ar option ...");
	if (*cmd->operands)
		printf(" Ar %s", cmd->operands);
	printf("\n");
	put_text(cmd->help);
	printf("\n");
	put_aliases(cmd);
	if (cmd->options) {
		printf(".Bl -tag -width Ds\n");
		put_options(cmd->options);
		printf(".El\n");
	}
}

static void put_all_commands(void)
{
	const rt_cmd *const *cmds;
	size_t n, i;
	int group;

	cmds = rt_cmds(&n);
	for (group = 0; group < (int)RT_GROUP_COUNT; group++) {
		printf(".Ss %s\n.Bl -tag -width Ds\n",
		       rt_group_title((rt_cmd_group)group));
		for (i = 0; i < n; i++)
			if ((int)cmds[i]->group == group)
				put_command(cmds[i]);
		printf(".El\n");
	}
}

static void put_all_settings(void)
{
	const retort_setting *settings;
	size_t n, i;

	settings = retort_settings(&n);
	printf(".Bl -tag -width Ds\n");
	for (i = 0; i < n; i++) {
		const retort_setting *s = &settings[i];

		printf(".It Va %s Pq ", s->name);
		put_text(s->type);
		printf("\n");
		put_text(s->help);
		printf("\n");
		if (s->fallback) {
			printf("Default:\n.Dl ");
			put_text(s->fallback);
			printf("\n");
		}
	}
	printf(".El\n");
}

/* A key as an argument of mdoc: none of its signs may mean something else. */
static void put_key(const char *key, size_t n)
{
	static const struct {
		char c;
		const char *name;
	} special[] = {
		{ '\\', "\\e" },  { '-', "\\-" },   { '"', "\\(dq" },
		{ '~', "\\(ti" }, { '^', "\\(ha" }, { '`', "\\(ga" },
		{ '\'', "\\(aq" },
	};
	size_t i, k;

	printf(" Li \\&");
	for (i = 0; i < n; i++) {
		for (k = 0; k < sizeof(special) / sizeof(special[0]); k++)
			if (special[k].c == key[i])
				break;
		if (k < sizeof(special) / sizeof(special[0]))
			fputs(special[k].name, stdout);
		else
			putchar(key[i]);
	}
}

static void put_action(const rt_action_info *info)
{
	const char *key = info->keys;
	size_t n;

	printf(".It");
	while (*key) {
		n = strcspn(key, " ");
		put_key(key, n);
		key += n;
		key += *key == ' ';
		if (*key)
			printf(" ,");
	}
	printf("%s Pq ", *info->keys ? "" : " no key");
	put_text(info->name);
	printf("\n");
	put_text(info->help);
	printf("\n");
}

/* The actions of one context; the console need not be built for this. */
static void put_context(rt_context context, const char *title)
{
	static const rt_action_info infos[] = {
#define ROW(id, name, context, argument, keys, hint, help)                    \
		{ RT_ACTION_##id, name, RT_CONTEXT_##context,                 \
		  RT_ARG_##argument, keys, hint, help },
		RT_ACTIONS(ROW)
#undef ROW
	};
	bool any = false;
	size_t i;

	for (i = 0; i < sizeof(infos) / sizeof(infos[0]); i++) {
		if (infos[i].context != context)
			continue;
		if (!any)
			printf(".Ss %s\n.Bl -tag -width Ds -compact\n", title);
		any = true;
		put_action(&infos[i]);
	}
	if (any)
		printf(".El\n");
}

static void put_all_keys(void)
{
	static const char *const titles[] = {
#define TITLE(id, name, head) head,
		RT_CONTEXTS(TITLE)
#undef TITLE
	};
	int i;

	for (i = 0; i < (int)RT_CONTEXT_COUNT; i++)
		put_context((rt_context)i, titles[i]);
}

static const struct part {
	const char *line;
	void (*put)(void);
} parts[] = {
	{ "@COMMANDS@\n", put_all_commands },
	{ "@KEYS@\n", put_all_keys },
	{ "@OPTIONS@\n", put_all_options },
	{ "@SETTINGS@\n", put_all_settings },
};

static void put_line(const char *line)
{
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(parts[i].line, line) == 0) {
			parts[i].put();
			return;
		}
	fputs(line, stdout);
}

int main(int argc, char **argv)
{
	char line[1024];
	FILE *in;

	in = argc == 2 ? fopen(argv[1], "r") : NULL;
	if (!in) {
		fprintf(stderr, "usage: gen-docs PAGE.in\n");
		return 2;
	}
	while (fgets(line, sizeof(line), in))
		put_line(line);
	fclose(in);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
