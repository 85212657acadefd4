/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/out.h"

#include <errno.h>
#include <langinfo.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/sanitize.h"
#include "base/str.h"

void rt_out_init(rt_out *o, FILE *file, rt_colour_when when)
{
	struct winsize size;

	o->file = file;
	o->colour = rt_colour_wanted(file, when);
	o->terminal = isatty(fileno(file));
	o->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	o->columns = 80;
	o->progress = false;
	o->failed = 0;
	if (o->terminal && ioctl(fileno(file), TIOCGWINSZ, &size) == 0 &&
	    size.ws_col > 0)
		o->columns = size.ws_col;
}

/* By the time the file is flushed the reason would be forgotten. */
static void write_out(rt_out *o, const char *text, size_t n)
{
	if (fwrite(text, 1, n, o->file) < n && !o->failed)
		o->failed = errno;
}

/* Write clean text, behind any progress line that still stands. */
static void put(rt_out *o, rt_role role, rt_sv clean)
{
	bool coloured = o->colour && role != RT_ROLE_PLAIN && clean.n > 0;

	rt_out_progress_end(o);
	if (coloured)
		fputs(rt_colour_start(role), o->file);
	write_out(o, clean.p, clean.n);
	if (coloured)
		fputs(RT_COLOUR_END, o->file);
}

/* Nearly all text is clean already, and a long list is many pieces: only
 * what is not is copied. */
static void put_text(rt_out *o, rt_role role, rt_sv text, unsigned keep)
{
	rt_str clean = RT_STR_INIT;

	if (rt_sanitize_is_plain(text, keep)) {
		put(o, role, text);
		return;
	}
	rt_sanitize(text, keep, &clean);
	put(o, role, rt_str_sv(&clean));
	rt_str_free(&clean);
}

static void put_field(rt_out *o, rt_role role, rt_sv text)
{
	put_text(o, role, text, RT_SANITIZE_LINE);
}

void rt_out_lines(rt_out *o, rt_role role, rt_sv text)
{
	put_text(o, role, text, RT_SANITIZE_TEXT);
}

void rt_out_text(rt_out *o, const char *text)
{
	rt_out_lines(o, RT_ROLE_PLAIN, rt_sv_from(text));
}

void rt_out_printf(rt_out *o, const char *format, ...)
{
	rt_str text = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&text, format, ap);
	va_end(ap);
	rt_out_lines(o, RT_ROLE_PLAIN, rt_str_sv(&text));
	rt_str_free(&text);
}

void rt_out_field(rt_out *o, rt_role role, const char *text)
{
	put_field(o, role, rt_sv_from(text));
}

void rt_out_style(rt_out *o, rt_role role, const char *format, ...)
{
	rt_str text = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&text, format, ap);
	va_end(ap);
	put_field(o, role, rt_str_sv(&text));
	rt_str_free(&text);
}

void rt_out_lane(rt_out *o, size_t chain, const char *glyph)
{
	bool coloured = o->colour && *glyph != ' ';

	rt_out_progress_end(o);
	if (coloured)
		fputs(rt_colour_lane(chain), o->file);
	fputs(glyph, o->file);
	if (coloured)
		fputs(RT_COLOUR_END, o->file);
}

void rt_out_names(rt_out *o, rt_role role, const retort_names *names)
{
	size_t i;

	for (i = 0; i < names->n; i++) {
		if (i > 0)
			rt_out_text(o, ", ");
		rt_out_field(o, role, names->v[i]);
	}
}

void rt_out_raw(rt_out *o, const char *text, size_t n)
{
	rt_sv sv = { text, n };

	if (o->terminal)
		rt_out_lines(o, RT_ROLE_PLAIN, sv);
	else
		write_out(o, text, n);
}

void rt_out_progress(rt_out *o, const char *format, ...)
{
	rt_str text = RT_STR_INIT;
	va_list ap;

	if (!o->terminal)
		return;
	va_start(ap, format);
	rt_str_addv(&text, format, ap);
	va_end(ap);
	rt_out_progress_end(o);
	if (o->columns > 1 && text.n > (size_t)o->columns - 1)
		rt_str_truncate(&text, (size_t)o->columns - 1);
	put_field(o, RT_ROLE_DIM, rt_str_sv(&text));
	fflush(o->file);
	o->progress = true;
	rt_str_free(&text);
}

void rt_out_progress_end(rt_out *o)
{
	if (!o->progress)
		return;
	fputs("\r\033[K", o->file);
	o->progress = false;
}
