/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/hook.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "engine/branch/branches.h"

/* By this line a hook is known to be ours. */
#define MARK "# Written by `retort hook install`; `retort hook uninstall` " \
	     "removes it.\n"
#define KEPT ".before-retort"

struct hooks {
	retort_branches *b;
	rt_arena arena;
	const char *dir;
	void (*say)(void *self, const char *line);
	void *self;
	retort_error *err;
};

static void tell(struct hooks *h, const char *path, const char *what)
{
	if (h->say)
		h->say(h->self,
		       rt_arena_strf(&h->arena, "%s: %s", path, what));
}

/* As a word of a shell. */
static void quote(const char *text, rt_str *out)
{
	rt_str_addc(out, '\'');
	for (; *text; text++)
		if (*text == '\'')
			rt_str_add(out, "'\\''");
		else
			rt_str_addc(out, *text);
	rt_str_addc(out, '\'');
}

/* Hooks run at the root of the working files, so that the project file is
 * named from there: another worktree has its own. */
static void add_config(struct hooks *h, rt_str *out)
{
	const char *path = rt_settings_path(h->b->project->settings);
	const char *name;

	if (!rt_vcs_relative(h->b->vcs, path, &h->arena, &name, NULL))
		path = name;
	quote(path, out);
}

static void compose(struct hooks *h, const char *name, rt_str *out)
{
	/* git writes to a push hook what is pushed; both are to read it */
	bool reads = !strcmp(name, "pre-push");

	rt_str_add(out, "#!/bin/sh\n" MARK);
	if (reads)
		rt_str_add(out, "input=$(cat)\n"
				"feed() { [ -z \"$input\" ] || "
				"printf '%s\\n' \"$input\"; }\n");
	rt_str_add(out, "kept=$0" KEPT "\nif [ -x \"$kept\" ]; then\n\t");
	if (reads)
		rt_str_add(out, "feed | ");
	rt_str_add(out, "\"$kept\" \"$@\" || exit\nfi\nconfig=");
	add_config(h, out);
	rt_str_add(out, "\n[ -f \"$config\" ] || exit 0\n"
			"if ! command -v retort >/dev/null; then\n"
			"\techo 'retort is not installed: the migrations "
			"were not checked' >&2\n\texit 0\nfi\n");
	if (reads)
		rt_str_add(out, "feed | ");
	rt_str_addf(out, "%sretort -c \"$config\" hook run %s -- \"$@\"\n",
		    reads ? "" : "exec ", name);
}

static int is_ours(struct hooks *h, const char *path, bool *ours)
{
	rt_str text = RT_STR_INIT;
	int rc = 0;

	*ours = false;
	if (rt_fs_exists(path)) {
		rc = rt_fs_read(path, RT_FS_LIMIT, &text, h->err);
		*ours = !rc && strstr(text.p, MARK);
	}
	rt_str_free(&text);
	return rc;
}

static int move(struct hooks *h, const char *from, const char *to)
{
	if (rename(from, to) == 0)
		return 0;
	rt_err_at(h->err, from, 0, 0);
	return rt_err_set(h->err, RETORT_EIO, "cannot rename '%s': %s", from,
			  strerror(errno));
}

static int keep(struct hooks *h, const char *path)
{
	const char *kept = rt_arena_strf(&h->arena, "%s" KEPT, path);
	int rc;

	if (rt_fs_exists(kept)) {
		rt_err_field(h->err, RETORT_ERROR_NEXT,
			     "make one hook of the two, and remove '%s'",
			     kept);
		return rt_err_set(h->err, RETORT_EEXISTS,
				  "there is a hook '%s', and one is kept "
				  "beside it already", path);
	}
	rc = move(h, path, kept);
	if (!rc)
		tell(h, kept, "the hook that was there; it still runs");
	return rc;
}

