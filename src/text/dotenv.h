/* SPDX-License-Identifier: MIT */
/*
 * .env files, as python-dotenv and docker compose read them:
 *
 *     # a comment
 *     export NAME=value            # a comment behind white space
 *     NAME="two\nlines, ${OTHER}"  escapes \n \r \t \" \\ \$, may span lines
 *     NAME='as it is, $HOME too'   only \' and \\ are escapes
 *     NAME                         ignored
 *
 * ${NAME} is left in the value; whoever asks for it expands it, unless the
 * value is `literal` (single quotes).  A `$$` before `{` stands for one `$`
 * that begins nothing.
 */
#ifndef RT_TEXT_DOTENV_H
#define RT_TEXT_DOTENV_H

#include <retort/error.h>

#include "base/arena.h"

typedef struct rt_dotenv_value {
	const char *name, *value;
	bool literal; /* holds no ${NAME} to expand */
	int line;     /* 1-based */
} rt_dotenv_value;

typedef struct rt_dotenv {
	const rt_dotenv_value *v; /* in file order */
	size_t n;
} rt_dotenv;

/*
 * Read the text of a file.
 *   in:   path, for errors
 *   out:  *out, in the arena
 *   err:  ECONFIG with file, line, column: no name before `=`, a quote
 *         without its end, text behind a quoted value, a NUL byte
 */
RETORT_MUST_CHECK int rt_dotenv_read(rt_arena *arena, const char *path,
				     rt_sv text, rt_dotenv *out,
				     retort_error *err);

/* The last value of a name, as a shell would have it; NULL if there is
 * none.  O(n). */
const rt_dotenv_value *rt_dotenv_find(const rt_dotenv *env, rt_sv name);

#endif
