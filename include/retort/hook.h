/* SPDX-License-Identifier: MIT */
/*
 * git hooks that run `retort hook run`.
 *
 * They lie where git looks for them (core.hooksPath, else .git/hooks).  A
 * hook that is there already is kept beside, as NAME.before-retort, and runs
 * first, with the same arguments and input; what it refuses stays refused.
 */
#ifndef RETORT_HOOK_H
#define RETORT_HOOK_H

#include <retort/branches.h>

/* X(NAME, "git's name", "what ours does") */
#define RETORT_HOOKS(X)                                                       \
	X(PRE_MERGE_COMMIT, "pre-merge-commit",                               \
	  "stops a merge whose two sides are in conflict before it is "       \
	  "committed")                                                        \
	X(PRE_PUSH, "pre-push",                                               \
	  "stops a push of what is in conflict with the branch that it is "   \
	  "to be merged into")                                                \
	X(POST_CHECKOUT, "post-checkout",                                     \
	  "tells when the database and the revisions checked out part ways")

typedef enum retort_hook {
#define RETORT_HOOK_ENUM_(name, word, text) RETORT_HOOK_##name,
	RETORT_HOOKS(RETORT_HOOK_ENUM_)
#undef RETORT_HOOK_ENUM_
	RETORT_HOOK_COUNT
} retort_hook;

RETORT_BEGIN_DECLS

/*
 * Install all hooks; those that are ours already are written anew.
 *   in:   say, called with a line about each; may be NULL
 *   err:  EEXISTS (a hook is there, and one is kept beside it already), EIO,
 *         EREFUSED (a bare repository: nothing is merged, pushed or checked
 *         out there)
 */
RETORT_API RETORT_MUST_CHECK int
retort_hooks_install(retort_branches *b,
		     void (*say)(void *self, const char *line), void *self,
		     retort_error *err);

/* Remove them, and put back what was kept; others are left alone. */
RETORT_API RETORT_MUST_CHECK int
retort_hooks_uninstall(retort_branches *b,
		       void (*say)(void *self, const char *line), void *self,
		       retort_error *err);

/* "pre-push"; what ours does; static. */
RETORT_API const char *retort_hook_name(retort_hook hook);
RETORT_API const char *retort_hook_text(retort_hook hook);

RETORT_END_DECLS
#endif