static int install(struct hooks *h, const char *name)
{
	const char *path = rt_arena_strf(&h->arena, "%s/%s", h->dir, name);
	rt_str text = RT_STR_INIT;
	bool ours;
	int rc = is_ours(h, path, &ours);

	if (!rc && !ours && rt_fs_exists(path))
		rc = keep(h, path);
	if (!rc) {
		compose(h, name, &text);
		rc = rt_fs_write(path, rt_str_sv(&text), true, 0755, h->err);
	}
	if (!rc)
		tell(h, path, ours ? "written anew" : "installed");
	rt_str_free(&text);
	return rc;
}

static int uninstall(struct hooks *h, const char *name)
{
	const char *path = rt_arena_strf(&h->arena, "%s/%s", h->dir, name);
	const char *kept = rt_arena_strf(&h->arena, "%s" KEPT, path);
	bool ours;
	int rc = is_ours(h, path, &ours);

	if (rc || !ours)
		return rc;
	if (rt_fs_exists(kept)) {
		rc = move(h, kept, path);
		if (!rc)
			tell(h, path, "as it was before");
		return rc;
	}
	if (unlink(path) < 0)
		return rt_err_set(h->err, RETORT_EIO,
				  "cannot remove '%s': %s", path,
				  strerror(errno));
	tell(h, path, "removed");
	return 0;
}

/*
 * husky 9 points git to scripts that it writes itself, anew with every
 * install, and that find the user's by their own name: moved aside, one would
 * run nothing.
 */
static int refuse_husky(struct hooks *h)
{
	char *dispatcher = rt_fs_join(h->dir, "h");
	bool husky = !strcmp(rt_fs_basename(h->dir), "_") &&
		     rt_fs_exists(dispatcher);
	char *dir = rt_fs_dirname(h->dir);

	free(dispatcher);
	if (husky)
		rt_err_field(h->err, RETORT_ERROR_NEXT,
			     "put into %s/pre-push: retort hook run pre-push "
			     "-- \"$@\"; likewise for pre-merge-commit and "
			     "post-checkout", dir);
	free(dir);
	return husky ? rt_err_set(h->err, RETORT_EREFUSED,
				  "husky writes the hooks in %s", h->dir)
		     : 0;
}

static int each(struct hooks *h, bool make,
		int (*act)(struct hooks *h, const char *name))
{
	int i, rc;

	if (rt_vcs_is_bare(h->b->vcs))
		return rt_err_set(h->err, RETORT_EREFUSED,
				  "the repository %s is bare: nothing is "
				  "merged, pushed or checked out there",
				  rt_vcs_root(h->b->vcs));
	rc = rt_vcs_hooks_dir(h->b->vcs, &h->arena, &h->dir, h->err);
	if (!rc && make)
		rc = refuse_husky(h);
	if (!rc && make)
		rc = rt_fs_make_dirs(h->dir, h->err);
	for (i = 0; i < (int)RETORT_HOOK_COUNT && !rc; i++)
		rc = act(h, retort_hook_name((retort_hook)i));
	rt_arena_free(&h->arena);
	return rc;
}

int retort_hooks_install(retort_branches *b,
			 void (*say)(void *self, const char *line), void *self,
			 retort_error *err)
{
	struct hooks h = { .b = b, .say = say, .self = self, .err = err };

	return each(&h, true, install);
}

int retort_hooks_uninstall(retort_branches *b,
			   void (*say)(void *self, const char *line),
			   void *self, retort_error *err)
{
	struct hooks h = { .b = b, .say = say, .self = self, .err = err };

	return each(&h, false, uninstall);
}

const char *retort_hook_name(retort_hook hook)
{
	static const char *const words[] = {
#define WORD(name, word, text) word,
		RETORT_HOOKS(WORD)
#undef WORD
	};

	return words[hook];
}

const char *retort_hook_text(retort_hook hook)
{
	static const char *const texts[] = {
#define TEXT(name, word, text) text,
		RETORT_HOOKS(TEXT)
#undef TEXT
	};

	return texts[hook];
}
