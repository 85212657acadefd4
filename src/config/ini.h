/* SPDX-License-Identifier: MIT */
/*
 * Project files: the subset of Python's configparser that projects use.
 *
 *     [section]
 *     key = value          or  key: value
 *         more of it       a deeper line goes on; lines are joined by \n
 *     # comment            or  ; comment, on lines of their own
 *
 * Keys are case-folded.  Values are raw: %(key)s and ${NAME} are left to
 * config/interpolate.h.  [DEFAULT] is a section like any other here.
 *
 * Why not inih: as packaged it cuts lines at 200 bytes, taking the rest for
 * another key, and strips what follows a `;` in a value; both corrupt URLs
 * and `path_separator = ;`, and it does not say so.
 */
#ifndef RT_CONFIG_INI_H
#define RT_CONFIG_INI_H

#include <retort/error.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

typedef struct rt_ini_value {
	size_t section;    /* index of its section */
	const char *key;   /* in lower case */
	const char *value; /* "" if empty */
	int line, column;  /* of the key and of the value; 1-based */
	bool list;         /* of another file: its elements, one a line */
	const char *file;  /* that it comes from, if not from this one */
} rt_ini_value;

typedef struct rt_ini_section {
	const char *name;
	int line;
} rt_ini_section;

typedef struct rt_ini {
	rt_arena arena;
	RT_VEC(rt_ini_section) sections; /* in file order */
	RT_VEC(rt_ini_value) values;     /* in file order */
	rt_map by_section, by_key;
} rt_ini;

#define RT_INI_INIT                                                           \
	{ RT_ARENA_INIT, RT_VEC_INIT, RT_VEC_INIT, RT_MAP_INIT, RT_MAP_INIT }

/* Largest project file. */
#define RT_INI_LIMIT ((size_t)1 << 20)

/*
 * Read the text of a file; a BOM and CRLF are allowed.
 *   in:   path, for errors; *ini, from RT_INI_INIT
 *   err:  ECONFIG with file, line, column: a line that is no section, key
 *         or comment, a key before the first section, a section (but
 *         [DEFAULT]) or key twice, invalid UTF-8, a NUL byte
 *   own:  rt_ini_free, after an error too
 */
RETORT_MUST_CHECK int rt_ini_read(rt_ini *ini, const char *path, rt_sv text,
				  retort_error *err);
void rt_ini_free(rt_ini *ini);

/* Add a value that the section does not have yet, in a section that may be
 * new; new->section is filled in.  Strings are borrowed but for the key. */
void rt_ini_put(rt_ini *ini, const char *section, const rt_ini_value *value);

/* A section or a value by name; NULL if there is none.  O(1). */
const rt_ini_section *rt_ini_section_find(const rt_ini *ini, const char *name);
const rt_ini_value *rt_ini_find(const rt_ini *ini, const char *section,
				const char *key);

#endif
