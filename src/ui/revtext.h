/* SPDX-License-Identifier: MIT */
/*
 * Revisions as text: the two forms that Alembic's users (and their scripts)
 * know, byte for byte in a pipe.
 *
 *   one line   [DOWN[ (DEPS)] -> ]REV[ (LABELS)][ (head)|(effective head)]
 *              [ (current)][ (branchpoint)][ (mergepoint)][, MESSAGE]
 *   a block    Rev: … / Parent: … / … / Path: … / empty / text / empty
 */
#ifndef RT_UI_REVTEXT_H
#define RT_UI_REVTEXT_H

#include <retort/graph.h>

#include "ui/out.h"

/* Parts of the one-line form besides the id and the head marks. */
enum {
	RT_REVTEXT_PARENTS = 1,
	RT_REVTEXT_LABELS = 2,
	RT_REVTEXT_TREE = 4, /* branch point, merge point */
	RT_REVTEXT_MESSAGE = 8,
	RT_REVTEXT_CURRENT = 16 /* the revision is the current one */
};

/* The one-line form, without a line feed. */
void rt_revtext_line(rt_out *o, const retort_revision *rev, unsigned parts);

/* The block; of `parts` only CURRENT counts. */
void rt_revtext_block(rt_out *o, const retort_revision *rev, unsigned parts);

#endif
