/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/names.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <retort/conflicts.h>
#include <retort/hook.h>

#include "base/err.h"
#include "base/str.h"
#include "ui/conflicttext.h"

/* A report on standard error, where git shows what hooks say. */
static int check(rt_cli *cli, retort_branches *b, const char *ref,
		 const char *onto, const char *advice, retort_error *err)
{
	retort_conflicts_options options = RETORT_CONFLICTS_OPTIONS_INIT;
	retort_conflicts *c;
	size_t found;
	int rc;

	options.ref = ref;
	options.onto = onto;
	rc = retort_conflicts_find(b, &options, &c, err);
	if (rc)
		return rc;
	found = retort_conflicts_serious(c);
	if (found) {
		rt_conflicttext_print(&cli->err, c, NULL);
		rt_cli_say(cli, "%s\n", advice);
	}
	retort_conflicts_free(c);
	return found ? RT_STATUS_FOUND : RT_STATUS_OK;
}

/* --- pre-merge-commit ---------------------------------------------------- */

/* git names what is merged in its environment, and only later in
 * MERGE_HEAD: GITHEAD_<id>=<name>. */
static const char *find_merged(rt_str *id)
{
	static const char prefix[] = "GITHEAD_";
	char *const *e;
	size_t n = sizeof(prefix) - 1;

	for (e = environ; *e; e++)
		if (!strncmp(*e, prefix, n)) {
			rt_str_addn(id, *e + n, strcspn(*e + n, "="));
			return id->p;
		}
	return "MERGE_HEAD";
}

static int run_merge(rt_cli *cli, retort_branches *b, retort_error *err)
{
	rt_str id = RT_STR_INIT;
	int rc = check(cli, b, find_merged(&id), "HEAD",
		       "the merge was not committed: cure it (`retort merge "
		       "heads` joins heads), git add, git commit; or git merge "
		       "--abort", err);

	rt_str_free(&id);
	return rc;
}

/* --- pre-push ------------------------------------------------------------ */

static bool is_zero(rt_sv id)
{
	size_t i;

	for (i = 0; i < id.n && id.p[i] == '0'; i++)
		;
	return i == id.n;
}

/* "refs/heads/main" and "origin/main". */
static bool is_target(rt_sv ref, const char *target)
{
	const char *slash = strchr(target, '/');
	rt_str full = RT_STR_INIT;
	bool is;

	rt_str_addf(&full, "refs/heads/%s", slash ? slash + 1 : target);
	is = rt_sv_eq(ref, rt_str_sv(&full));
	rt_str_free(&full);
	return is;
}

/* LOCAL-REF ID REMOTE-REF ID: what is pushed where. */
static int push_line(rt_cli *cli, retort_branches *b, rt_sv line,
		     retort_error *err)
{
	rt_str local = RT_STR_INIT, remote = RT_STR_INIT;
	rt_sv part[4] = { { NULL, 0 } };
	const char *target, *onto;
	size_t i;
	int rc;

	/* refs and ids have no blanks in them */
	for (i = 0; i < 4; i++)
		if (!rt_sv_split(&line, ' ', &part[i]))
			return 0;
	/* a branch that is deleted, a tag */
	if (is_zero(part[1]) || !rt_sv_starts(part[2], "refs/heads/"))
		return 0;
	/* what is pushed need not be what is checked out */
	if (rt_sv_starts(part[0], "refs/heads/"))
		rt_str_addsv(&local, rt_sv_sub(part[0], strlen("refs/heads/"),
					       part[0].n));
	rc = retort_branches_target(b, local.n ? local.p : NULL, &target,
				    NULL);
	rt_str_clear(&local);
	/* the first push of all has nothing to be in conflict with */
	if (rc) {
		rt_str_free(&local);
		return RT_STATUS_OK;
	}
	rt_str_addsv(&local, part[1]);
	rt_str_addsv(&remote, part[3]);
	onto = is_target(part[2], target) && !is_zero(part[3]) ? remote.p
							       : target;
	rc = check(cli, b, local.p, onto,
		   "nothing was pushed; git push --no-verify pushes all the "
		   "same", err);
	rt_str_free(&local);
	rt_str_free(&remote);
	return rc;
}

static int run_push(rt_cli *cli, retort_branches *b, retort_error *err)
{
	char line[4096];
	int status = RT_STATUS_OK, rc = 0;

	while (rc >= 0 && fgets(line, sizeof(line), stdin)) {
		rc = push_line(cli, b, rt_sv_trim(rt_sv_from(line)), err);
		if (rc > status)
			status = rc;
	}
	return rc < 0 ? rc : status;
}

/* --- post-checkout ------------------------------------------------------- */

