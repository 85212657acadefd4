/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/merge/wizard.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void drop_ways(rt_merge *m)
{
	while (m->ways.n) {
		m->ways.n--;
		free(m->ways.v[m->ways.n].first);
		free(m->ways.v[m->ways.n].refused);
	}
	m->way = 0;
}

static void drop_heads(rt_merge *m)
{
	while (m->heads.n)
		free(m->heads.v[--m->heads.n].id);
}

void rt_merge_free(rt_merge *m)
{
	drop_ways(m);
	drop_heads(m);
	rt_vec_free(&m->ways);
	rt_vec_free(&m->heads);
	rt_str_free(&m->message);
	free(m->names);
	*m = (rt_merge)RT_MERGE_INIT;
}

/* Whether a head was taken before; a new one is. */
static bool was_chosen(const rt_merge *m, const char *id)
{
	size_t i;

	for (i = 0; i < m->heads.n; i++)
		if (!strcmp(m->heads.v[i].id, id))
			return m->heads.v[i].chosen;
	return true;
}

static bool same_heads(const rt_merge *m, const char *const *ids, size_t n)
{
	size_t i;

	for (i = 0; i < n && i < m->heads.n; i++)
		if (strcmp(m->heads.v[i].id, ids[i]) != 0)
			return false;
	return n == m->heads.n;
}

bool rt_merge_set_heads(rt_merge *m, const char *const *ids, size_t n)
{
	rt_merge now = RT_MERGE_INIT;
	size_t i;

	if (same_heads(m, ids, n))
		return false;
	for (i = 0; i < n; i++)
		rt_vec_push(&now.heads, (rt_merge_head){
						rt_strdup(ids[i]),
						was_chosen(m, ids[i]) });
	drop_heads(m);
	rt_vec_free(&m->heads);
	memcpy(&m->heads, &now.heads, sizeof(m->heads));
	drop_ways(m);
	m->page = RT_MERGE_HEADS;
	return true;
}

size_t rt_merge_chosen(const rt_merge *m)
{
	size_t i, n = 0;

	for (i = 0; i < m->heads.n; i++)
		n += m->heads.v[i].chosen;
	return n;
}

retort_names rt_merge_names(rt_merge *m)
{
	size_t i, n = 0;

	free(m->names);
	m->names = rt_calloc(m->heads.n + 1, sizeof(*m->names));
	for (i = 0; i < m->heads.n; i++)
		if (m->heads.v[i].chosen)
			m->names[n++] = m->heads.v[i].id;
	return (retort_names){ m->names, n };
}

void rt_merge_toggle(rt_merge *m, size_t head)
{
	if (m->page != RT_MERGE_HEADS || head >= m->heads.n)
		return;
	m->heads.v[head].chosen = !m->heads.v[head].chosen;
	drop_ways(m);
}

static void add_way(rt_merge *m, bool reparents, size_t branch, size_t onto)
{
	rt_vec_push(&m->ways,
		    (rt_merge_way){ .reparents = reparents,
				    .branch = branch,
				    .onto = onto });
}

void rt_merge_make_ways(rt_merge *m)
{
	size_t two[2] = { 0, 0 }, i, n = 0;

	if (m->ways.n)
		return;
	add_way(m, false, 0, 0);
	for (i = 0; i < m->heads.n; i++)
		if (m->heads.v[i].chosen && n++ < 2)
			two[n - 1] = i;
	if (n != 2)
		return;
	add_way(m, true, two[1], two[0]);
	add_way(m, true, two[0], two[1]);
}

void rt_merge_refuse(rt_merge *m, size_t way, const char *why)
{
	free(m->ways.v[way].refused);
	m->ways.v[way].refused = why ? rt_strdup(why) : NULL;
}

void rt_merge_rebase(rt_merge *m, const char *onto)
{
	size_t i;

	for (i = 0; i < m->ways.n; i++) {
		rt_merge_way *way = &m->ways.v[i];

		way->rebases = onto && way->reparents &&
			       !strcmp(m->heads.v[way->onto].id, onto);
	}
}

static bool refuse(rt_merge *m, const char *why)
{
	m->reason = why;
	return false;
}

bool rt_merge_take(rt_merge *m, size_t way)
{
	if (m->page != RT_MERGE_METHOD || way >= m->ways.n)
		return refuse(m, "there is no such way");
	if (m->ways.v[way].refused)
		return refuse(m, m->ways.v[way].refused);
	m->way = way;
	return true;
}

static bool way_holds(rt_merge *m)
{
	if (m->way >= m->ways.n)
		return refuse(m, "there is no such way");
	return m->ways.v[m->way].refused
		       ? refuse(m, m->ways.v[m->way].refused)
		       : true;
}

bool rt_merge_next(rt_merge *m)
{
	if (m->page == RT_MERGE_PREVIEW)
		return refuse(m, "this is the last page; W writes");
	if (m->page == RT_MERGE_HEADS && rt_merge_chosen(m) < 2)
		return refuse(m, "choose two heads at least");
	if (m->page == RT_MERGE_METHOD && !way_holds(m))
		return false;
	m->page++;
	return true;
}

bool rt_merge_back(rt_merge *m)
{
	if (m->page == RT_MERGE_HEADS)
		return false;
	m->page--;
	return true;
}

bool rt_merge_may_write(rt_merge *m)
{
	if (m->page != RT_MERGE_PREVIEW)
		return refuse(m, "only the last page, the preview, is "
				 "written");
	return way_holds(m);
}

const char *rt_merge_page_title(rt_merge_page page)
{
	static const char *const titles[] = {
#define TITLE(name, title) title,
		RT_MERGE_PAGES(TITLE)
#undef TITLE
	};

	return titles[page];
}
