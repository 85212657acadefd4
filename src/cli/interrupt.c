/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/interrupt.h"

#include <string.h>
#include <unistd.h>

/* A signal handler reaches nothing but what is global; tests/checks/globals.sh
 * knows these two. */
static retort_apply *volatile watched;
static volatile sig_atomic_t asked;

static const int numbers[RT_INTERRUPT_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

static void cancel(int number)
{
	if (asked || !watched)
		_exit(128 + number);
	asked = 1;
	retort_apply_cancel(watched);
}

void rt_interrupt_watch(rt_interrupt *self, retort_apply *run)
{
	struct sigaction action;
	size_t i;

	watched = run;
	asked = 0;
	memset(&action, 0, sizeof(action));
	action.sa_handler = cancel;
	sigemptyset(&action.sa_mask);
	for (i = 0; i < RT_INTERRUPT_SIGNALS; i++) {
		sigaction(numbers[i], &action, &self->old[i]);
		if (self->old[i].sa_handler == SIG_IGN)
			sigaction(numbers[i], &self->old[i], NULL);
	}
}

void rt_interrupt_unwatch(rt_interrupt *self)
{
	size_t i;

	for (i = 0; i < RT_INTERRUPT_SIGNALS; i++)
		sigaction(numbers[i], &self->old[i], NULL);
	watched = NULL;
}
