/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/colour.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The sixteen colours that every theme defines; never a background. */
static const char *const roles[RT_ROLE_COUNT] = {
	[RT_ROLE_PLAIN] = "",
	[RT_ROLE_REVISION] = "\033[33m",
	[RT_ROLE_MARK] = "\033[1;36m",
	[RT_ROLE_LABEL] = "\033[32m",
	[RT_ROLE_TITLE] = "\033[1m",
	[RT_ROLE_DIM] = "\033[2m",
	[RT_ROLE_GOOD] = "\033[32m",
	[RT_ROLE_WARNING] = "\033[35m",
	[RT_ROLE_ERROR] = "\033[1;31m",
	[RT_ROLE_KEYWORD] = "\033[36m",
	[RT_ROLE_STRING] = "\033[32m",
};

static const char *const lanes[RT_COLOUR_LANES] = {
	"\033[31m", "\033[32m", "\033[34m", "\033[35m", "\033[36m", "\033[33m",
};

bool rt_colour_wanted(FILE *file, rt_colour_when when)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (when != RT_COLOUR_AUTO)
		return when == RT_COLOUR_ALWAYS;
	if ((no && *no) || !term || strcmp(term, "dumb") == 0)
		return false;
	return isatty(fileno(file));
}

const char *rt_colour_start(rt_role role)
{
	return roles[role];
}

const char *rt_colour_lane(size_t n)
{
	return lanes[n % RT_COLOUR_LANES];
}
