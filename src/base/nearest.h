/* SPDX-License-Identifier: MIT */
/*
 * "Did you mean …?": the name that a misspelt word is most like.
 */
#ifndef RT_BASE_NEAREST_H
#define RT_BASE_NEAREST_H

#include "base/sv.h"

/*
 * The likest of a list of names, or NULL where none is near: at most one
 * change in three letters, and not above two; case and `-` for `_` do not
 * count.
 *   in:   name(i, self), the names in order; NULL behind the last
 *   cost: O(names × letters²); a word above 32 bytes is near to none
 */
const char *rt_nearest(rt_sv word,
		       const char *(*name)(size_t i, const void *self),
		       const void *self);

#endif
