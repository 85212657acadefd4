/* SPDX-License-Identifier: MIT */
/*
 * The one loop: waits for descriptors and timers, calls who asked for them,
 * and draws a frame when something has changed, at most one per 4 ms.
 *
 * What has come in is taken whole before a frame is drawn.  When everything
 * is drawn and nobody is busy, the loop is idle: it then writes one NUL to
 * the descriptor named by RETORT_IDLE_FD, so that a test knows without
 * sleeping that there is nothing left to wait for.  On the terminal itself
 * (RETORT_IDLE_FD=1) the NUL comes in order behind the frame.
 */
#ifndef RT_TUI_LOOP_H
#define RT_TUI_LOOP_H

#include <stdbool.h>
#include <stddef.h>

typedef struct rt_loop rt_loop;

/* Calls back with the `self` that came with it. */
typedef void (*rt_loop_fn)(void *self);

/*
 *   in:   draw, called to show a frame; idle_fd, -1 for none
 *   own:  caller frees
 */
rt_loop *rt_loop_new(rt_loop_fn draw, void *self, int idle_fd);
void rt_loop_free(rt_loop *loop); /* NULL allowed */

/* Call `ready` whenever fd can be read, or is at its end. */
void rt_loop_watch(rt_loop *loop, int fd, rt_loop_fn ready, void *self);
void rt_loop_unwatch(rt_loop *loop, int fd);

/* Call `fire` once, in `ms` milliseconds.  A timer of the same function and
 * self that still runs is set anew. */
void rt_loop_timer(rt_loop *loop, double ms, rt_loop_fn fire, void *self);
void rt_loop_cancel(rt_loop *loop, rt_loop_fn fire, void *self);

/* Something has changed: a frame is wanted. */
void rt_loop_dirty(rt_loop *loop);

/* Between these two the loop is not idle, whatever else. */
void rt_loop_busy(rt_loop *loop);
void rt_loop_unbusy(rt_loop *loop);

/* Run until rt_loop_quit. */
void rt_loop_run(rt_loop *loop);
void rt_loop_quit(rt_loop *loop);

#endif
