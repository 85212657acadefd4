/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/detail.h"

#include <stdlib.h>
#include <string.h>

#include <retort/database.h>

#include "base/alloc.h"
#include "base/err.h"
#include "tui/console.h"

enum {
	GIT_AFTER_MS = 60, /* a key held down goes past many revisions */
	RUNS_MAX = 20000   /* of the journal, the newest */
};

/* Messages of the children. */
enum {
	TAG_STATUS = 's',
	TAG_DIFF = 'd',
	TAG_AUTHOR = 'a',
	TAG_DATE = 't',
	TAG_RUN = 'r',
	TAG_FOUND = 'f',
	TAG_ERROR = 'e'
};

/* --- texts that travel together ------------------------------------------ */

static void add_field(rt_str *s, const char *text)
{
	rt_str_add(s, text ? text : "");
	rt_str_addc(s, '\0');
}

/* Point each field at its text in a copy of the message. */
static char *take_fields(rt_sv bytes, const char **const fields[], size_t n)
{
	char *memory = rt_strndup(bytes.p, bytes.n);
	size_t i, at = 0;

	for (i = 0; i < n; i++) {
		*fields[i] = memory + (at < bytes.n ? at : bytes.n);
		at += strlen(*fields[i]) + 1;
	}
	return memory;
}

static void free_runs(rt_detail *d)
{
	while (d->runs.n)
		free(d->runs.v[--d->runs.n].memory);
}

static void free_found(rt_detail *d)
{
	while (d->found.n)
		free(d->found.v[--d->found.n].memory);
}

static void free_author(rt_detail *d)
{
	free(d->author);
	free(d->date);
	d->author = d->date = NULL;
}

void rt_detail_init(rt_detail *d)
{
	memset(d, 0, sizeof(*d));
	d->diff = (rt_str)RT_STR_INIT;
	d->effects.text = (rt_str)RT_STR_INIT;
}

void rt_detail_free(rt_detail *d)
{
	rt_job_kill(d->git_job);
	rt_job_kill(d->database_job);
	rt_effects_free(&d->effects);
	free_runs(d);
	free_found(d);
	rt_vec_free(&d->runs);
	rt_vec_free(&d->found);
	rt_str_free(&d->diff);
	retort_error_dispose(&d->git_error);
	retort_error_dispose(&d->database_error);
	free(d->git_for);
	free_author(d);
}

/* --- git ----------------------------------------------------------------- */

/* A long history takes its time, so this comes behind what is at hand. */
static void send_author(retort_vcs *vcs, const char *path, rt_job_out *out)
{
	char *name = NULL, *date = NULL;

	if (retort_vcs_author(vcs, path, &name, &date, NULL) == 0 && *name) {
		rt_job_send(out, TAG_AUTHOR, rt_sv_from(name));
		rt_job_send(out, TAG_DATE, rt_sv_from(date));
	}
	free(name);
	free(date);
}

static void git_work(void *self, rt_job_out *out)
{
	const rt_console *c = self;
	const char *path = c->selected->path;
	retort_error err = RETORT_ERROR_INIT;
	retort_vcs_status status;
	retort_vcs *vcs = NULL;
	char *text = NULL;
	int rc;

	rc = retort_vcs_open(&vcs, path, &err);
	if (rc == 0)
		rc = retort_vcs_diff(vcs, path, &status, &text, &err);
	if (rc) {
		rt_job_send_error(out, TAG_ERROR, &err);
	} else {
		rt_job_send(out, TAG_STATUS,
			    (rt_sv){ (const char *)&status, sizeof(status) });
		rt_job_send(out, TAG_DIFF, rt_sv_from(text));
		send_author(vcs, path, out);
	}
	free(text);
	retort_vcs_close(vcs);
	retort_error_dispose(&err);
}

static void loaded(rt_console *c, unsigned what)
{
	c->detail.have |= what;
	c->detail.loading &= ~what;
	rt_console_changed(c, RT_CHANGED_DETAIL);
}

static void git_message(void *self, char tag, rt_sv bytes)
{
	rt_console *c = self;
	rt_detail *d = &c->detail;

	if (tag == TAG_STATUS && bytes.n == sizeof(d->git)) {
		memcpy(&d->git, bytes.p, bytes.n);
	} else if (tag == TAG_DIFF) {
		rt_str_addsv(&d->diff, bytes);
		loaded(c, RT_DETAIL_GIT);
	} else if (tag == TAG_AUTHOR) {
		d->author = rt_strndup(bytes.p, bytes.n);
	} else if (tag == TAG_DATE) {
		d->date = rt_strndup(bytes.p, bytes.n);
	} else {
		rt_job_take_error(bytes, &d->git_error);
	}
}

