/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "vcs/git_lib.h"

#include <dlfcn.h>
#include <string.h>

#include "base/err.h"

#ifdef __APPLE__
#define LIBRARY "libgit2." LIBGIT2_VERSION_TEXT ".dylib"
#else
#define LIBRARY "libgit2.so." LIBGIT2_VERSION_TEXT
#endif

static const struct function {
	const char *name;
	size_t at; /* in rt_git */
} functions[] = {
#define FUNCTION(name) { #name, offsetof(rt_git, name) },
	RT_GIT_FUNCTIONS(FUNCTION)
#undef FUNCTION
};

int rt_git_load(rt_git *git, retort_error *err)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	size_t i;

	if (!library) {
		rt_err_set(err, RETORT_EUNSUPPORTED, "git needs libgit2: %s",
			   dlerror());
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "install libgit2 %s, the version that this "
			     "retort was built with: `apt install "
			     "libgit2-%s`, `dnf install libgit2`, `apk add "
			     "libgit2`, `brew install libgit2`",
			     LIBGIT2_VERSION_TEXT, LIBGIT2_VERSION_TEXT);
		return RETORT_EUNSUPPORTED;
	}
	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *symbol = dlsym(library, functions[i].name);

		if (!symbol)
			return rt_err_set(err, RETORT_EUNSUPPORTED,
					  "%s has no %s", LIBRARY,
					  functions[i].name);
		/* POSIX lets a function's address live in a void pointer,
		 * C has no cast for it. */
		memcpy((char *)git + functions[i].at, &symbol, sizeof(symbol));
	}
	return 0;
}
