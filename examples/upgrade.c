/* SPDX-License-Identifier: MIT */
/*
 * Bring a database up to date from inside a program: what a Python service
 * does with command.upgrade(cfg, "head") when it starts.
 *
 *     cc upgrade.c -o upgrade $(pkg-config --cflags --libs retort)
 *     ./upgrade                      retort.ini here or above, to "head"
 *     ./upgrade app/retort.ini heads
 */
#include <stdio.h>

#include <retort/retort.h>

/* What went wrong, and all that is known about it. */
static void print_error(const retort_error *err)
{
	int i;

	fprintf(stderr, "upgrade: %s\n", err->message);
	for (i = 0; i < RETORT_ERROR_FIELD_COUNT; i++) {
		retort_error_field field = (retort_error_field)i;
		const char *text = retort_error_get(err, field);

		if (text)
			fprintf(stderr, "  %s: %s\n",
				retort_error_field_name(field), text);
	}
}

static void print_event(const retort_event *event)
{
	switch (event->kind) {
	case RETORT_EVENT_WAITING:
	case RETORT_EVENT_RETRY:
		fprintf(stderr, "%s\n", event->text);
		break;
	case RETORT_EVENT_STEP_DONE:
		printf("%s  %s\n", event->step->revision,
		       event->step->node->message);
		break;
	default: /* the plan, single statements: too much for a log */
		break;
	}
}

/* Everything from the version rows to `target`, one event at a time. */
static int upgrade(retort_project *project, retort_database *db,
		   const char *target, retort_error *err)
{
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	retort_apply *run = NULL;
	retort_event event;
	int rc;

	request.targets.v = &target;
	request.targets.n = 1;
	rc = retort_apply_begin(&run, project, db, &request, NULL, err);
	if (rc < 0)
		return rc;
	while ((rc = retort_apply_next(run, &event, err)) > 0)
		print_event(&event);
	if (rc == 0)
		printf("%zu applied\n", retort_apply_done(run));
	retort_apply_free(run);
	return rc;
}

int main(int argc, char **argv)
{
	retort_project_options options = RETORT_PROJECT_OPTIONS_INIT;
	retort_project *project = NULL;
	retort_database *db = NULL;
	retort_error err = RETORT_ERROR_INIT;
	int rc;

	options.config = argc > 1 ? argv[1] : NULL;
	rc = retort_project_open(&project, &options, &err);
	if (rc == 0)
		rc = retort_database_open(&db, project, true, &err);
	if (rc == 0)
		rc = upgrade(project, db, argc > 2 ? argv[2] : "head", &err);
	if (rc < 0)
		print_error(&err);

	retort_database_close(db);
	retort_project_free(project);
	retort_error_dispose(&err);
	return retort_error_status(rc);
}
