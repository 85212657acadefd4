/* SPDX-License-Identifier: MIT */
/*
 * What a database is called when its name must be typed: its environment,
 * else the last part of its URL.
 */
#ifndef RT_UI_DBNAME_H
#define RT_UI_DBNAME_H

#include <retort/project.h>

#include "base/sv.h"

/* Borrowed from the project; never empty. */
rt_sv rt_dbname(retort_project *project);

#endif
