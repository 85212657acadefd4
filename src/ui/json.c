/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/json.h"

#include "base/alloc.h"
#include "base/names.h"
#include "base/str.h"
#include "base/utf8.h"
#include "ui/revtext.h"

/* jansson gives NULL when memory is out (or UTF-8 broken, which is mended
 * before); the program ends the way rt_alloc ends it. */
static json_t *made(json_t *value)
{
	if (!value)
		rt_alloc_exhausted();
	return value;
}

static void check(int rc)
{
	if (rc != 0)
		rt_alloc_exhausted();
}

/* On a terminal and in a pipe alike: the text is ASCII without controls. */
static int write_some(const char *text, size_t n, void *self)
{
	rt_out *o = self;

	fwrite(text, 1, n, o->file);
	return 0;
}

static void dump(rt_out *o, json_t *value)
{
	check(json_dump_callback(value, write_some, o,
				 JSON_COMPACT | JSON_ENSURE_ASCII |
					 JSON_ENCODE_ANY));
	json_decref(value);
}

/* Bytes that are no UTF-8 become U+FFFD. */
static void mend(rt_sv text, rt_str *out)
{
	uint32_t character;
	size_t at, n;

	for (at = 0; at < text.n; at += n ? n : 1) {
		n = rt_utf8_decode(rt_sv_sub(text, at, 4), &character);
		if (n)
			rt_str_addn(out, text.p + at, n);
		else
			rt_str_add(out, "\xef\xbf\xbd");
	}
}

json_t *rt_json_string(const char *text)
{
	rt_str mended = RT_STR_INIT;
	json_t *value;

	if (!text)
		return made(json_null());
	mend(rt_sv_from(text), &mended);
	value = made(json_stringn(mended.p, mended.n));
	rt_str_free(&mended);
	return value;
}

json_t *rt_json_names(const retort_names *names)
{
	json_t *list = made(json_array());
	size_t i;

	for (i = 0; i < names->n; i++)
		check(json_array_append_new(list,
					    rt_json_string(names->v[i])));
	return list;
}

void rt_json_set(json_t *object, const char *name, json_t *value)
{
	check(json_object_set_new(object, name, made(value)));
}

void rt_json_set_string(json_t *object, const char *name, const char *text)
{
	rt_json_set(object, name, rt_json_string(text));
}

void rt_json_set_bool(json_t *object, const char *name, bool value)
{
	rt_json_set(object, name, json_boolean(value));
}

void rt_json_set_int(json_t *object, const char *name, long long value)
{
	rt_json_set(object, name, json_integer(value));
}

json_t *rt_json_object(void)
{
	json_t *object = made(json_object());

	rt_json_set_int(object, "version", 1);
	return object;
}

void rt_json_print(rt_out *o, json_t *object)
{
	dump(o, object);
	fputc('\n', o->file);
}

void rt_json_begin(rt_json *j, rt_out *o, const char *list)
{
	j->out = o;
	j->first = true;
	fprintf(o->file, "{\"version\":1,\"%s\":[", list);
}

void rt_json_item(rt_json *j, json_t *value)
{
	if (!j->first)
		fputc(',', j->out->file);
	j->first = false;
	dump(j->out, value);
}

void rt_json_end_list(rt_json *j)
{
	fputc(']', j->out->file);
}

void rt_json_member(rt_json *j, const char *name, json_t *value)
{
	fprintf(j->out->file, ",\"%s\":", name);
	dump(j->out, made(value));
}

void rt_json_end(rt_json *j)
{
	fputs("}\n", j->out->file);
}

json_t *rt_json_revision(const retort_revision *rev, const retort_names *rows)
{
	json_t *o = made(json_object());

	rt_json_set_string(o, "revision", rev->id);
	rt_json_set(o, "down_revision", rt_json_names(&rev->down));
	rt_json_set(o, "depends_on", rt_json_names(&rev->depends_on));
	rt_json_set(o, "branch_labels", rt_json_names(&rev->branches));
	rt_json_set(o, "declared_labels", rt_json_names(&rev->labels));
	rt_json_set_string(o, "message", rev->message);
	rt_json_set_string(o, "doc", rev->doc);
	rt_json_set_string(o, "created", rev->created);
	rt_json_set_string(o, "path", rev->path);
	rt_json_set_bool(o, "is_head", rev->is_head);
	rt_json_set_bool(o, "is_effective_head", rev->is_real_head);
	rt_json_set_bool(o, "is_base", rev->is_base);
	rt_json_set_bool(o, "is_branch_point", rev->is_branch_point);
	rt_json_set_bool(o, "is_merge_point", rev->is_merge_point);
	if (rows)
		rt_json_set_bool(o, "is_current", rt_names_have(rows, rev->id));
	else
		rt_json_set(o, "is_current", json_null());
	return o;
}

json_t *rt_json_step(const retort_step *step)
{
	json_t *o = made(json_object());

	rt_json_set_string(o, "op", retort_op_name(step->op));
	rt_json_set_string(o, "revision", step->revision);
	rt_json_set(o, "from", rt_json_names(&step->from));
	rt_json_set(o, "to", rt_json_names(&step->to));
	return o;
}
