/* SPDX-License-Identifier: MIT */
/*
 * Time zones by name, without touching TZ or the C library's idea of local
 * time, which belong to the whole process.
 */
#ifndef RT_BASE_ZONE_H
#define RT_BASE_ZONE_H

#include <retort/error.h>

#include "base/sv.h"

/*
 * How far east of UTC a zone is at a time.
 *   in:   name, "Europe/Berlin"; tried as it is, then in upper case ("utc")
 *         when, seconds since 1970
 *   out:  *offset, seconds
 *   err:  ECONFIG: no such zone, a file that is no zone
 *   source: TZif as of RFC 8536, from $TZDIR or /usr/share/zoneinfo
 */
RETORT_MUST_CHECK int rt_zone_offset(const char *name, long long when,
				     long *offset, retort_error *err);

/*
 * The same from the bytes of a TZif file, and from a rule such as
 * "CET-1CEST,M3.5.0,M10.5.0/3" (the TZ of POSIX); false where they are none.
 */
bool rt_zone_read(rt_sv file, long long when, long *offset);
bool rt_zone_rule(rt_sv rule, long long when, long *offset);

#endif
