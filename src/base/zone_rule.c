/* SPDX-License-Identifier: MIT */
/*
 * The rule behind a zone's last transition, as POSIX writes TZ:
 * "CET-1CEST,M3.5.0,M10.5.0/3".  Offsets there count west of UTC.
 */
#include "config.h"

#include "base/zone.h"

#include "base/clock.h"

enum { DAY = 86400 };

static bool read_char(rt_sv *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = rt_sv_sub(*s, 1, s->n);
	return true;
}

static bool read_number(rt_sv *s, long *out)
{
	size_t n = 0;

	*out = 0;
	while (n < s->n && n < 4 && s->p[n] >= '0' && s->p[n] <= '9')
		*out = *out * 10 + (s->p[n++] - '0');
	*s = rt_sv_sub(*s, n, s->n);
	return n > 0;
}

/* "CET" or "<+03>" */
static bool read_name(rt_sv *s)
{
	size_t n = 0;

	if (read_char(s, '<')) {
		n = rt_sv_find(*s, '>');
		*s = rt_sv_sub(*s, n, s->n);
		return n > 0 && read_char(s, '>');
	}
	while (n < s->n && ((s->p[n] | 0x20) >= 'a' && (s->p[n] | 0x20) <= 'z'))
		n++;
	*s = rt_sv_sub(*s, n, s->n);
	return n >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds */
static bool read_time(rt_sv *s, long *out)
{
	long sign = read_char(s, '-') ? -1 : 1, part, unit;

	if (sign > 0)
		read_char(s, '+');
	if (!read_number(s, out))
		return false;
	*out *= 3600;
	for (unit = 60; unit && read_char(s, ':'); unit /= 60) {
		if (!read_number(s, &part))
			return false;
		*out += part * unit;
	}
	*out *= sign;
	return true;
}

static bool is_leap(long long year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970-01-01 to the first day of a year. */
static long long year_start(long long year)
{
	long long y = year - 1;

	return 365 * (year - 1970) + (y / 4 - y / 100 + y / 400) - 477;
}

/* Day of the year, from 0, of "the n-th such weekday of a month". */
static long nth_weekday(long long year, long month, long nth, long weekday)
{
	static const long before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243,
				       273, 304, 334, 365 };
	long leap = is_leap(year), first, end, day;

	first = before[month - 1] + (month > 2 ? leap : 0);
	end = before[month] + (month > 1 ? leap : 0);
	/* 1970-01-01 was a Thursday. */
	day = (long)((year_start(year) + first + 4) % 7);
	day = first + (weekday - day + 7) % 7 + (nth - 1) * 7;
	return day < end ? day : day - 7;
}

/*
 * When in a year the clocks change, in seconds of its local time:
 * ",Mm.n.d[/time]", ",Jn" (never counts February 29th) or ",n".
 */
static bool read_change(rt_sv *s, long long year, long *out)
{
	long month, nth, weekday, day, time = 2 * 3600;

	if (!read_char(s, ','))
		return false;
	if (read_char(s, 'M')) {
		if (!read_number(s, &month) || !read_char(s, '.') ||
		    !read_number(s, &nth) || !read_char(s, '.') ||
		    !read_number(s, &weekday) || month < 1 || month > 12 ||
		    nth < 1 || nth > 5 || weekday > 6)
			return false;
		day = nth_weekday(year, month, nth, weekday);
	} else if (read_char(s, 'J')) {
		if (!read_number(s, &day))
			return false;
		day -= !is_leap(year) || day < 60;
	} else if (!read_number(s, &day)) {
		return false;
	}
	if (read_char(s, '/') && !read_time(s, &time))
		return false;
	*out = day * DAY + time;
	return true;
}

bool rt_zone_rule(rt_sv s, long long when, long *offset)
{
	long standard, summer, begin, end;
	long long year, now;
	bool inside;

	if (!read_name(&s) || !read_time(&s, &standard))
		return false;
	*offset = -standard;
	if (!s.n)
		return true;
	if (!read_name(&s))
		return false;
	summer = standard - 3600;
	if (s.n && s.p[0] != ',' && !read_time(&s, &summer))
		return false;
	year = rt_clock_split(when - standard).year;
	if (year < 1 || !read_change(&s, year, &begin) ||
	    !read_change(&s, year, &end) || s.n)
		return false;
	now = when - year_start(year) * DAY;
	inside = begin + standard <= now && now < end + summer;
	if (begin > end) /* south of the equator */
		inside = begin + standard <= now || now < end + summer;
	*offset = inside ? -summer : -standard;
	return true;
}
