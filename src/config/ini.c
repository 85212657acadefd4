/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "config/ini.h"

#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"

typedef struct reader {
	rt_ini *ini;
	const char *path;
	retort_error *err;
	int line;
	size_t section; /* that keys go to */
	rt_str value;   /* of the last key, while lines may follow */
	bool open;      /* there is such a key */
	size_t indent;  /* of its line */
} reader;

static int fail(reader *r, int column)
{
	rt_err_at(r->err, r->path, r->line, column);
	return RETORT_ECONFIG;
}

static int column_at(rt_sv line, size_t at)
{
	return (int)rt_utf8_count(rt_sv_sub(line, 0, at)) + 1;
}

static char *fold(rt_arena *arena, rt_sv s)
{
	char *out = rt_arena_strsv(arena, s), *p;

	for (p = out; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return out;
}

/* What by_key knows a value by; no section name holds a line end. */
static rt_sv full_key(rt_str *buf, const char *section, const char *key)
{
	rt_str_clear(buf);
	rt_str_addf(buf, "%s\n%s", section, key);
	return rt_str_sv(buf);
}

/* No more lines for the last key: its value is known. */
static void close_value(reader *r)
{
	rt_ini *ini = r->ini;
	rt_sv value = rt_str_sv(&r->value);

	if (!r->open)
		return;
	while (value.n && value.p[value.n - 1] == '\n')
		value.n--;
	ini->values.v[ini->values.n - 1].value =
		rt_arena_strsv(&ini->arena, value);
	r->open = false;
}

static int read_section(reader *r, rt_sv line, size_t at)
{
	rt_ini *ini = r->ini;
	const rt_ini_section *old;
	rt_ini_section new;
	size_t end = line.n;

	close_value(r);
	while (end > at && line.p[end - 1] != ']')
		end--;
	if (end < at + 3) {
		rt_err_set(r->err, RETORT_ECONFIG,
			   "a section is written [name]");
		return fail(r, column_at(line, at));
	}
	new.name = rt_arena_strsv(&ini->arena,
				  rt_sv_sub(line, at + 1, end - at - 2));
	new.line = r->line;
	old = rt_ini_section_find(ini, new.name);
	r->section = old ? (size_t)(old - ini->sections.v) : ini->sections.n;
	if (old && !strcmp(new.name, "DEFAULT"))
		return 0; /* configparser lets this one go on */
	if (old) {
		rt_err_set(r->err, RETORT_ECONFIG,
			   "section [%s] is there twice; first in line %d",
			   new.name, old->line);
		return fail(r, column_at(line, at));
	}
	rt_map_add(&ini->by_section, rt_sv_from(new.name), ini->sections.n);
	rt_vec_push(&ini->sections, new);
	return 0;
}

static void push_value(rt_ini *ini, const rt_ini_value *new)
{
	rt_str key = RT_STR_INIT;

	full_key(&key, ini->sections.v[new->section].name, new->key);
	rt_map_add(&ini->by_key,
		   rt_sv_from(rt_arena_strsv(&ini->arena, rt_str_sv(&key))),
		   ini->values.n);
	rt_str_free(&key);
	rt_vec_push(&ini->values, *new);
}

void rt_ini_put(rt_ini *ini, const char *section, const rt_ini_value *value)
{
	rt_map_entry *known = rt_map_find(&ini->by_section,
					  rt_sv_from(section));
	rt_ini_section made = { NULL, value->line };
	rt_ini_value new = *value;

	new.key = fold(&ini->arena, rt_sv_from(value->key));
	if (rt_ini_find(ini, section, new.key))
		return;
	new.section = known ? known->value : ini->sections.n;
	if (!known) {
		made.name = rt_arena_strdup(&ini->arena, section);
		rt_map_add(&ini->by_section, rt_sv_from(made.name),
			   ini->sections.n);
		rt_vec_push(&ini->sections, made);
	}
	push_value(ini, &new);
}

static int add_value(reader *r, rt_ini_value *new, int column)
{
	rt_ini *ini = r->ini;
	const char *section = ini->sections.v[new->section].name;
	const rt_ini_value *old = rt_ini_find(ini, section, new->key);

	if (old) {
		rt_err_set(r->err, RETORT_ECONFIG,
			   "'%s' is set twice in [%s]; first in line %d",
			   new->key, section, old->line);
		return fail(r, column);
	}
	push_value(ini, new);
	return 0;
}

static int read_key(reader *r, rt_sv line, size_t at)
{
	size_t end = at;
	rt_ini_value new;
	rt_sv key, value;

	close_value(r);
	while (end < line.n && line.p[end] != '=' && line.p[end] != ':')
		end++;
	key = rt_sv_trim(rt_sv_sub(line, at, end - at));
	if (end == line.n || key.n == 0) {
		rt_err_set(r->err, RETORT_ECONFIG,
			   "want a [section] or key = value");
		return fail(r, column_at(line, at));
	}
	if (r->ini->sections.n == 0) {
		rt_err_set(r->err, RETORT_ECONFIG,
			   "a key before the first [section]");
		return fail(r, column_at(line, at));
	}
	value = rt_sv_trim(rt_sv_sub(line, end + 1, line.n));
	memset(&new, 0, sizeof(new));
	new.section = r->section;
	new.key = fold(&r->ini->arena, key);
	new.value = "";
	new.line = r->line;
	new.column = column_at(line, value.n ? (size_t)(value.p - line.p)
					     : end + 1);
	rt_str_clear(&r->value);
	rt_str_addsv(&r->value, value);
	r->open = true;
	r->indent = at;
	return add_value(r, &new, column_at(line, at));
}

static int read_line(reader *r, rt_sv line)
{
	size_t at = 0;

	while (at < line.n && rt_sv_trim(rt_sv_sub(line, at, 1)).n == 0)
		at++;
	if (at == line.n) {
		/* An empty line may stand inside a value of many lines. */
		if (r->open)
			rt_str_addc(&r->value, '\n');
		return 0;
	}
	if (line.p[at] == '#' || line.p[at] == ';')
		return 0;
	if (r->open && at > r->indent) {
		rt_str_addc(&r->value, '\n');
		rt_str_addsv(&r->value, rt_sv_trim(line));
		return 0;
	}
	if (line.p[at] == '[')
		return read_section(r, line, at);
	return read_key(r, line, at);
}

static int check_bytes(const char *path, rt_sv text, retort_error *err)
{
	size_t bad = rt_sv_find(text, '\0');

	if (bad < text.n)
		rt_err_set(err, RETORT_ECONFIG, "a NUL byte");
	else if (!rt_utf8_valid(text, &bad))
		rt_err_set(err, RETORT_ECONFIG, "this is not UTF-8");
	else
		return 0;
	rt_err_at_offset(err, path, text, bad);
	return RETORT_ECONFIG;
}

int rt_ini_read(rt_ini *ini, const char *path, rt_sv text, retort_error *err)
{
	reader r = { ini, path, err, 0, 0, RT_STR_INIT, false, 0 };
	rt_sv line;
	int rc;

	rc = check_bytes(path, text, err);
	if (rt_sv_starts(text, "\xef\xbb\xbf"))
		text = rt_sv_sub(text, 3, text.n);
	while (!rc && rt_sv_line(&text, &line)) {
		r.line++;
		rc = read_line(&r, line);
	}
	close_value(&r);
	rt_str_free(&r.value);
	return rc;
}

void rt_ini_free(rt_ini *ini)
{
	rt_map_free(&ini->by_section);
	rt_map_free(&ini->by_key);
	rt_vec_free(&ini->sections);
	rt_vec_free(&ini->values);
	rt_arena_free(&ini->arena);
}

const rt_ini_section *rt_ini_section_find(const rt_ini *ini, const char *name)
{
	const rt_map_entry *e = rt_map_find(&ini->by_section,
					    rt_sv_from(name));

	return e ? &ini->sections.v[e->value] : NULL;
}

const rt_ini_value *rt_ini_find(const rt_ini *ini, const char *section,
				const char *key)
{
	rt_str full = RT_STR_INIT;
	const rt_map_entry *e = rt_map_find(&ini->by_key,
					    full_key(&full, section, key));

	rt_str_free(&full);
	return e ? &ini->values.v[e->value] : NULL;
}