/* abc is on feature/x (migrations/abc.sql, Ann, 2026-02-03). */
static void tell_where(rt_cli *cli, retort_branches *b, const char *id)
{
	retort_sightings found = RETORT_SIGHTINGS_INIT;

	if (retort_branches_find(b, id, &found, NULL) || !found.n)
		rt_cli_say(cli, "retort: the database is at %s, which no "
				"branch has\n", id);
	else
		rt_cli_say(cli, "retort: the database is at %s, which is not "
				"checked out: it is on %s (%s, %s, %.10s); "
				"`retort switch HEAD` brings the database "
				"here\n",
			   id, found.v[0].branch, found.v[0].path,
			   found.v[0].author, found.v[0].date);
	retort_sightings_dispose(&found);
}

static void tell_pending(rt_cli *cli, const retort_names *rows)
{
	retort_list heads = RETORT_LIST_INIT;
	size_t i, missing = 0;

	retort_graph_heads(cli->graph, true, &heads);
	for (i = 0; i < heads.n; i++)
		missing += !rt_names_have(rows, heads.v[i]->id);
	if (missing)
		rt_cli_say(cli, "retort: the database is behind the revisions "
				"checked out; `retort upgrade "
				"heads` brings it there\n");
	retort_list_dispose(&heads);
}

/* A checkout has been done: nothing of this is a failure of it. */
static int run_checkout(rt_cli *cli, retort_branches *b, retort_error *err)
{
	rt_arg_list known = RT_VEC_INIT, unknown = RT_VEC_INIT;
	retort_names rows;
	size_t i;

	(void)err;
	if (rt_cli_graph(cli, NULL) || rt_cli_database(cli, false, NULL) ||
	    retort_database_rows(cli->db, &rows, NULL, NULL))
		return RT_STATUS_OK;
	rt_cli_split_rows(cli, &rows, &known, &unknown);
	for (i = 0; i < unknown.n; i++)
		tell_where(cli, b, unknown.v[i]);
	if (!unknown.n && rows.n)
		tell_pending(cli, &rows);
	rt_vec_free(&known);
	rt_vec_free(&unknown);
	return RT_STATUS_OK;
}

/* --- the command --------------------------------------------------------- */

static int run_hook(rt_cli *cli, retort_branches *b, retort_error *err)
{
	static int (*const runs[])(rt_cli *cli, retort_branches *b,
				   retort_error *err) = {
		[RETORT_HOOK_PRE_MERGE_COMMIT] = run_merge,
		[RETORT_HOOK_PRE_PUSH] = run_push,
		[RETORT_HOOK_POST_CHECKOUT] = run_checkout,
	};
	const char *name = rt_cli_operand(cli, 1);
	int i;

	for (i = 0; name && i < (int)RETORT_HOOK_COUNT; i++)
		if (!strcmp(name, retort_hook_name((retort_hook)i)))
			return runs[i](cli, b, err);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "hooks are pre-merge-commit, pre-push and post-checkout");
	return rt_err_set(err, RETORT_EUSAGE,
			  name ? "there is no hook '%s'"
			       : "run wants the name of a hook%s",
			  name ? name : "");
}

static int install(rt_cli *cli, retort_branches *b, retort_error *err)
{
	return retort_hooks_install(b, rt_cli_say_line, cli, err);
}

static int uninstall(rt_cli *cli, retort_branches *b, retort_error *err)
{
	return retort_hooks_uninstall(b, rt_cli_say_line, cli, err);
}

static const struct action {
	const char *word;
	int (*run)(rt_cli *cli, retort_branches *b, retort_error *err);
	bool alone; /* takes no further operand */
} actions[] = {
	{ "install", install, true },
	{ "uninstall", uninstall, true },
	{ "run", run_hook, false },
};

static int run(rt_cli *cli, retort_error *err)
{
	const char *word = rt_cli_operand(cli, 0);
	retort_branches *b = NULL;
	size_t i;
	int rc;

	for (i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (!strcmp(word, actions[i].word))
			break;
	if (i == sizeof(actions) / sizeof(actions[0]) ||
	    (actions[i].alone && cli->args.operands.n > 1))
		return rt_err_set(err, RETORT_EUSAGE,
				  "hook wants install, uninstall or run NAME");
	rc = rt_cli_project(cli, err);
	if (!rc)
		rc = retort_branches_open(&b, cli->project, err);
	if (!rc)
		rc = actions[i].run(cli, b, err);
	retort_branches_free(b);
	return rc;
}

/* The table of hooks as a part of the help. */
#define PARAGRAPH(name, word, text) word " " text ".\n\n"

const rt_cmd rt_cmd_hook = {
	.name = "hook",
	.summary = "let git check the migrations",
	.operands = "install|uninstall|run [NAME [ARGUMENT]...]",
	.min_operands = 1,
	.max_operands = RT_MANY,
	.complete = RT_OPERAND_TEXT,
	.group = RT_GROUP_WRITE,
	.help = "Installs hooks where git looks for them (core.hooksPath, "
		"else .git/hooks), or removes them. A hook that is there "
		"already is kept beside as NAME.before-retort and runs "
		"first; uninstall puts it back. The hooks look for retort in "
		"the PATH and do nothing where it is not.\n\n"
		RETORT_HOOKS(PARAGRAPH)
		"'run' is what the hooks call, with the arguments that git "
		"gives them.",
	.run = run,
};
