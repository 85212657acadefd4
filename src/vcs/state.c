/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/vcs.h>

const char *retort_vcs_state_name(retort_vcs_state state)
{
	static const char *const words[] = {
#define WORD(name, word) word,
		RETORT_VCS_STATES(WORD)
#undef WORD
	};

	return (unsigned)state < RETORT_VCS_STATE_COUNT ? words[state] : "?";
}
