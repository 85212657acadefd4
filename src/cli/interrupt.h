/* SPDX-License-Identifier: MIT */
/*
 * Ctrl-C while a run goes on: the first asks the server to stop, so that the
 * run ends at a revision boundary and says where; the second ends the
 * program at once.
 */
#ifndef RT_CLI_INTERRUPT_H
#define RT_CLI_INTERRUPT_H

#include <signal.h>

#include <retort/apply.h>

#define RT_INTERRUPT_SIGNALS 3

typedef struct rt_interrupt {
	struct sigaction old[RT_INTERRUPT_SIGNALS];
} rt_interrupt;

/* From now on SIGINT, SIGTERM and SIGHUP cancel `run`; one that is ignored
 * (nohup) stays so. */
void rt_interrupt_watch(rt_interrupt *self, retort_apply *run);

/* Signals do again what they did; call it before the run is freed. */
void rt_interrupt_unwatch(rt_interrupt *self);

#endif
