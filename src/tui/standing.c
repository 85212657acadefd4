/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/standing.h"

#include "base/str.h"

/* --- in the child -------------------------------------------------------- */

static int send_rows(retort_database *db, rt_job_out *out, retort_error *err)
{
	retort_names rows;
	bool there;
	size_t i;
	int rc = retort_database_rows(db, &rows, &there, err);

	if (rc)
		return rc;
	rt_job_send(out, RT_STANDING_TABLE, there ? RT_SV("1") : RT_SV(""));
	for (i = 0; i < rows.n; i++)
		rt_job_send(out, RT_STANDING_ROW, rt_sv_from(rows.v[i]));
	return 0;
}

static int send_troubles(retort_database *db, rt_job_out *out,
			 retort_error *err)
{
	const retort_journal_row *row;
	retort_journal *journal = NULL;
	rt_str s = RT_STR_INIT;
	size_t i;
	int rc = retort_database_troubles(db, &journal, err);

	for (i = 0; !rc && i < retort_journal_count(journal); i++) {
		row = retort_journal_at(journal, i);
		rt_str_clear(&s);
		rt_str_add(&s, row->revision);
		rt_str_addc(&s, '\0');
		rt_str_addc(&s, row->op == RETORT_OP_DOWNGRADE ? '-' : '+');
		rt_str_add(&s, row->outcome);
		rt_job_send(out, RT_STANDING_TROUBLE, rt_str_sv(&s));
	}
	rt_str_free(&s);
	retort_journal_free(journal);
	return rc;
}

void rt_standing_send(retort_project *project, retort_database **db,
		      rt_job_out *out)
{
	retort_error err = RETORT_ERROR_INIT;
	int rc;

	*db = NULL;
	rc = retort_database_open(db, project, false, &err);
	if (!rc)
		rc = send_rows(*db, out, &err);
	if (!rc)
		rc = send_troubles(*db, out, &err);
	if (rc == RETORT_ENOTFOUND)
		rt_job_send(out, RT_STANDING_ABSENT, rt_sv_from(err.message));
	else if (rc)
		rt_job_send_error(out, RT_STANDING_ERROR, &err);
	if (rc) {
		retort_database_close(*db);
		*db = NULL;
	}
	retort_error_dispose(&err);
}

/* --- in the console ------------------------------------------------------ */

bool rt_standing_take(rt_model *m, char tag, rt_sv bytes)
{
	rt_sv revision;

	switch (tag) {
	case RT_STANDING_ABSENT:
		rt_model_begin(m);
		return true;
	case RT_STANDING_TABLE:
		rt_model_begin(m);
		m->exists = true;
		m->has_table = bytes.n > 0;
		return true;
	case RT_STANDING_ROW:
		rt_model_add_row(m, bytes);
		return true;
	case RT_STANDING_TROUBLE:
		if (rt_sv_split(&bytes, '\0', &revision))
			rt_model_add_trouble(m, revision,
					     rt_sv_starts(bytes, "+"),
					     rt_sv_sub(bytes, 1, bytes.n));
		return true;
	default:
		return false;
	}
}
