/* SPDX-License-Identifier: MIT */
/* The screens that a page is compared on. */
#ifndef RT_TEST_LOOKS_H
#define RT_TEST_LOOKS_H

#include <stddef.h>

#include "support/screen.h"

typedef struct look {
	const char *name;       /* "80x24-ascii" */
	const char *const *env; /* as rt_screen_start takes it */
	int rows, cols;
} look;

extern const look looks[];
extern const size_t n_looks;

/* Compare the screen with the golden one of a page, in this look. */
void look_at(rt_screen *s, const char *page, const look *l);

#endif
