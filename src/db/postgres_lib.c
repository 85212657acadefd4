/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "db/postgres_lib.h"

#include <dlfcn.h>
#include <string.h>

#include "base/err.h"

#ifdef __APPLE__
#define LIBRARY "libpq.5.dylib"
#else
#define LIBRARY "libpq.so.5"
#endif

static const struct function {
	const char *name;
	size_t at; /* in rt_pq */
} functions[] = {
#define FUNCTION(name) { #name, offsetof(rt_pq, name) },
	RT_PQ_FUNCTIONS(FUNCTION)
#undef FUNCTION
};

int rt_pq_load(rt_pq *pq, retort_error *err)
{
	void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
	size_t i;

	if (!library) {
		rt_err_set(err, RETORT_EUNSUPPORTED,
			   "PostgreSQL needs its client library: %s",
			   dlerror());
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "install libpq: `apt install libpq5`, `dnf "
			     "install libpq`, `apk add libpq`, `brew install "
			     "libpq`");
		return RETORT_EUNSUPPORTED;
	}
	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *symbol = dlsym(library, functions[i].name);

		if (!symbol)
			return rt_err_set(err, RETORT_EUNSUPPORTED,
					  "%s is too old: it has no %s",
					  LIBRARY, functions[i].name);
		/* POSIX lets a function's address live in a void pointer,
		 * C has no cast for it. */
		memcpy((char *)pq + functions[i].at, &symbol, sizeof(symbol));
	}
	return 0;
}
