/* SPDX-License-Identifier: MIT */
/*
 * The drivers that exist; for the registry and themselves.
 */
#ifndef RT_DB_DRIVERS_H
#define RT_DB_DRIVERS_H

#include "db/driver.h"

extern const rt_driver rt_driver_sqlite;
extern const rt_driver rt_driver_postgres; /* where HAVE_LIBPQ */

#endif
