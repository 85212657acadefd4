/* SPDX-License-Identifier: MIT */
/*
 * What a statement is about, on any bytes and in every dialect: each object
 * has a verb, a kind and a name, and there are no more than words.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include <retort/sql.h>

#include "base/alloc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct seen {
	size_t objects, bytes; /* found; of the text */
};

static void found(void *self, const retort_sql_object *object)
{
	struct seen *seen = self;

	RT_ASSERT(++seen->objects <= seen->bytes);
	RT_ASSERT(*retort_sql_verb_word(object->verb));
	RT_ASSERT(object->kind && *object->kind);
	RT_ASSERT(object->name && object->column);
	/* case folding and joined parts may lengthen a name, not by much */
	RT_ASSERT(strlen(object->name) <= 4 * seen->bytes);
	RT_ASSERT(strlen(object->column) <= 4 * seen->bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const retort_dialect dialects[] = { RETORT_DIALECT_ANY,
						   RETORT_DIALECT_SQLITE,
						   RETORT_DIALECT_POSTGRESQL };
	size_t i;

	for (i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
		struct seen seen = { 0, n };

		retort_sql_objects((const char *)data, n, dialects[i], found,
				   &seen);
	}
	return 0;
}
