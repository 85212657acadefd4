/* SPDX-License-Identifier: MIT */
#include "support/screen_golden.h"

#include "support/rt_test.h"

#include <ctype.h>
#include <stdio.h>

#include "base/fs.h"
#include "base/utf8.h"

/* Does the text begin with this shape, whose 'd' is a digit? */
static bool has_shape(const char *text, const char *shape)
{
	while (*shape && *text &&
	       (*shape == 'd' ? isdigit((unsigned char)*text) != 0
			      : *shape == *text)) {
		text++;
		shape++;
	}
	return !*shape;
}

/* When the test ran. */
static void mask_times(rt_str *line)
{
	static const char *const shapes[] = { "dddd-dd-ddTdd:dd:dd.ddd",
					      "dddd-dd-ddTdd:dd:dd",
					      "dd:dd:dd" };
	size_t i, k, m;

	for (i = 0; i < line->n; i++)
		for (k = 0; k < sizeof(shapes) / sizeof(*shapes); k++)
			for (m = 0; has_shape(line->p + i, shapes[k]) &&
				    shapes[k][m];
			     m++)
				if (shapes[k][m] == 'd')
					line->p[i + m] = '0';
}

/* Where the test ran. */
static void mask_folders(rt_str *line)
{
	static const char name[] = "/retort-test-";
	char *at = line->p;
	int i;

	while ((at = strstr(at, name)) != NULL) {
		at += sizeof(name) - 1;
		for (i = 0; i < 6 && isalnum((unsigned char)at[i]); i++)
			at[i] = '0';
	}
}

/* The id of a new revision. */
static void mask_ids(rt_str *line)
{
	static const char hex[] = "0123456789abcdef";
	size_t i, n;

	for (i = 0; i < line->n; i += n + 1) {
		n = strspn(line->p + i, hex);
		if (n == 12 && !(i && isalnum((unsigned char)line->p[i - 1])) &&
		    !isalnum((unsigned char)line->p[i + n]))
			memset(line->p + i, '0', n);
	}
}

/* How long something took: "  3.4 s" becomes " 0.0 ms", of the same width. */
static void mask_durations(rt_str *line)
{
	static const char none[] = "0.0 ms";
	size_t i, from, to, width;

	for (i = 1; i + 1 < line->n; i++) {
		to = has_shape(line->p + i, " ms")  ? i + 3
		     : has_shape(line->p + i, " s") ? i + 2
						    : 0;
		if (!to || !isdigit((unsigned char)line->p[i - 1]) ||
		    isalpha((unsigned char)line->p[to]))
			continue;
		for (from = i; from > 0 &&
			       (isdigit((unsigned char)line->p[from - 1]) ||
				line->p[from - 1] == '.');)
			from--;
		while (from > 0 && line->p[from - 1] == ' ')
			from--;
		width = to - from;
		if (width < sizeof(none) - 1)
			continue;
		memset(line->p + from, ' ', width);
		memcpy(line->p + to - (sizeof(none) - 1), none,
		       sizeof(none) - 1);
	}
}

static void get_cell(VTermScreen *screen, int row, int col,
		     VTermScreenCell *cell)
{
	VTermPos pos = { row, col };

	memset(cell, 0, sizeof(*cell));
	vterm_screen_get_cell(screen, pos, cell);
}

char *rt_golden_row(VTermScreen *screen, int row, int cols)
{
	rt_str s = RT_STR_INIT;
	VTermScreenCell cell;
	int col, i;

	for (col = 0; col < cols; col += cell.width > 1 ? cell.width : 1) {
		get_cell(screen, row, col, &cell);
		if (!cell.chars[0])
			rt_str_addc(&s, ' ');
		for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			rt_utf8_encode(cell.chars[i], &s);
	}
	while (s.n && s.p[s.n - 1] == ' ')
		rt_str_truncate(&s, s.n - 1);
	mask_times(&s);
	mask_folders(&s);
	mask_ids(&s);
	mask_durations(&s);
	return rt_str_take(&s);
}