static void git_done(void *self, bool finished)
{
	rt_console *c = self;

	c->detail.git_job = NULL;
	if (!finished)
		rt_err_set(&c->detail.git_error, RETORT_EINTERNAL,
			   "comparing with git ended too early");
	loaded(c, RT_DETAIL_GIT);
}

static void start_git(void *self)
{
	static const rt_job_ops ops = { git_work, git_message, git_done };
	rt_console *c = self;
	rt_detail *d = &c->detail;

	rt_loop_unbusy(c->loop);
	if (!c->selected) {
		d->loading &= ~(unsigned)RT_DETAIL_GIT;
		return;
	}
	free(d->git_for);
	d->git_for = rt_strdup(c->selected->id);
	rt_str_clear(&d->diff);
	free_author(d);
	retort_error_dispose(&d->git_error);
	if (rt_job_start(&d->git_job, c->loop, &ops, c, &d->git_error))
		loaded(c, RT_DETAIL_GIT);
}

static void want_git(rt_console *c)
{
	rt_detail *d = &c->detail;

	if ((d->have | d->loading) & RT_DETAIL_GIT || !c->selected ||
	    !*c->selected->path)
		return;
	d->loading |= RT_DETAIL_GIT;
	rt_loop_busy(c->loop);
	rt_loop_timer(c->loop, GIT_AFTER_MS, start_git, c);
}

static void forget_git(rt_console *c)
{
	rt_detail *d = &c->detail;

	if (d->git_job) {
		rt_job_kill(d->git_job);
		d->git_job = NULL;
	} else if (d->loading & RT_DETAIL_GIT) {
		rt_loop_cancel(c->loop, start_git, c);
		rt_loop_unbusy(c->loop);
	}
	d->have &= ~(unsigned)RT_DETAIL_GIT;
	d->loading &= ~(unsigned)RT_DETAIL_GIT;
}

/* --- database ------------------------------------------------------------ */

static void send_run(rt_job_out *out, const retort_journal_row *row)
{
	rt_str s = RT_STR_INIT;

	add_field(&s, row->revision);
	add_field(&s, retort_op_name(row->op));
	add_field(&s, row->outcome);
	add_field(&s, row->began);
	add_field(&s, row->ended);
	add_field(&s, row->who);
	add_field(&s, row->host);
	add_field(&s, row->tool);
	rt_str_addf(&s, "%lld", row->statements_done);
	rt_str_addc(&s, '\0');
	rt_str_addf(&s, "%lld", row->statements_total);
	rt_str_addc(&s, '\0');
	add_field(&s, row->checksum_raw);
	add_field(&s, row->sqlstate);
	add_field(&s, row->error);
	rt_job_send(out, TAG_RUN, rt_str_sv(&s));
	rt_str_free(&s);
}

static int send_journal(retort_database *db, rt_job_out *out,
			retort_error *err)
{
	retort_journal *journal = NULL;
	size_t i;
	int rc = retort_database_journal(db, NULL, RUNS_MAX, &journal, err);

	for (i = 0; rc == 0 && i < retort_journal_count(journal); i++)
		send_run(out, retort_journal_at(journal, i));
	retort_journal_free(journal);
	return rc;
}

static int send_findings(retort_project *project, retort_database *db,
			 rt_job_out *out, retort_error *err)
{
	retort_findings *findings = NULL;
	rt_str s = RT_STR_INIT;
	size_t i;
	int rc = retort_verify(project, db, &findings, err);

	for (i = 0; rc == 0 && i < retort_findings_count(findings); i++) {
		const retort_finding *f = retort_findings_at(findings, i);

		rt_str_clear(&s);
		add_field(&s, retort_finding_name(f->kind));
		add_field(&s, f->revision);
		add_field(&s, f->message);
		rt_job_send(out, TAG_FOUND, rt_str_sv(&s));
	}
	retort_findings_free(findings);
	rt_str_free(&s);
	return rc;
}

static void database_work(void *self, rt_job_out *out)
{
	const rt_console *c = self;
	unsigned what = c->detail.loading;
	retort_database *db = NULL;
	retort_error err = RETORT_ERROR_INIT;
	int rc = retort_database_open(&db, c->project, false, &err);

	if (rc == 0 && what & RT_DETAIL_JOURNAL)
		rc = send_journal(db, out, &err);
	if (rc == 0 && what & RT_DETAIL_VERIFY)
		rc = send_findings(c->project, db, out, &err);
	if (rc)
		rt_job_send_error(out, TAG_ERROR, &err);
	retort_database_close(db);
	retort_error_dispose(&err);
}

