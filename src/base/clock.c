/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/clock.h"

#include <stdlib.h>
#include <time.h>

enum { DAY = 86400, DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400 };

long long rt_clock_now(const rt_clock *clock)
{
	if (clock && clock->now)
		return clock->now(clock->self);
	return (long long)time(NULL);
}

double rt_clock_ticks(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/*
 * Years are counted from March, so that a leap day is the last of its year;
 * the months from March on have 31, 30, 31, 30, 31 days, twice and a bit,
 * which (153 m + 2) / 5 sums up.  An era is 400 years.
 */
rt_clock_date rt_clock_split(long long seconds)
{
	long long days = seconds / DAY, era, year;
	int second = (int)(seconds % DAY), day, of_year, month;
	rt_clock_date out;

	if (second < 0) {
		second += DAY;
		days--;
	}
	days += 719468; /* from 0000-03-01 to 1970-01-01 */
	era = (days >= 0 ? days : days - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	day = (int)(days - era * DAYS_PER_ERA);
	year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	of_year = day - (int)(365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	out.day = of_year - (153 * month + 2) / 5 + 1;
	out.month = month < 10 ? month + 3 : month - 9;
	out.year = year + era * YEARS_PER_ERA + (out.month <= 2);
	out.hour = second / 3600;
	out.minute = second / 60 % 60;
	out.second = second % 60;
	return out;
}

static void add_date(long long seconds, rt_str *out)
{
	rt_clock_date d = rt_clock_split(seconds);

	rt_str_addf(out, "%04lld-%02d-%02dT%02d:%02d:%02d", d.year, d.month,
		    d.day, d.hour, d.minute, d.second);
}

void rt_clock_format(long long seconds, rt_str *out)
{
	add_date(seconds, out);
	rt_str_addc(out, 'Z');
}

void rt_clock_format_at(long long seconds, long offset, rt_str *out)
{
	long minutes = labs(offset) / 60;

	add_date(seconds + offset, out);
	rt_str_addf(out, "%c%02ld:%02ld", offset < 0 ? '-' : '+',
		    minutes / 60, minutes % 60);
}