static void describe_colour(const VTermColor *c, const char *name, rt_str *out)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(c) || VTERM_COLOR_IS_DEFAULT_BG(c))
		return;
	if (VTERM_COLOR_IS_INDEXED(c))
		rt_str_addf(out, " %s=%d", name, c->indexed.idx);
	else
		rt_str_addf(out, " %s=#%02x%02x%02x", name, c->rgb.red,
			    c->rgb.green, c->rgb.blue);
}

static void describe(const VTermScreenCell *cell, rt_str *out)
{
	if (cell->attrs.bold)
		rt_str_add(out, " bold");
	if (cell->attrs.underline)
		rt_str_add(out, " underline");
	if (cell->attrs.reverse)
		rt_str_add(out, " reverse");
	describe_colour(&cell->fg, "fg", out);
	describe_colour(&cell->bg, "bg", out);
}

static void dump_runs(VTermScreen *screen, int row, int cols, rt_str *out)
{
	rt_str now = RT_STR_INIT, run = RT_STR_INIT;
	VTermScreenCell cell;
	int col, start = 0;

	for (col = 0; col <= cols; col++) {
		rt_str_clear(&now);
		if (col < cols) {
			get_cell(screen, row, col, &cell);
			describe(&cell, &now);
		}
		if (col < cols && strcmp(now.p, run.p) == 0)
			continue;
		if (run.n)
			rt_str_addf(out, "%d %d+%d%s\n", row, start,
				    col - start, run.p);
		start = col;
		rt_str_clear(&run);
		rt_str_add(&run, now.p);
	}
	rt_str_free(&now);
	rt_str_free(&run);
}

void rt_golden_dump(VTermScreen *screen, int rows, int cols, VTermPos cursor,
		    rt_str *out)
{
	char *line;
	int row;

	rt_str_addf(out, "%dx%d cursor %d,%d\n", cols, rows, cursor.row,
		    cursor.col);
	for (row = 0; row < rows; row++) {
		line = rt_golden_row(screen, row, cols);
		rt_str_addf(out, "|%s\n", line);
		free(line);
	}
	rt_str_add(out, "--- attributes\n");
	for (row = 0; row < rows; row++)
		dump_runs(screen, row, cols, out);
}

static char *golden_path(const char *name)
{
	const char *top = getenv("top_srcdir");

	return rt_strf("%s/tests/tui/golden/%s.txt", top ? top : ".", name);
}

/* The lines that differ, as diagnostics. */
static void show_difference(rt_sv want, rt_sv got)
{
	rt_sv a, b;
	bool more_a, more_b;
	int n = 0;

	for (;;) {
		more_a = rt_sv_line(&want, &a);
		more_b = rt_sv_line(&got, &b);
		if (!more_a && !more_b)
			return;
		n++;
		if (more_a == more_b && rt_sv_eq(a, b))
			continue;
		if (more_a)
			fprintf(stderr, "# %d want: %.*s\n", n, (int)a.n, a.p);
		if (more_b)
			fprintf(stderr, "# %d got:  %.*s\n", n, (int)b.n, b.p);
	}
}

bool rt_golden_is(const char *name, const rt_str *got)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str want = RT_STR_INIT;
	char *path = golden_path(name);
	bool same = rt_fs_read(path, RT_FS_LIMIT, &want, &err) == 0 &&
		    rt_sv_eq(rt_str_sv(&want), rt_str_sv(got));

	retort_error_dispose(&err);
	rt_str_free(&want);
	free(path);
	return same;
}

void rt_golden_compare(const char *name, const rt_str *got)
{
	const char *update = getenv("RETORT_UPDATE_GOLDEN");
	retort_error err = RETORT_ERROR_INIT;
	rt_str want = RT_STR_INIT;
	char *path = golden_path(name);
	bool same;

	if (update && *update) {
		rt_assert_ok(rt_fs_write(path, rt_str_sv(got), true, 0666,
					 &err),
			     &err);
	} else {
		rt_assert_ok(rt_fs_read(path, RT_FS_LIMIT, &want, &err), &err);
		same = rt_sv_eq(rt_str_sv(&want), rt_str_sv(got));
		if (!same) {
			show_difference(rt_str_sv(&want), rt_str_sv(got));
			fail_msg("the screen differs from %s; "
				 "RETORT_UPDATE_GOLDEN=1 takes the new one",
				 path);
		}
	}
	rt_str_free(&want);
	free(path);
}
