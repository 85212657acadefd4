/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <retort/convert.h>

#include "cli/cli.h"
#include "ui/json.h"

static void progress(void *self, const char *what, size_t done, size_t total)
{
	rt_cli *cli = self;

	if (!cli->quiet)
		rt_out_progress(&cli->err, "%s: %zu of %zu", what, done,
				total);
}

/* --- text --- */

static size_t count_kind(const retort_convert *c, retort_convert_kind kind)
{
	const retort_convert_remark *r;
	size_t i, n = 0;

	for (i = 0; (r = retort_convert_remark_at(c, i)) != NULL; i++)
		n += r->kind == kind;
	return n;
}

static void print_remark(rt_out *o, const retort_convert_remark *r)
{
	rt_role role = r->kind == RETORT_CONVERT_OPAQUE ? RT_ROLE_ERROR :
							  RT_ROLE_DIM;

	rt_out_style(o, role, "%s", retort_convert_kind_name(r->kind));
	rt_out_printf(o, " ");
	rt_out_field(o, RT_ROLE_REVISION, r->revision);
	rt_out_printf(o, " %s (%s)\n  ", retort_op_name(r->op),
		      retort_dialect_name(r->dialect));
	rt_out_field(o, RT_ROLE_PLAIN, r->path);
	if (r->line)
		rt_out_printf(o, ":%d:%d", r->line, r->column);
	rt_out_printf(o, ": ");
	rt_out_field(o, RT_ROLE_PLAIN, r->reason);
	rt_out_printf(o, "\n");
}

/* What is in order is told with -v. */
static void print_remarks(rt_cli *cli, const retort_convert *c)
{
	const retort_convert_remark *r;
	size_t i;

	for (i = 0; (r = retort_convert_remark_at(c, i)) != NULL; i++)
		if (cli->verbose || r->kind == RETORT_CONVERT_OPAQUE)
			print_remark(&cli->out, r);
}

static void print_files(rt_cli *cli, const retort_convert *c)
{
	size_t i;

	for (i = 0; cli->verbose && i < retort_convert_count(c); i++) {
		const retort_convert_file *f = retort_convert_at(c, i);

		rt_out_field(&cli->out, RT_ROLE_REVISION, f->revision);
		rt_out_printf(&cli->out, " ");
		rt_out_field(&cli->out, RT_ROLE_DIM, f->path);
		rt_out_printf(&cli->out, "\n");
	}
}

