/* SPDX-License-Identifier: MIT */
#include "support/screen_golden.h"

#include "support/rt_test.h"

#include <ctype.h>
#include <stdio.h>

#include "base/fs.h"
#include "base/utf8.h"

/* "12:34:56" is the time the test ran at. */
static void mask_times(rt_str *line)
{
	static const char shape[] = "dd:dd:dd";
	size_t i, k;

	for (i = 0; i + sizeof(shape) - 1 <= line->n; i++) {
		for (k = 0; shape[k]; k++) {
			bool digit = isdigit((unsigned char)line->p[i + k]);

			if (shape[k] == 'd' ? !digit : line->p[i + k] != ':')
				break;
		}
		if (!shape[k])
			memcpy(line->p + i, "00:00:00", sizeof(shape) - 1);
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
