/* SPDX-License-Identifier: MIT */
/*
 * Signals, and the promise that the terminal is given back whatever ends the
 * program.
 *
 * A handler may only write and set terminal modes, so the bytes that undo
 * everything are built before.  SEGV, BUS, FPE, ILL, ABRT, QUIT: restored
 * there and then.  HUP, INT, TERM: told to the loop, which ends in good
 * order; a second one ends the program at once, restored.  WINCH, TSTP, CONT
 * are told to the loop.
 */
#ifndef RT_TUI_TERM_SIGNAL_H
#define RT_TUI_TERM_SIGNAL_H

#include <stdbool.h>
#include <termios.h>

#include "base/sv.h"

/*
 * Catch the signals.
 *   in:   saved, the modes to give back
 *   out:  a descriptor: each signal that the loop must hear is one byte on
 *         it, its number
 */
int rt_signal_open(const struct termios *saved);

/* What must be written to undo what has been switched on; at most 512
 * bytes are kept.  Empty = the terminal is as we found it. */
void rt_signal_set_reset(rt_sv bytes);

/* The old handlers again. */
void rt_signal_close(void);

/* In a child process that must leave the terminal alone: forget it all. */
void rt_signal_forget(void);

/* In such a child: what SIGINT does, in the handler.  NULL: nothing; it stays
 * caught, so that one that comes late ends nobody. */
void rt_signal_on_interrupt(void (*interrupt)(void *self), void *self);

/* Stop the program as ^Z does elsewhere; returns when it goes on.  The
 * terminal must have been given back. */
void rt_signal_stop(void);

/* While another program has the terminal: ^C and ^\\ are meant for it, and
 * ^Z stops both.  Then as before. */
void rt_signal_lend(void);
void rt_signal_take_back(void);

/* End the program by a signal's own default. */
void rt_signal_die(int signo);

#endif