static void print_proof(rt_cli *cli, const retort_convert_proof *p,
			size_t total)
{
	static const char *const words[] = {
		[RETORT_CONVERT_PROVED] = "proved",
		[RETORT_CONVERT_PARTLY] = "proved in part",
		[RETORT_CONVERT_DIFFERS] = "the two differ",
		[RETORT_CONVERT_UNPROVED] = "not proved",
	};
	rt_out *o = &cli->out;
	size_t i;

	rt_out_printf(o, "%s: ", retort_dialect_name(p->dialect));
	rt_out_style(o, p->outcome == RETORT_CONVERT_PROVED ? RT_ROLE_GOOD :
							      RT_ROLE_ERROR,
		     "%s", words[p->outcome]);
	if (p->revision) {
		rt_out_printf(o, " from ");
		rt_out_field(o, RT_ROLE_REVISION, p->revision);
		rt_out_printf(o, " on");
	} else if (p->outcome != RETORT_CONVERT_UNPROVED &&
		   p->outcome != RETORT_CONVERT_DIFFERS) {
		rt_out_printf(o, ": %zu of %zu revisions up and %zu down end "
			      "in the same schema and rows", p->up, total,
			      p->down);
	}
	rt_out_printf(o, "\n");
	for (i = 0; i < p->notes.n; i++) {
		rt_out_printf(o, "  ");
		rt_out_field(o, RT_ROLE_PLAIN, p->notes.v[i]);
		rt_out_printf(o, "\n");
	}
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static void print_text(rt_cli *cli, const retort_convert *c)
{
	size_t n = retort_convert_count(c), i;
	size_t opaque = count_kind(c, RETORT_CONVERT_OPAQUE);
	size_t never = count_kind(c, RETORT_CONVERT_IRREVERSIBLE);
	size_t foreign = count_kind(c, RETORT_CONVERT_FOREIGN);
	const retort_convert_proof *p;

	print_files(cli, c);
	print_remarks(cli, c);
	rt_out_printf(&cli->out, "%zu revision%s %s ", n, plural(n),
		      rt_cli_has(cli, "dry-run") ? "would be converted:" :
						   "converted:");
	rt_out_field(&cli->out, RT_ROLE_PLAIN, retort_convert_config(c));
	rt_out_printf(&cli->out, "\n");
	if (opaque)
		rt_out_printf(&cli->out, "%zu section%s opaque: write the SQL "
			      "where refused:true stands\n", opaque,
			      opaque == 1 ? " is" : "s are");
	if (foreign)
		rt_out_printf(&cli->out, "%zu section%s SQL of alembic's own "
			      "--sql\n", foreign,
			      foreign == 1 ? " is" : "s are");
	if (never)
		rt_out_printf(&cli->out, "%zu downgrade%s no way down\n",
			      never, never == 1 ? " has" : "s have");
	for (i = 0; (p = retort_convert_proof_at(c, i)) != NULL; i++)
		print_proof(cli, p, n);
}

/* --- JSON --- */

static json_t *json_remarks(const retort_convert *c)
{
	const retort_convert_remark *r;
	json_t *list = json_array();
	size_t i;

	for (i = 0; (r = retort_convert_remark_at(c, i)) != NULL; i++) {
		json_t *o = json_object();

		rt_json_set_string(o, "kind",
				   retort_convert_kind_name(r->kind));
		rt_json_set_string(o, "revision", r->revision);
		rt_json_set_string(o, "op", retort_op_name(r->op));
		rt_json_set_string(o, "dialect",
				   retort_dialect_name(r->dialect));
		rt_json_set_string(o, "path", r->path);
		rt_json_set_int(o, "line", r->line);
		rt_json_set_int(o, "column", r->column);
		rt_json_set_string(o, "reason", r->reason);
		(void)json_array_append_new(list, o);
	}
	return list;
}

static json_t *json_proofs(const retort_convert *c)
{
	const retort_convert_proof *p;
	json_t *list = json_array();
	size_t i;

	for (i = 0; (p = retort_convert_proof_at(c, i)) != NULL; i++) {
		json_t *o = json_object();

		rt_json_set_string(o, "dialect",
				   retort_dialect_name(p->dialect));
		rt_json_set_string(o, "outcome",
				   retort_convert_outcome_name(p->outcome));
		rt_json_set_int(o, "up", (long long)p->up);
		rt_json_set_int(o, "down", (long long)p->down);
		rt_json_set_string(o, "revision", p->revision);
		rt_json_set(o, "notes", rt_json_names(&p->notes));
		(void)json_array_append_new(list, o);
	}
	return list;
}

static void print_json(rt_cli *cli, const retort_convert *c)
{
	rt_json j;
	size_t i;

	rt_json_begin(&j, &cli->out, "files");
	for (i = 0; i < retort_convert_count(c); i++) {
		const retort_convert_file *f = retort_convert_at(c, i);
		json_t *o = json_object();

		rt_json_set_string(o, "revision", f->revision);
		rt_json_set_string(o, "from", f->from);
		rt_json_set_string(o, "path", f->path);
		rt_json_item(&j, o);
	}
	rt_json_end_list(&j);
	rt_json_member(&j, "config",
		       rt_json_string(retort_convert_config(c)));
	rt_json_member(&j, "remarks", json_remarks(c));
	rt_json_member(&j, "proofs", json_proofs(c));
	rt_json_end(&j);
}

/* --- the command --- */

static void choose(const rt_cli *cli, retort_convert_options *o)
{
	const char *dialect = rt_cli_value(cli, "dialect");
	bool both = dialect && !strcmp(dialect, "both");

	o->sqlite = both || (dialect && !strcmp(dialect, "sqlite"));
	o->postgresql = both || (dialect && !strcmp(dialect, "postgresql"));
	o->dry_run = rt_cli_has(cli, "dry-run");
	o->directory = rt_cli_operand(cli, 0);
	o->temporary = getenv("TMPDIR");
	if (o->temporary && o->temporary[0] != '/')
		o->temporary = NULL;
}

static int run(rt_cli *cli, retort_error *err)
{
	retort_convert_options o = RETORT_CONVERT_OPTIONS_INIT;
	retort_convert *c = NULL;
	const char *note;
	size_t i;
	int rc;

	choose(cli, &o);
	o.progress = progress;
	o.self = cli;
	rc = rt_cli_graph(cli, err);
	if (rc == 0)
		rc = retort_convert_run(&c, cli->project, &o, err);
	rt_out_progress_end(&cli->err);
	if (rc)
		return rc;
	for (i = 0; (note = retort_convert_note_at(c, i)) != NULL; i++)
		rt_cli_say(cli, "%s\n", note);
	if (cli->json)
		print_json(cli, c);
	else
		print_text(cli, c);
	rc = retort_convert_is_whole(c) ? RT_STATUS_OK : RT_STATUS_FOUND;
	retort_convert_free(c);
	return rc;
}

static const rt_opt options[] = {
	{ "dialect", 0, "NAME", "sqlite|postgresql|both",
	  "which database the SQL is for; else the URL's" },
	{ "dry-run", 0, NULL, NULL,
	  "translate and prove, but leave no files there" },
	RT_OPT_END
};

const rt_cmd rt_cmd_convert = {
	.name = "convert",
	.summary = "write a project of SQL from one of Alembic",
	.operands = "DIRECTORY",
	.min_operands = 1,
	.max_operands = 1,
	.complete = RT_OPERAND_DIRECTORY,
	.group = RT_GROUP_WRITE,
	.flags = RT_CMD_JSON,
	.help = "Writes DIRECTORY/retort.ini and, in DIRECTORY/migrations, a "
		"revision file in SQL for every one in Python, with the same "
		"id, parents, dependencies and labels: the version rows of "
		"databases stay valid. DIRECTORY may not be there yet, or be "
		"empty; all files are written or none. The Alembic project "
		"stays as it is.\n\n"
		"The SQL is what retort would run of the revision in that "
		"database, an inspector's questions and SQLite's batch mode "
		"answered by the schema that the revisions before it make. "
		"With --dialect=both what differs gets a section for each "
		"database. A downgrade that raises, or is not there, becomes "
		"no section.\n\n"
		"What only Python understands is opaque: its section is marked "
		"refused:true and has the reason and the Python in comments. "
		"An upgrade over it is refused before anything runs, until "
		"somebody writes the SQL and takes the mark away. Where "
		"alembic_command is set its --sql is taken instead, and "
		"marked.\n\n"
		"Then both projects run in scratch databases, up to the heads "
		"and down to the base, and must end in the same schema and "
		"rows: in memory for SQLite, on the server of scratch_url or "
		"url for PostgreSQL. If they do not, the first revision where "
		"they part is named; the files stay. Tables with times and "
		"random values are compared by the number of rows.\n\n"
		"Exits with 0 if all was translated and proved, with 1 if "
		"something is opaque, differs or could not be proved, with 3 "
		"if nothing was written.\n\n"
		"As JSON: {\"version\":1, \"files\":[{\"revision\", \"from\", "
		"\"path\"}], \"config\", \"remarks\":[{\"kind\", \"revision\", "
		"\"op\", \"dialect\", \"path\", \"line\", \"column\", "
		"\"reason\"}], \"proofs\":[{\"dialect\", \"outcome\", \"up\", "
		"\"down\", \"revision\", \"notes\"}]}; a kind is opaque, "
		"irreversible or foreign, an outcome proved, partly, differs "
		"or unproved.",
	.options = options,
	.run = run,
};
