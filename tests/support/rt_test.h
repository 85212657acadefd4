/* SPDX-License-Identifier: MIT */
/* What every cmocka test includes first. */
#ifndef RT_TEST_H
#define RT_TEST_H

#include "config.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <retort/error.h>

/* Fails the test with the error's message when rc is not `want`. */
#define rt_assert_rc(rc, want, err)                                           \
	do {                                                                  \
		int rc_ = (rc);                                               \
		if (rc_ != (want))                                            \
			fail_msg("%s: got %d, want %d: %s", #rc, rc_, (want), \
				 (err)->message ? (err)->message : "-");      \
	} while (0)

#define rt_assert_ok(rc, err) rt_assert_rc(rc, 0, err)

#endif
