/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/zone.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"

enum { HEADER = 44, FILE_LIMIT = 1 << 20 };

/* Counts of a TZif header, in the order of the file. */
enum { UT_COUNT, STD_COUNT, LEAPS, TIMES, TYPES, CHARS, COUNTS };

/* A big-endian number of `size` bytes, signed. */
static long long number(rt_sv s, size_t at, size_t size)
{
	uint64_t n = ((unsigned char)s.p[at] & 0x80) ? UINT64_MAX : 0;
	size_t i;

	for (i = 0; i < size; i++)
		n = n << 8 | (unsigned char)s.p[at + i];
	return (long long)n;
}

/* Bytes behind a header whose times have `size` bytes; 0 if it is none. */
static size_t read_header(rt_sv file, size_t at, size_t size,
			  size_t count[COUNTS])
{
	size_t i;

	if (at > file.n || file.n - at < HEADER ||
	    memcmp(file.p + at, "TZif", 4) != 0)
		return 0;
	for (i = 0; i < COUNTS; i++) {
		count[i] = (size_t)number(file, at + 20 + 4 * i, 4);
		if (count[i] > file.n)
			return 0;
	}
	if (!count[TYPES])
		return 0;
	return count[TIMES] * (size + 1) + count[TYPES] * 6 + count[CHARS] +
	       count[LEAPS] * (size + 4) + count[STD_COUNT] +
	       count[UT_COUNT];
}

/* The last transition that is not after `when`; TIMES if there is none. */
static size_t find_time(rt_sv times, size_t n, size_t size, long long when)
{
	size_t low = 0, high = n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (number(times, middle * size, size) <= when)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : n;
}

bool rt_zone_read(rt_sv file, long long when, long *offset)
{
	size_t count[COUNTS], at = 0, size = 4, bytes, i, type = 0;
	rt_sv footer;

	bytes = read_header(file, 0, size, count);
	if (bytes && file.p[4] >= '2') {
		/* A second block has 64-bit times and a rule behind it. */
		at = HEADER + bytes;
		size = 8;
		bytes = read_header(file, at, size, count);
	}
	if (!bytes || bytes > file.n - at - HEADER)
		return false;
	at += HEADER;
	footer = rt_sv_sub(file, at + bytes, file.n);
	i = find_time(rt_sv_sub(file, at, file.n), count[TIMES], size, when);
	if (i + 1 >= count[TIMES] && footer.n > 2 &&
	    (i < count[TIMES] || !count[TIMES]) && footer.p[0] == '\n') {
		footer = rt_sv_sub(footer, 1, footer.n);
		footer = rt_sv_sub(footer, 0, rt_sv_find(footer, '\n'));
		return rt_zone_rule(footer, when, offset);
	}
	if (i < count[TIMES])
		type = (unsigned char)file.p[at + count[TIMES] * size + i];
	if (type >= count[TYPES])
		return false;
	*offset = (long)number(file, at + count[TIMES] * (size + 1) + type * 6,
			       4);
	return true;
}

static bool good_name(const char *name)
{
	return *name && name[0] != '/' && !strstr(name, "..");
}

static int try_zone(const char *dir, const char *name, long long when,
		    long *offset, bool *found, retort_error *err)
{
	char *path = rt_fs_join(dir, name);
	rt_str text = RT_STR_INIT;
	int rc = 0;

	*found = rt_fs_exists(path) && !rt_fs_is_dir(path);
	if (*found)
		rc = rt_fs_read(path, FILE_LIMIT, &text, err);
	if (*found && !rc && !rt_zone_read(rt_str_sv(&text), when, offset))
		rc = rt_err_set(err, RETORT_ECONFIG,
				"'%s' is no time zone file", path);
	rt_str_free(&text);
	free(path);
	return rc;
}

int rt_zone_offset(const char *name, long long when, long *offset,
		   retort_error *err)
{
	const char *dir = getenv("TZDIR");
	char *upper, *p;
	bool found = false;
	int rc = 0;

	*offset = 0;
	if (rt_sv_is_nocase(rt_sv_from(name), "UTC"))
		return 0; /* also where no zones are installed */
	if (!dir || !*dir)
		dir = "/usr/share/zoneinfo";
	upper = rt_strdup(name);
	for (p = upper; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - ('a' - 'A'));
	if (good_name(name))
		rc = try_zone(dir, name, when, offset, &found, err);
	if (good_name(name) && !found)
		rc = try_zone(dir, upper, when, offset, &found, err);
	free(upper);
	if (found)
		return rc;
	rt_err_set(err, RETORT_ECONFIG, "no time zone '%s' in '%s'", name,
		   dir);
	rt_err_field(err, RETORT_ERROR_NEXT, "write a name such as "
		     "Europe/Berlin; the package tzdata brings them");
	return RETORT_ECONFIG;
}
