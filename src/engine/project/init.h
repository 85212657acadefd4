/* SPDX-License-Identifier: MIT */
/*
 * The files of a new project besides its revisions.
 */
#ifndef RT_ENGINE_PROJECT_INIT_H
#define RT_ENGINE_PROJECT_INIT_H

#include <retort/create.h>

#include "base/str.h"

/*
 * A project file that shows every setting there is.
 *   in:   value, what one is set to, as it stands in the file; NULL = it
 *         stands there as a comment
 */
void rt_init_config(rt_str *out,
		    const char *(*value)(void *self, const retort_setting *s),
		    void *self);

/* .gitattributes of the revisions' folder. */
rt_sv rt_init_attributes(void);

#endif
