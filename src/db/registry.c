/* SPDX-License-Identifier: MIT */
/* The table of drivers; to add one is one file and one row here. */
#include "config.h"

#include "db/drivers.h"

const rt_driver *const rt_drivers[] = {
	&rt_driver_sqlite,
#ifdef HAVE_LIBPQ
	&rt_driver_postgres,
#endif
	NULL,
};
