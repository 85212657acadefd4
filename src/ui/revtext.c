/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/revtext.h"

static void mark(rt_out *o, bool holds, const char *word)
{
	if (!holds)
		return;
	rt_out_text(o, " ");
	rt_out_style(o, RT_ROLE_MARK, "(%s)", word);
}

static void parents(rt_out *o, const retort_revision *rev)
{
	if (rev->down.n)
		rt_out_names(o, RT_ROLE_REVISION, &rev->down);
	else
		rt_out_field(o, RT_ROLE_DIM, "<base>");
}

void rt_revtext_line(rt_out *o, const retort_revision *rev, unsigned parts)
{
	bool tree = (parts & RT_REVTEXT_TREE) != 0;

	if (parts & RT_REVTEXT_PARENTS) {
		parents(o, rev);
		if (rev->depends_on.n) {
			rt_out_text(o, " (");
			rt_out_names(o, RT_ROLE_DIM, &rev->depends_on);
			rt_out_text(o, ")");
		}
		rt_out_text(o, " -> ");
	}
	rt_out_field(o, RT_ROLE_REVISION, rev->id);
	if ((parts & RT_REVTEXT_LABELS) && rev->branches.n) {
		rt_out_text(o, " (");
		rt_out_names(o, RT_ROLE_LABEL, &rev->branches);
		rt_out_text(o, ")");
	}
	mark(o, rev->is_real_head, "head");
	mark(o, rev->is_head && !rev->is_real_head, "effective head");
	mark(o, (parts & RT_REVTEXT_CURRENT) != 0, "current");
	mark(o, tree && rev->is_branch_point, "branchpoint");
	mark(o, tree && rev->is_merge_point, "mergepoint");
	if (parts & RT_REVTEXT_MESSAGE) {
		rt_out_text(o, ", ");
		rt_out_field(o, RT_ROLE_PLAIN, rev->message);
	}
}

static void list(rt_out *o, const char *title, rt_role role,
		 const retort_names *names)
{
	if (!names->n)
		return;
	rt_out_printf(o, "%s: ", title);
	rt_out_names(o, role, names);
	rt_out_text(o, "\n");
}

/* The message's lines, four spaces in front of each, empty ones too; no
 * message at all is one empty line. */
static void document(rt_out *o, const char *doc)
{
	rt_sv rest = rt_sv_from(doc), line;
	bool any = false;

	while (rt_sv_line(&rest, &line)) {
		rt_out_text(o, "    ");
		rt_out_lines(o, RT_ROLE_PLAIN, line);
		rt_out_text(o, "\n");
		any = true;
	}
	if (!any)
		rt_out_text(o, "\n");
}

void rt_revtext_block(rt_out *o, const retort_revision *rev, unsigned parts)
{
	rt_out_text(o, "Rev: ");
	rt_out_field(o, RT_ROLE_REVISION, rev->id);
	mark(o, rev->is_head, "head");
	mark(o, rev->is_branch_point, "branchpoint");
	mark(o, rev->is_merge_point, "mergepoint");
	mark(o, (parts & RT_REVTEXT_CURRENT) != 0, "current");
	rt_out_printf(o, "\n%s: ", rev->is_merge_point ? "Merges" : "Parent");
	parents(o, rev);
	rt_out_text(o, "\n");
	list(o, "Also depends on", RT_ROLE_REVISION, &rev->depends_on);
	if (rev->is_branch_point)
		list(o, "Branches into", RT_ROLE_REVISION, &rev->children);
	list(o, "Branch names", RT_ROLE_LABEL, &rev->branches);
	rt_out_text(o, "Path: ");
	rt_out_field(o, RT_ROLE_PLAIN, rev->path);
	rt_out_text(o, "\n\n");
	document(o, rev->doc);
	rt_out_text(o, "\n");
}