static void database_message(void *self, char tag, rt_sv bytes)
{
	rt_detail *d = &((rt_console *)self)->detail;
	rt_run run;
	rt_found found;
#define AT(name) &AT_OF.name,
#define AT_OF run
	const char **const run_fields[] = { RT_RUN_FIELDS(AT) };
#undef AT_OF
#define AT_OF found
	const char **const found_fields[] = { RT_FOUND_FIELDS(AT) };
#undef AT_OF
#undef AT

	if (tag == TAG_RUN) {
		run.memory = take_fields(bytes, run_fields,
					 sizeof(run_fields) /
						 sizeof(*run_fields));
		rt_vec_push(&d->runs, run);
	} else if (tag == TAG_FOUND) {
		found.memory = take_fields(bytes, found_fields,
					   sizeof(found_fields) /
						   sizeof(*found_fields));
		rt_vec_push(&d->found, found);
	} else {
		rt_job_take_error(bytes, &d->database_error);
	}
}

static void database_done(void *self, bool finished)
{
	rt_console *c = self;
	rt_detail *d = &c->detail;

	d->database_job = NULL;
	if (!finished)
		rt_err_set(&d->database_error, RETORT_EINTERNAL,
			   "reading the journal ended too early");
	loaded(c, d->loading & (RT_DETAIL_JOURNAL | RT_DETAIL_VERIFY));
}

/* Not before the console knows that there is a database. */
static void want_database(rt_console *c, unsigned what)
{
	static const rt_job_ops ops = { database_work, database_message,
					database_done };
	rt_detail *d = &c->detail;

	what &= ~d->have;
	if (!what || d->database_job || c->asking)
		return;
	if (!c->model.exists) {
		d->have |= what;
		return;
	}
	if (what & RT_DETAIL_JOURNAL)
		free_runs(d);
	if (what & RT_DETAIL_VERIFY)
		free_found(d);
	retort_error_dispose(&d->database_error);
	d->loading |= what;
	if (rt_job_start(&d->database_job, c->loop, &ops, c,
			 &d->database_error))
		loaded(c, what);
}

static void forget_database(rt_console *c, unsigned what)
{
	rt_detail *d = &c->detail;

	rt_job_kill(d->database_job);
	d->database_job = NULL;
	d->have &= ~(what | d->loading);
	d->loading &= RT_DETAIL_GIT;
}

/* --- for the console ----------------------------------------------------- */

void rt_detail_need(rt_console *c, unsigned what)
{
	if (what & RT_DETAIL_GIT)
		want_git(c);
	if (what & RT_DETAIL_EFFECTS)
		rt_effects_need(c);
	want_database(c, what & (RT_DETAIL_JOURNAL | RT_DETAIL_VERIFY));
}

/* git is asked again whenever the database is: who comes back to the window
 * may have committed. */
void rt_detail_changed(rt_console *c, unsigned what)
{
	rt_detail *d = &c->detail;
	bool other = what & RT_CHANGED_SELECTION &&
		     (!c->selected || !d->git_for ||
		      strcmp(c->selected->id, d->git_for) != 0);

	if (other || what & (RT_CHANGED_GRAPH | RT_CHANGED_DATABASE))
		forget_git(c);
	rt_effects_changed(c, what);
	if (what & RT_CHANGED_DATABASE)
		forget_database(c, RT_DETAIL_JOURNAL | RT_DETAIL_VERIFY);
	else if (what & RT_CHANGED_GRAPH)
		forget_database(c, RT_DETAIL_VERIFY);
}

const rt_run *rt_detail_run(const rt_detail *d, const char *revision,
			    const char *op)
{
	size_t i;

	for (i = 0; i < d->runs.n; i++)
		if (strcmp(d->runs.v[i].revision, revision) == 0 &&
		    (!op || strcmp(d->runs.v[i].op, op) == 0))
			return &d->runs.v[i];
	return NULL;
}

const rt_found *rt_detail_found(const rt_detail *d, const char *revision)
{
	size_t i;

	for (i = 0; i < d->found.n; i++)
		if (strcmp(d->found.v[i].revision, revision) == 0)
			return &d->found.v[i];
	return NULL;
}
