/* SPDX-License-Identifier: MIT */
/*
 * Time: what the clock says, and how it is written.  Whoever needs the time
 * takes an rt_clock, so that a test can say what time it is.
 */
#ifndef RT_BASE_CLOCK_H
#define RT_BASE_CLOCK_H

#include "base/str.h"

typedef struct rt_clock {
	long long (*now)(void *self); /* seconds since 1970; NULL = system */
	void *self;
} rt_clock;

#define RT_CLOCK_INIT { NULL, NULL }

/* Seconds since 1970; clock NULL = the system's. */
long long rt_clock_now(const rt_clock *clock);

/* Milliseconds of a clock that never jumps; only differences mean
 * something. */
double rt_clock_ticks(void);

/* A date and time of day, as a calendar shows them. */
typedef struct rt_clock_date {
	long long year;
	int month, day;           /* from 1 */
	int hour, minute, second; /* from 0 */
} rt_clock_date;

/* The UTC date of a time; proleptic Gregorian, any year. */
rt_clock_date rt_clock_split(long long seconds);

/*
 * Append "2025-09-16T18:49:48Z", or with an offset east of UTC (seconds)
 * "2025-09-16T20:49:48+02:00".
 */
void rt_clock_format(long long seconds, rt_str *out);
void rt_clock_format_at(long long seconds, long offset, rt_str *out);

#endif
