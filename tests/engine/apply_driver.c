/* SPDX-License-Identifier: MIT */
/*
 * A program that does nothing but apply, for tests that start many of it or
 * kill it: every event is one line on standard output, at once.
 *
 *   apply_driver run CONFIG upgrade|downgrade TARGET
 *   apply_driver step …              the same with one commit per revision
 *   apply_driver query CONFIG SQL    the answer, "|" between columns; first
 *                                    waits until no run holds the lock
 */
#include "config.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include <retort/retort.h>

#include "base/err.h"
#include "engine/project/database.h"

enum { POLL_MS = 2 };

static void say(const retort_event *ev)
{
	static const char *const words[] = {
		[RETORT_EVENT_WAITING] = "waiting",
		[RETORT_EVENT_PLANNED] = "planned",
		[RETORT_EVENT_STEP] = "step",
		[RETORT_EVENT_RUNNING] = "running",
		[RETORT_EVENT_STATEMENT] = "statement",
		[RETORT_EVENT_RETRY] = "retry",
		[RETORT_EVENT_STEP_DONE] = "done",
	};

	printf("%s %s\n", words[ev->kind], ev->step ? ev->step->revision : "-");
	fflush(stdout);
}

static int run(retort_project *project, retort_database *db, const char *op,
	       const char *target, bool stepwise, retort_error *err)
{
	retort_apply_options options = RETORT_APPLY_OPTIONS_INIT;
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	retort_apply *apply;
	retort_event ev;
	int rc;

	options.stepwise = stepwise;
	if (strcmp(op, "downgrade") == 0)
		request.op = RETORT_OP_DOWNGRADE;
	request.targets = (retort_names){ &target, 1 };
	rc = retort_apply_begin(&apply, project, db, &request, &options, err);
	if (rc)
		return rc;
	while ((rc = retort_apply_next(apply, &ev, err)) > 0)
		say(&ev);
	retort_apply_free(apply);
	return rc;
}

static int query(retort_database *db, const char *sql, retort_error *err)
{
	uint64_t key = rt_vertab_lock_key(&db->place.vertab);
	rt_str holder = RT_STR_INIT;
	rt_answer answer;
	size_t i, j;
	int rc;

	while ((rc = rt_conn_lock(db->conn, key, &holder, err)) == 0)
		(void)poll(NULL, 0, POLL_MS);
	rt_str_free(&holder);
	if (rc > 0)
		rc = rt_conn_query(db->conn, sql, &answer, err);
	for (i = 0; !rc && i < answer.n_rows; i++) {
		for (j = 0; j < answer.n_columns; j++) {
			const char *cell = rt_answer_cell(&answer, i, j);

			printf("%s%s", j ? "|" : "", cell ? cell : "~");
		}
		putchar('\n');
	}
	return rc;
}

int main(int argc, char **argv)
{
	retort_project_options options = RETORT_PROJECT_OPTIONS_INIT;
	retort_error err = RETORT_ERROR_INIT;
	retort_project *project = NULL;
	retort_database *db = NULL;
	int rc;

	if (argc < 4)
		return 2;
	options.config = argv[2];
	rc = retort_project_open(&project, &options, &err);
	if (!rc)
		rc = retort_database_open(&db, project, true, &err);
	if (!rc && argc == 5)
		rc = run(project, db, argv[3], argv[4],
			 strcmp(argv[1], "step") == 0, &err);
	else if (!rc)
		rc = query(db, argv[3], &err);
	if (rc)
		fprintf(stderr, "%s: %s\n", retort_error_word(rc), err.message);
	retort_database_close(db);
	retort_project_free(project);
	retort_error_dispose(&err);
	return retort_error_status(rc);
}
