/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/err.h"

int rt_library_load(const rt_library *library, void *pointers,
		    retort_error *err)
{
	void *opened = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);
	size_t i;

	if (!opened) {
		rt_err_set(err, RETORT_EUNSUPPORTED, "%s: %s",
			   library->needed, dlerror());
		rt_err_field(err, RETORT_ERROR_NEXT, "%s", library->install);
		return RETORT_EUNSUPPORTED;
	}
	for (i = 0; i < library->n; i++) {
		const rt_library_symbol *symbol = &library->symbols[i];
		void *found = dlsym(opened, symbol->name);

		if (!found)
			return rt_err_set(err, RETORT_EUNSUPPORTED,
					  "%s is too old: it has no %s",
					  library->file, symbol->name);
		/* POSIX lets a function's address live in a void pointer,
		 * C has no cast for it. */
		memcpy((char *)pointers + symbol->at, &found, sizeof(found));
	}
	return 0;
}
