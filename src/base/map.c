/* SPDX-License-Identifier: MIT */
/*
 * Open addressing with linear probing over a separate entry array, as
 * Python's dict has it.
 */
#include "config.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"

/* Eight bytes at a time; each round carries every bit to the upper half. */
static uint64_t mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ (h >> 29);
}

static uint32_t hash_key(rt_sv key)
{
	uint64_t h = key.n, word;

	while (key.n >= sizeof(word)) {
		memcpy(&word, key.p, sizeof(word));
		h = mix(h, word);
		key = rt_sv_sub(key, sizeof(word), key.n);
	}
	word = 0;
	if (key.n)
		memcpy(&word, key.p, key.n);
	h = mix(mix(h, word), 0);
	return (uint32_t)(h >> 32);
}

void rt_map_free(rt_map *m)
{
	free(m->entries);
	free(m->slots);
	*m = (rt_map)RT_MAP_INIT;
}

/* The slot that holds `key`, or the free one where it would go. */
static size_t probe(const rt_map *m, rt_sv key, uint32_t hash)
{
	size_t at = hash & (m->n_slots - 1);

	while (m->slots[at]) {
		const rt_map_entry *e = &m->entries[m->slots[at] - 1];

		if (e->hash == hash && rt_sv_eq(e->key, key))
			break;
		at = (at + 1) & (m->n_slots - 1);
	}
	return at;
}

static void grow_slots(rt_map *m)
{
	size_t i;

	m->n_slots = m->n_slots ? m->n_slots * 2 : 16;
	free(m->slots);
	m->slots = rt_calloc(m->n_slots, sizeof(*m->slots));
	for (i = 0; i < m->n; i++) {
		const rt_map_entry *e = &m->entries[i];

		m->slots[probe(m, e->key, e->hash)] = (uint32_t)i + 1;
	}
}

bool rt_map_add(rt_map *m, rt_sv key, size_t value)
{
	uint32_t hash = hash_key(key);
	size_t at;

	if ((m->n + 1) * 2 > m->n_slots)
		grow_slots(m);
	at = probe(m, key, hash);
	if (m->slots[at])
		return false;
	if (m->n == m->cap)
		m->entries = rt_vec_grow(m->entries, &m->cap,
					 sizeof(*m->entries));
	m->entries[m->n++] = (rt_map_entry){ key, hash, value };
	m->slots[at] = (uint32_t)m->n;
	return true;
}

rt_map_entry *rt_map_find(const rt_map *m, rt_sv key)
{
	size_t at;

	if (!m->n)
		return NULL;
	at = probe(m, key, hash_key(key));
	return m->slots[at] ? &m->entries[m->slots[at] - 1] : NULL;
}
