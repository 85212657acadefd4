/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/term/lib.h"

#include "base/library.h"

int rt_curses_load(rt_curses_lib *lib, retort_error *err)
{
	static const rt_library_symbol symbols[] = {
#define SYMBOL(name) { #name, offsetof(rt_curses_lib, name) },
		RT_CURSES_FUNCTIONS(SYMBOL)
		RT_CURSES_VARIABLES(SYMBOL)
#undef SYMBOL
	};
	static const rt_library library = {
#ifdef __APPLE__
		.file = "libncurses.dylib",
#elif NCURSES_VERSION_MAJOR >= 6
		.file = "libncursesw.so.6",
#else
		.file = "libncursesw.so.5",
#endif
		.needed = "the console needs ncurses",
		.install = "install it: `apt install libncursesw6`, `dnf "
			   "install ncurses-libs`, `apk add ncurses-libs`; "
			   "'retort status' and 'retort graph' show the same "
			   "as text",
		.symbols = symbols,
		.n = sizeof(symbols) / sizeof(symbols[0]),
	};

	return rt_library_load(&library, lib, err);
}
