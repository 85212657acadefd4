/* SPDX-License-Identifier: MIT */
/*
 * Which keys mean which action, per context.  The defaults come from the
 * action table; the user's bindings are put over them.
 */
#ifndef RT_TUI_KEYS_KEYMAP_H
#define RT_TUI_KEYS_KEYMAP_H

#include <retort/error.h>

#include "base/vec.h"
#include "tui/keys/action.h"
#include "tui/keys/keys.h"

typedef struct rt_binding {
	rt_context context;
	rt_keyseq seq;
	rt_action action;
	bool by_user;
} rt_binding;

typedef struct rt_keymap {
	RT_VEC(rt_binding) bindings;
} rt_keymap;

#define RT_KEYMAP_INIT { RT_VEC_INIT }

typedef enum rt_key_result {
	RT_KEYS_NONE,   /* nothing begins like this */
	RT_KEYS_PREFIX, /* the start of a longer sequence */
	RT_KEYS_ACTION
} rt_key_result;

/* Start with the defaults of the action table. */
void rt_keymap_init(rt_keymap *m);
void rt_keymap_free(rt_keymap *m);

/*
 * Bind keys for the user, as the section [retort:keys] of the project file
 * has them: `graph.parent = gp ,` or `parent = gp`.
 *   in:   name, an action's name, with "CONTEXT." in front to bind it in one
 *         context only; without, in the action's own
 *         keys, separated by spaces, in place of all it had there; "" for
 *         none
 *   err:  EUSAGE (no such action or context, no such key; a key that another
 *         binding of the user's has, or one that starts or continues
 *         another's).  The map is then as before.
 */
RETORT_MUST_CHECK int rt_keymap_bind(rt_keymap *m, rt_sv name, rt_sv keys,
				     retort_error *err);

/* What the keys typed so far mean in a context, ANY included for a view. */
rt_key_result rt_keymap_find(const rt_keymap *m, rt_context context,
			     const rt_keyseq *typed, rt_action *action);

/* Append the keys of an action in a context, "gp ," ; nothing if none.
 *   in:   limit, at most so many; 0 = all */
void rt_keymap_keys(const rt_keymap *m, rt_context context, rt_action action,
		    size_t limit, rt_str *out);

/* Append what can follow: "g first  d current  …". */
void rt_keymap_continuations(const rt_keymap *m, rt_context context,
			     const rt_keyseq *typed, rt_str *out);

#endif
