/* SPDX-License-Identifier: MIT */
/* Whether any Python file of a project has a word in it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "engine/step/modules.h"

/* Over one of these the answer is yes: it may be further on. */
enum {
	MAX_FILES = 50000, /* and folders */
	MAX_BYTES = 512 << 20,
	MAX_DEPTH = 24
};

typedef struct search {
	const char *word, *skip;
	size_t files, bytes;
	bool found;
} search;

/* What is installed, generated or hidden is not the project's. */
static bool is_foreign(const char *name)
{
	static const char *const names[] = {
		"site-packages", "dist-packages", "node_modules",
		"__pycache__",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return *name == '.';
}

static bool has_word(rt_sv text, const char *word)
{
	const size_t n = strlen(word);
	const char *p = text.p, *end = text.p + text.n;

	while (p && (size_t)(end - p) >= n) {
		p = memchr(p, *word, (size_t)(end - p) - n + 1);
		if (p && memcmp(p, word, n) == 0)
			return true;
		p = p ? p + 1 : NULL;
	}
	return false;
}

static void search_file(search *s, const char *path)
{
	rt_str text = RT_STR_INIT;

	if (rt_fs_read(path, RT_FS_LIMIT, &text, NULL))
		s->found = true; /* who knows */
	s->bytes += text.n;
	if (s->bytes > MAX_BYTES || has_word(rt_str_sv(&text), s->word))
		s->found = true;
	rt_str_free(&text);
}

static bool is_python(const char *name)
{
	const size_t n = strlen(name);

	return n > 3 && strcmp(name + n - 3, ".py") == 0;
}

/* A folder behind a link is searched where it is, if it is the project's. */
static bool is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

static void search_folder(search *s, const char *folder, int depth)
{
	rt_fs_list list = { 0 };
	size_t i;

	if (depth > MAX_DEPTH || rt_fs_read_dir(folder, &list, NULL)) {
		s->found = s->found || depth > MAX_DEPTH;
		return;
	}
	for (i = 0; i < list.n && !s->found; i++) {
		const rt_fs_entry *e = &list.v[i];
		char *path = rt_fs_join(folder, e->name);

		if (++s->files > MAX_FILES)
			s->found = true;
		else if (e->is_dir && !is_foreign(e->name) &&
			 (!s->skip || strcmp(path, s->skip) != 0) &&
			 !is_link(path))
			search_folder(s, path, depth + 1);
		else if (!e->is_dir && is_python(e->name))
			search_file(s, path);
		free(path);
	}
	rt_fs_list_free(&list);
}

bool rt_modules_mention(const char *top, const char *skip, const char *word)
{
	search s = { .word = word, .skip = skip };

	search_folder(&s, top, 0);
	return s.found;
}
