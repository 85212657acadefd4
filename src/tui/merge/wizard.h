/* SPDX-License-Identifier: MIT */
/*
 * The merge wizard, as a machine: four pages, what has been answered on
 * them, which may follow.  It knows neither cells nor projects.
 *
 *     HEADS -> CONFLICTS -> METHOD -> PREVIEW
 *
 * Going back keeps every answer.  An answer that a later page builds on
 * drops what that page had: other heads, other methods.
 */
#ifndef RT_TUI_MERGE_WIZARD_H
#define RT_TUI_MERGE_WIZARD_H

#include <retort/common.h>

#include "base/str.h"
#include "base/vec.h"

/* X(NAME, "title") */
#define RT_MERGE_PAGES(X)                                                     \
	X(HEADS, "heads")                                                     \
	X(CONFLICTS, "conflicts")                                             \
	X(METHOD, "method")                                                   \
	X(PREVIEW, "preview")

typedef enum rt_merge_page {
#define RT_MERGE_PAGE_ENUM_(name, title) RT_MERGE_##name,
	RT_MERGE_PAGES(RT_MERGE_PAGE_ENUM_)
#undef RT_MERGE_PAGE_ENUM_
	RT_MERGE_PAGE_COUNT
} rt_merge_page;

typedef struct rt_merge_head {
	char *id;
	bool chosen;
} rt_merge_head;

/* A merge revision, or: `branch` is put onto `onto`. */
typedef struct rt_merge_way {
	bool reparents;
	bool rebases;        /* reparents, by `retort rebase` */
	size_t branch, onto; /* of heads */
	char *first;         /* the revision that gets another parent */
	char *refused;       /* why it cannot be taken; NULL = it can */
} rt_merge_way;

typedef struct rt_merge {
	rt_merge_page page;
	RT_VEC(rt_merge_head) heads;
	RT_VEC(rt_merge_way) ways; /* for the heads chosen; empty = not
				      worked out */
	size_t way;                /* the one chosen */
	rt_str message;            /* of a merge revision; "" = by itself */
	const char *reason;        /* of the last refusal */
	const char **names;        /* of rt_merge_names */
} rt_merge;

#define RT_MERGE_INIT { .message = RT_STR_INIT }

void rt_merge_free(rt_merge *m); /* back to RT_MERGE_INIT */

/*
 * The heads there are now.  One that was there before stays as it was, a new
 * one is chosen; if there is any difference, the wizard is at its first page
 * again.
 *   out:  whether there was
 */
bool rt_merge_set_heads(rt_merge *m, const char *const *ids, size_t n);

size_t rt_merge_chosen(const rt_merge *m);

/* The ids chosen; valid until the next call. */
retort_names rt_merge_names(rt_merge *m);

/* Take a head or leave it; drops the ways. */
void rt_merge_toggle(rt_merge *m, size_t head);

/* Work out the ways that the chosen heads allow: a merge revision, and of
 * two heads either onto the other.  The owner then says which are refused. */
void rt_merge_make_ways(rt_merge *m);
void rt_merge_refuse(rt_merge *m, size_t way, const char *why);

/* Of the ways that re-parent, the one that git knows to be right: onto this
 * head, which is the other branch's.  NULL = none. */
void rt_merge_rebase(rt_merge *m, const char *onto);

/* Choose one; false (and reason) if it is refused. */
bool rt_merge_take(rt_merge *m, size_t way);

/* To the next page; false (and reason) if the answers here do not do. */
bool rt_merge_next(rt_merge *m);

/* To the page before; false on the first one. */
bool rt_merge_back(rt_merge *m);

/* True where what the preview shows may be written. */
bool rt_merge_may_write(rt_merge *m);

/* "conflicts"; static. */
const char *rt_merge_page_title(rt_merge_page page);

#endif
