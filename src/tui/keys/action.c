/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/keys/action.h"

static const rt_action_info infos[] = {
	{ RT_ACTION_NONE, "", RT_CONTEXT_ANY, RT_ARG_NONE, "", "", "" },
#define ROW(id, name, context, argument, keys, hint, help)                    \
	{ RT_ACTION_##id, name, RT_CONTEXT_##context, RT_ARG_##argument,      \
	  keys, hint, help },
	RT_ACTIONS(ROW)
#undef ROW
};

const rt_action_info *rt_action_info_of(rt_action action)
{
	return &infos[action < RT_ACTION_COUNT ? action : RT_ACTION_NONE];
}

rt_action rt_action_find(rt_sv name)
{
	size_t i;

	for (i = RT_ACTION_NONE + 1; i < RT_ACTION_COUNT; i++)
		if (rt_sv_is(name, infos[i].name))
			return infos[i].action;
	return RT_ACTION_NONE;
}

static const struct {
	const char *name, *head;
} contexts[] = {
#define ROW(id, name, head) { name, head },
	RT_CONTEXTS(ROW)
#undef ROW
};

bool rt_context_find(rt_sv name, rt_context *out)
{
	size_t i;

	for (i = 0; i < RT_CONTEXT_COUNT; i++) {
		if (!rt_sv_is(name, contexts[i].name))
			continue;
		*out = (rt_context)i;
		return true;
	}
	return false;
}

const char *rt_context_head(rt_context context)
{
	return contexts[context].head;
}
