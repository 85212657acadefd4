/* SPDX-License-Identifier: MIT */
/* What the files of the TOML reader share. */
#ifndef RT_CONFIG_TOML_IMPL_H
#define RT_CONFIG_TOML_IMPL_H

#include "base/str.h"
#include "config/toml.h"

typedef struct rt_toml_reader {
	rt_arena *arena;
	const char *path;
	rt_sv text;
	size_t at;
	const char *prefix;
	rt_str name;  /* of the table, or of what is being read in it */
	size_t seen;  /* where line and column are known… */
	int line, column;
	size_t depth; /* of arrays and tables inside each other */
	rt_toml_values *out;
	retort_error *err;
} rt_toml_reader;

/* ECONFIG at the offset. */
int rt_toml_fail(rt_toml_reader *r, size_t at, const char *what);

char rt_toml_peek(const rt_toml_reader *r, size_t ahead);

/* The string at r->at, decoded. */
RETORT_MUST_CHECK int rt_toml_string(rt_toml_reader *r, rt_str *out);

#endif
