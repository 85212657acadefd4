/* SPDX-License-Identifier: MIT */
/*
 * A program on a terminal: it runs in a pseudo-terminal, libvterm shows what
 * a user would see.
 *
 * Nothing sleeps.  The program is started with RETORT_IDLE_FD=1, so it
 * writes a NUL to the terminal, behind its frame, whenever it has nothing
 * left to do; every function that sends something waits for that.  All fail
 * the test when something does not come in a minute.
 */
#ifndef RT_TEST_SCREEN_H
#define RT_TEST_SCREEN_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/sv.h"

typedef struct rt_screen rt_screen;

/*
 * Start a program and wait until it is idle.
 *   in:   argv, ends in NULL; env, "NAME=value" to set or "NAME" to unset,
 *         ends in NULL; dir, where it runs
 */
rt_screen *rt_screen_start(const char *const *argv, const char *const *env,
			   const char *dir, int rows, int cols);

/* Kills it if it still runs. */
void rt_screen_free(rt_screen *s);

/* Keys by name, separated by spaces: "j C-d Enter Up é"; one after the
 * other, waiting each time. */
void rt_screen_keys(rt_screen *s, const char *keys);

/* Bytes as they are, then wait. */
void rt_screen_send(rt_screen *s, const char *bytes);

/* Bytes as they are, without waiting. */
void rt_screen_send_only(rt_screen *s, const char *bytes);

void rt_screen_resize(rt_screen *s, int rows, int cols);

/*
 * For tests that do not know what their bytes bring about: send, then wait
 * until the program is idle.
 *   out:  what came; CHANGED, it ended or stopped: rt_screen_status() says
 *         how; NOTHING, neither in a minute
 */
typedef enum rt_screen_came {
	RT_SCREEN_IDLE,
	RT_SCREEN_CHANGED,
	RT_SCREEN_NOTHING
} rt_screen_came;
rt_screen_came rt_screen_try(rt_screen *s, rt_sv bytes);

/* Let it go on after it has stopped, as a shell's `fg`: all of the job. */
rt_screen_came rt_screen_continue(rt_screen *s);

/* A new size without waiting. */
void rt_screen_resize_only(rt_screen *s, int rows, int cols);

/* Is the cursor on the screen, and no control or bidi character in a cell?
 * If not, *why. */
bool rt_screen_is_clean(rt_screen *s, const char **why);

/* Wait for the program to be idle after something done from outside. */
void rt_screen_wait(rt_screen *s);

/* Wait until some row holds the text, idle or not. */
void rt_screen_until(rt_screen *s, const char *text);

/* A row's text without spaces at its end; caller frees. */
char *rt_screen_row(rt_screen *s, int row);

/* True where some row holds the text. */
bool rt_screen_has(rt_screen *s, const char *text);

/* Fail the test, and print the screen, unless some row holds the text. */
void rt_screen_expect(rt_screen *s, const char *text);

/* Compare with tests/tui/golden/NAME.txt: size, cursor, text, attributes.
 * What differs from run to run is masked: times of day, durations,
 * folders of tests, new ids.  RETORT_UPDATE_GOLDEN=1 writes the
 * file. */
void rt_screen_golden(rt_screen *s, const char *name);

/* Wait until it is that, for a program that is not idle. */
void rt_screen_becomes(rt_screen *s, const char *name);

pid_t rt_screen_pid(const rt_screen *s);

/* Wait until the program has changed its state, as waitpid() says. */
int rt_screen_status(rt_screen *s);

/* Is the terminal as a shell wants it: main screen, cursor shown, no mouse,
 * no bracketed paste or focus reports, echo and lines on?  If not, *why. */
bool rt_screen_is_restored(rt_screen *s, const char **why);

/* What was copied with OSC 52 last, base64; "" if nothing. */
const char *rt_screen_copied(const rt_screen *s);

#endif
