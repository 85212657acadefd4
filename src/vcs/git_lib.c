/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "vcs/git_lib.h"

#include "base/library.h"

int rt_git_load(rt_git *git, retort_error *err)
{
	static const rt_library_symbol symbols[] = {
#define SYMBOL(name) { #name, offsetof(rt_git, name) },
		RT_GIT_FUNCTIONS(SYMBOL)
#undef SYMBOL
	};
	static const rt_library library = {
#ifdef __APPLE__
		.file = "libgit2." LIBGIT2_VERSION_TEXT ".dylib",
#else
		.file = "libgit2.so." LIBGIT2_VERSION_TEXT,
#endif
		.needed = "git needs libgit2",
		.install = "install libgit2 " LIBGIT2_VERSION_TEXT ", the "
			   "version that this retort was built with: `apt "
			   "install libgit2-" LIBGIT2_VERSION_TEXT "`, `dnf "
			   "install libgit2`, `apk add libgit2`, `brew install "
			   "libgit2`",
		.symbols = symbols,
		.n = sizeof(symbols) / sizeof(symbols[0]),
	};

	return rt_library_load(&library, git, err);
}
