/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "db/postgres_lib.h"

#include "base/library.h"

int rt_pq_load(rt_pq *pq, retort_error *err)
{
	static const rt_library_symbol symbols[] = {
#define SYMBOL(name) { #name, offsetof(rt_pq, name) },
		RT_PQ_FUNCTIONS(SYMBOL)
#undef SYMBOL
	};
	static const rt_library library = {
#ifdef __APPLE__
		.file = "libpq.5.dylib",
#else
		.file = "libpq.so.5",
#endif
		.needed = "PostgreSQL needs its client library",
		.install = "install libpq: `apt install libpq5`, `dnf "
			   "install libpq`, `apk add libpq`, `brew install "
			   "libpq`",
		.symbols = symbols,
		.n = sizeof(symbols) / sizeof(symbols[0]),
	};

	return rt_library_load(&library, pq, err);
}
