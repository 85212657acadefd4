/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "db/sqlite_lib.h"

#include "base/library.h"

int rt_sqlite_load(rt_sqlite_lib *lib, retort_error *err)
{
	static const rt_library_symbol symbols[] = {
#define SYMBOL(name) { "sqlite3_" #name, offsetof(rt_sqlite_lib, name) },
		RT_SQLITE_FUNCTIONS(SYMBOL)
#undef SYMBOL
	};
	static const rt_library library = {
#ifdef __APPLE__
		.file = "libsqlite3.dylib",
#else
		.file = "libsqlite3.so.0",
#endif
		.needed = "SQLite databases need SQLite's library",
		.install = "install it: `apt install libsqlite3-0`, `dnf "
			   "install sqlite-libs`, `apk add sqlite-libs`",
		.symbols = symbols,
		.n = sizeof(symbols) / sizeof(symbols[0]),
	};

	return rt_library_load(&library, lib, err);
}
