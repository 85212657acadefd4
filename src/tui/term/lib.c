/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/term/lib.h"

#include <dlfcn.h>
#include <string.h>

#include "base/err.h"

#ifdef __APPLE__
#define LIBRARY "libncurses.dylib"
#elif NCURSES_VERSION_MAJOR >= 6
#define LIBRARY "libncursesw.so.6"
#else
#define LIBRARY "libncursesw.so.5"
#endif

static const struct symbol {
	const char *name;
	size_t at; /* in rt_curses_lib */
} symbols[] = {
#define SYMBOL(name) { #name, offsetof(rt_curses_lib, name) },
	RT_CURSES_FUNCTIONS(SYMBOL)
	RT_CURSES_VARIABLES(SYMBOL)
#undef SYMBOL
};

int rt_curses_load(rt_curses_lib *lib, retort_error *err)
{
	void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
	size_t i;

	if (!library) {
		rt_err_set(err, RETORT_EUNSUPPORTED,
			   "the console needs ncurses: %s", dlerror());
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "install it: `apt install libncursesw6`, `dnf "
			     "install ncurses-libs`, `apk add ncurses-libs`; "
			     "'retort status' and 'retort graph' show the "
			     "same as text");
		return RETORT_EUNSUPPORTED;
	}
	for (i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		void *symbol = dlsym(library, symbols[i].name);

		if (!symbol)
			return rt_err_set(err, RETORT_EUNSUPPORTED,
					  "%s is too old: it has no %s",
					  LIBRARY, symbols[i].name);
		/* POSIX lets a function's address live in a void pointer,
		 * C has no cast for it. */
		memcpy((char *)lib + symbols[i].at, &symbol, sizeof(symbol));
	}
	return 0;
}
