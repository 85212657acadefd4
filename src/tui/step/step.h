/* SPDX-License-Identifier: MIT */
/*
 * Stepping, as a machine: what may follow what.  It knows neither cells nor
 * databases; it is given what has happened and answers with what to do.
 *
 *     IDLE -> PLAN -> CONFIRM -> RUN -> DONE
 *                                    -> FAILED     rolled back
 *                                    -> PARTIAL    outside a transaction, so
 *                                                  what ran stays
 *                                    -> CANCELLED  rolled back
 *                                    -> UNKNOWN    the connection is gone
 *
 * From each of the last five a new plan can be asked for; from RUN back to
 * PLAN it goes where what the plan was made for has changed since.
 */
#ifndef RT_TUI_STEP_STEP_H
#define RT_TUI_STEP_STEP_H

#include <stdbool.h>
#include <stddef.h>

/* X(NAME, "word") */
#define RT_STEP_STATES(X)                                                     \
	X(IDLE, "idle")                                                       \
	X(PLAN, "planning")                                                   \
	X(CONFIRM, "asks")                                                    \
	X(RUN, "running")                                                     \
	X(DONE, "done")                                                       \
	X(FAILED, "FAILED, rolled back")                                      \
	X(PARTIAL, "FAILED, PARTLY APPLIED")                                  \
	X(UNKNOWN, "OUTCOME UNKNOWN")                                         \
	X(CANCELLED, "cancelled, rolled back")

typedef enum rt_step_state {
#define RT_STEP_STATE_ENUM_(name, word) RT_STEP_##name,
	RT_STEP_STATES(RT_STEP_STATE_ENUM_)
#undef RT_STEP_STATE_ENUM_
	RT_STEP_STATE_COUNT
} rt_step_state;

/* How the plan is carried out. */
typedef enum rt_step_way {
	RT_STEP_WAY_RUN,
	RT_STEP_WAY_RESUME,  /* behind the last good statement */
	RT_STEP_WAY_RESTART, /* from the first statement */
	RT_STEP_WAY_STAMP    /* only the version rows */
} rt_step_way;

typedef enum rt_step_input {
	RT_STEP_ASK,     /* a plan is wanted */
	RT_STEP_LOOKED,  /* the database has said where it stands */
	RT_STEP_BLIND,   /* it could not be asked */
	RT_STEP_PLANNED, /* `careful`: the name must be typed */
	RT_STEP_NOTHING, /* there is nothing to plan, or no way */
	RT_STEP_YES,
	RT_STEP_NO,
	RT_STEP_CHANGED, /* files or rows are not those of the plan */
	RT_STEP_OVER,    /* all of it ran */
	RT_STEP_BROKE,   /* an error: `code`, `single`, `stands` */
	RT_STEP_DIED,    /* the run ended without a word */
	RT_STEP_CANCEL,  /* Ctrl-C */
	RT_STEP_DROP,    /* yes, drop the connection */
	RT_STEP_RETRY,
	RT_STEP_RESUME,
	RT_STEP_RESTART,
	RT_STEP_STAMP,
	RT_STEP_EDIT,
	RT_STEP_LEAVE,   /* close what is shown */
	RT_STEP_QUIT,    /* the user wants to leave the console */
	RT_STEP_QUIT_AFTER, /* ... when the run is over */
	RT_STEP_QUIT_CANCEL, /* ... and cancels it for that */
	RT_STEP_SUSPEND, /* ^Z */
	RT_STEP_SIGNAL,  /* HUP, TERM, INT from outside */
	RT_STEP_INPUT_COUNT
} rt_step_input;

typedef struct rt_step_event {
	rt_step_input input;
	bool careful;
	int code;      /* BROKE: RETORT_E… */
	bool single;   /* BROKE: in a step outside a transaction */
	size_t stands; /* BROKE: statements of that step that are done */
} rt_step_event;

/* What to do, in the order of the bits. */
enum {
	RT_STEP_DO_REFUSE = 1,     /* not now: its reason says why */
	RT_STEP_DO_CLOSE = 1 << 1, /* an open question is answered by events */
	RT_STEP_DO_TELL = 1 << 2,  /* the plan was changed under us */
	RT_STEP_DO_RELOAD = 1 << 3, /* read the files again */
	RT_STEP_DO_LOOK = 1 << 4,  /* ask the database where it stands */
	RT_STEP_DO_PLAN = 1 << 5,
	RT_STEP_DO_ASK = 1 << 6,   /* y or n */
	RT_STEP_DO_ASK_NAME = 1 << 7,
	RT_STEP_DO_START = 1 << 8,
	RT_STEP_DO_INTERRUPT = 1 << 9,
	RT_STEP_DO_ASK_DROP = 1 << 10,
	RT_STEP_DO_KILL = 1 << 11,
	RT_STEP_DO_ASK_QUIT = 1 << 12,
	RT_STEP_DO_EDIT = 1 << 13,
	RT_STEP_DO_SHOW = 1 << 14, /* an end has been reached: show it */
	RT_STEP_DO_HIDE = 1 << 15,
	RT_STEP_DO_SUSPEND = 1 << 16,
	RT_STEP_DO_QUIT = 1 << 17
};

typedef enum rt_step_leaving {
	RT_STEP_STAYS,
	RT_STEP_SUSPENDS,
	RT_STEP_QUITS,
	RT_STEP_ENDS /* by a signal: whatever comes out */
} rt_step_leaving;

typedef struct rt_step {
	rt_step_state state;
	rt_step_state back; /* where a NO leads to */
	rt_step_way way;
	bool interrupted;   /* the server was asked to cancel */
	rt_step_leaving leaving; /* when the run is over */
	const char *reason; /* of the last refusal; static */
} rt_step;

#define RT_STEP_INIT                                                          \
	{ RT_STEP_IDLE, RT_STEP_IDLE, RT_STEP_WAY_RUN, false, RT_STEP_STAYS,  \
	  "" }

/* Take an event; the RT_STEP_DO_… bits come out. */
unsigned rt_step_take(rt_step *s, const rt_step_event *event);

/* Why nothing may be written now, or NULL; static. */
const char *rt_step_busy(const rt_step *s);

/* A state's word; static. */
const char *rt_step_word(rt_step_state state);

#endif
