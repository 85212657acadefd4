/* SPDX-License-Identifier: MIT */
/* The table of types: a row per type of SQLAlchemy. */
#ifndef RT_ALEMBIC_TYPE_TABLE_H
#define RT_ALEMBIC_TYPE_TABLE_H

#include "alembic/am.h"

/*
 * How a type is spelt: text with fields in braces, of its parameters:
 *   {length}      "(40)" where it is given and not 0
 *   {precision,scale}  "(10, 2)", "(10)", ""
 *   {collation}   ` COLLATE "de"`
 *   {timezone}    " WITH TIME ZONE" or " WITHOUT TIME ZONE"
 *   {?precision}  " (3)" with a space before it
 *   {+fields}     " DAY TO SECOND"
 * A spelling NULL: the dialect has no such type.
 */
struct rt_am_type_row {
	unsigned spaces;      /* bits of rt_am_space */
	const char *name;     /* in OTHER: whole path, or its end: "*.GUID" */
	const char *params;   /* by position, "precision scale" */
	const char *sqlite, *postgresql;
	const char *family;   /* what values of it look like */
	bool (*write)(rt_am *am, const rt_am_type *type, rt_str *out);
			      /* for what has no template */
};

const rt_am_type_row *rt_am_type_row_find(const rt_am_ref *ref);

/* A parameter of a type by name, or NULL. */
rt_py_value *rt_am_type_param(const rt_am_type *type, const char *name);

bool rt_am_write_enum(rt_am *am, const rt_am_type *type, rt_str *out);

#endif
