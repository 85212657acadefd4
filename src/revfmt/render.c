/* SPDX-License-Identifier: MIT */
/* New revision files from a template. */
#include "config.h"

#include "revfmt/native.h"

#include "base/err.h"
#include "text/source.h"

rt_sv rt_native_template(void)
{
	return RT_SV("-- revision: ${revision}\n"
		     "-- down_revision: ${down_revision}\n"
		     "-- depends_on: ${depends_on}\n"
		     "-- branch_labels: ${branch_labels}\n"
		     "-- message: ${message}\n"
		     "-- created: ${created}\n"
		     "\n"
		     "-- migrate:up\n"
		     "\n"
		     "-- migrate:down\n"
		     "\n");
}

/* --- values --- */

static void value_revision(const retort_revision *rev, rt_str *out)
{
	rt_str_add(out, rev->id);
}

static void add_names(const retort_names *names, rt_str *out)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		rt_str_addf(out, "%s%s", i ? ", " : "", names->v[i]);
}

static void value_down(const retort_revision *rev, rt_str *out)
{
	add_names(&rev->down, out);
}

static void value_depends_on(const retort_revision *rev, rt_str *out)
{
	add_names(&rev->depends_on, out);
}

static void value_labels(const retort_revision *rev, rt_str *out)
{
	add_names(&rev->labels, out);
}

/* The whole of it; a line of the template gets one line at a time. */
static void value_message(const retort_revision *rev, rt_str *out)
{
	rt_str_add(out, rev->doc && *rev->doc ? rev->doc
			: rev->message	      ? rev->message
					      : "");
}

static void value_created(const retort_revision *rev, rt_str *out)
{
	rt_str_add(out, rev->created ? rev->created : "");
}

static const struct place {
	const char *name;
	void (*value)(const retort_revision *rev, rt_str *out);
	bool stays; /* its header line is written even when it is empty */
} places[] = {
	{ "revision", value_revision, true },
	{ "down_revision", value_down, true },
	{ "depends_on", value_depends_on, false },
	{ "branch_labels", value_labels, false },
	{ "message", value_message, false },
	{ "created", value_created, false },
};

enum { PLACES = sizeof(places) / sizeof(places[0]), MESSAGE = 4 };

/* --- lines --- */

struct renderer {
	const char *path;
	rt_sv text; /* of the template */
	rt_str values[PLACES];
	rt_sv message; /* what is left of its value for further lines */
	rt_str *out;
	retort_error *err;
};

static void blank_controls(rt_str *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		unsigned char c = (unsigned char)s->p[i];

		if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7f)
			s->p[i] = ' ';
	}
}

/*
 * The next `${name}` of a line.
 *   out:  1, *before (the text up to it), *place, *line behind it; 0 if
 *         there is none
 */
static int next_place(const struct renderer *r, rt_sv *line, rt_sv *before,
		      size_t *place)
{
	size_t at = 0, close, i;
	rt_sv name;
	int rc;

	while (at < line->n && !rt_sv_starts(rt_sv_sub(*line, at, 2), "${"))
		at++;
	*before = rt_sv_sub(*line, 0, at);
	if (at == line->n)
		return 0;
	name = rt_sv_sub(*line, at + 2, line->n);
	close = rt_sv_find(name, '}');
	name.n = close;
	for (i = 0; i < PLACES && !rt_sv_is(name, places[i].name);)
		i++;
	if (i < PLACES && at + 2 + close < line->n) {
		*place = i;
		*line = rt_sv_sub(*line, at + 3 + close, line->n);
		return 1;
	}
	rc = rt_err_set(r->err, RETORT_EPARSE,
			"the template has an unknown place '${%.*s}'",
			(int)(name.n < 40 ? name.n : 40), name.p);
	rt_err_field(r->err, RETORT_ERROR_NEXT,
		     "the places are ${revision}, ${down_revision}, "
		     "${depends_on}, ${branch_labels}, ${message}, "
		     "${created}");
	rt_source_at(r->err, r->path, r->text,
		     (size_t)(line->p + at - r->text.p));
	return rc;
}

/*
 * Write a line of the template with its places filled in.
 *   out:  *message, whether it has the message; *empty, whether all its
 *         places may be left out and are empty
 */
static int fill_line(struct renderer *r, rt_sv line, bool *message,
		     bool *empty)
{
	rt_sv before;
	size_t place = 0, n = 0;
	int rc;

	*message = false;
	*empty = true;
	while ((rc = next_place(r, &line, &before, &place)) > 0) {
		rt_sv value = rt_str_sv(&r->values[place]);

		if (place == MESSAGE) {
			rt_sv rest = r->message;

			if (!rt_sv_line(&rest, &value))
				value = rt_sv_sub(rest, 0, 0);
			*message = true;
			*empty &= r->message.n == 0;
		} else {
			*empty &= value.n == 0 && !places[place].stays;
		}
		rt_str_addsv(r->out, before);
		rt_str_addsv(r->out, value);
		n++;
	}
	rt_str_addsv(r->out, before);
	*empty &= n > 0;
	return rc;
}

static int add_line(struct renderer *r, rt_sv line)
{
	bool header = rt_sv_starts(line, "--"), message, empty;
	size_t start;
	rt_sv first;
	int rc;

	r->message = rt_str_sv(&r->values[MESSAGE]);
	do {
		start = r->out->n;
		rc = fill_line(r, line, &message, &empty);
		if (rc)
			return rc;
		if (header && empty) {
			rt_str_truncate(r->out, start);
			return 0;
		}
		while (header && r->out->n > start &&
		       (r->out->p[r->out->n - 1] == ' ' ||
			r->out->p[r->out->n - 1] == '\t'))
			rt_str_truncate(r->out, r->out->n - 1);
		rt_str_addc(r->out, '\n');
		(void)rt_sv_line(&r->message, &first);
	} while (header && message && r->message.n);
	return 0;
}

int rt_native_render(const char *template_path, rt_sv template_text,
		     const retort_revision *rev, rt_str *out,
		     retort_error *err)
{
	struct renderer r = { .path = template_path,
			      .text = template_text,
			      .out = out,
			      .err = err };
	rt_sv rest = template_text, line;
	size_t i;
	int rc = 0;

	for (i = 0; i < PLACES; i++) {
		r.values[i] = (rt_str)RT_STR_INIT;
		places[i].value(rev, &r.values[i]);
		blank_controls(&r.values[i]);
	}
	while (rc == 0 && rt_sv_line(&rest, &line))
		rc = add_line(&r, line);
	for (i = 0; i < PLACES; i++)
		rt_str_free(&r.values[i]);
	return rc;
}
