/* SPDX-License-Identifier: MIT */
/*
 * The formats that a revision can be written in: one table, one row each.
 * All of them work on text, so that a file and a git blob are read alike.
 */
#ifndef RT_REVFMT_FORMAT_H
#define RT_REVFMT_FORMAT_H

#include <retort/create.h>

#include "revfmt/alembic.h"
#include "revfmt/native.h"
#include "text/checksum.h"

typedef struct rt_format {
	const char *name;      /* "native" */
	const char *extension; /* of its files, ".sql" */
	bool lenient; /* a file that cannot be read does not keep the rest
			 from being read: retort_graph_problems */

	/* As rt_header_read. */
	int (*header)(rt_arena *arena, const char *path, rt_sv text,
		      bool whole, retort_revision *out, bool *more,
		      retort_error *err);
	/* As rt_native_sections; NULL where the SQL does not stand in the
	 * file as it is. */
	int (*sections)(const char *path, rt_sv text, rt_sections *out,
			retort_error *err);
	/* As rt_native_statements. */
	int (*statements)(const char *path, rt_sv text,
			  const rt_section *section, retort_dialect dialect,
			  rt_sql_statements *out, retort_error *err);
	/* As rt_alembic_body; NULL where sections and statements are there. */
	int (*body)(rt_arena *arena, const char *path, rt_sv text,
		    const rt_alembic_env *env, rt_body_text *out,
		    retort_error *err);
	/* As rt_checksum_tokens: of what decides what runs. */
	void (*checksum)(rt_sv text, retort_dialect dialect,
			 char hex[RT_CHECKSUM_HEX]);
	/* As rt_alembic_render. */
	int (*render)(const rt_render *what, rt_str *out, retort_error *err);
	/* The message is a docstring, kept as it is, and output_encoding
	 * counts; else the first paragraph becomes a line of a header. */
	bool is_python;
	/* As rt_native_set_parents; NULL where files are only read. */
	int (*set_parents)(const char *path, rt_sv text,
			   const retort_names *parents, rt_str *out,
			   retort_error *err);
	/* The project's own template, in script_location, and the built-in
	 * one. */
	const char *template_name;
	rt_sv (*template_text)(void);
} rt_format;

extern const rt_format rt_format_native, rt_format_alembic;

/* The format of a file by its name; NULL where it is no revision file: any
 * other extension, a hidden file, an extension alone. */
const rt_format *rt_format_of(const char *file_name);

/*
 * The checksum of a file that comments, white space and, of Python, docstrings
 * do not change, nor the lines of its header; where a file is no revision
 * file, as SQL.
 */
void rt_format_checksum(const char *file_name, rt_sv text,
			retort_dialect dialect, char hex[RT_CHECKSUM_HEX]);

#endif
