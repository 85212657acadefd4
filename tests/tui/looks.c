/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "tui/looks.h"

#include "base/str.h"
#include "tui/fixture.h"

const look looks[] = {
	{ "80x24", NULL, 24, 80 },
	{ "80x24-ascii", fixture_ascii, 24, 80 },
	{ "80x24-nocolor", fixture_no_colour, 24, 80 },
	{ "40x10", NULL, 10, 40 },
#ifdef LIBGIT2_VERSION_TEXT /* its diff pane asks git */
	{ "140x40", NULL, 40, 140 },
#endif
};

const size_t n_looks = sizeof(looks) / sizeof(looks[0]);

void look_at(rt_screen *s, const char *page, const look *l)
{
	char *file = rt_strf("%s-%s", page, l->name);

	rt_screen_golden(s, file);
	free(file);
}
