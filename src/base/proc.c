/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

enum { LINE_LIMIT = 64 << 10 };

/* posix_spawn's types predate const; it writes to none of the words. */
static char *const *words(const char *const *v)
{
	union {
		const char *const *from;
		char *const *to;
	} u = { v };

	return u.to;
}

static int spawn(const rt_proc *proc, int output, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t normal;
	int rc;

	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attr);
	if (output >= 0) {
		posix_spawn_file_actions_addopen(&files, 0, "/dev/null",
						 O_RDONLY, 0);
		posix_spawn_file_actions_adddup2(&files, output, 1);
		if (!proc->only_output)
			posix_spawn_file_actions_adddup2(&files, output, 2);
		else if (proc->no_errors)
			posix_spawn_file_actions_addopen(&files, 2, "/dev/null",
							 O_WRONLY, 0);
	}
	if (proc->cwd)
		posix_spawn_file_actions_addchdir_np(&files, proc->cwd);
	/* A console may block or ignore these; its children should not. */
	sigemptyset(&normal);
	posix_spawnattr_setsigmask(&attr, &normal);
	sigaddset(&normal, SIGINT);
	sigaddset(&normal, SIGQUIT);
	sigaddset(&normal, SIGPIPE);
	posix_spawnattr_setsigdefault(&attr, &normal);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK |
						POSIX_SPAWN_SETSIGDEF);
	rc = posix_spawnp(pid, proc->argv[0], &files, &attr,
			  words(proc->argv),
			  proc->env ? words(proc->env) : environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return rc;
}

/* Hand out the whole lines of *text; at the end of the output the rest. */
static void give_lines(const rt_proc *proc, rt_str *text, bool end)
{
	rt_sv rest = rt_str_sv(text), line;
	size_t kept;

	while (rest.n > 0) {
		if (!end && rest.n < LINE_LIMIT &&
		    rt_sv_find(rest, '\n') == rest.n)
			break;
		rt_sv_line(&rest, &line);
		proc->line(proc->self, line);
	}
	kept = rest.n;
	if (kept)
		memmove(text->p, rest.p, kept);
	rt_str_truncate(text, kept);
}

static void read_lines(const rt_proc *proc, int from)
{
	rt_str text = RT_STR_INIT;
	ssize_t got;

	for (;;) {
		rt_str_reserve(&text, 4096);
		got = read(from, text.p + text.n, 4096);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		text.n += (size_t)got;
		text.p[text.n] = '\0';
		give_lines(proc, &text, false);
	}
	give_lines(proc, &text, true);
	rt_str_free(&text);
}

static int await(const char *name, pid_t pid, int *status, retort_error *err)
{
	int raw;

	while (waitpid(pid, &raw, 0) < 0)
		if (errno != EINTR)
			return rt_err_set(err, RETORT_EIO,
					  "cannot wait for '%s': %s", name,
					  strerror(errno));
	*status = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
	return 0;
}

int rt_proc_run(const rt_proc *proc, int *status, retort_error *err)
{
	int ends[2] = { -1, -1 }, rc;
	pid_t pid;

	if (proc->line && pipe2(ends, O_CLOEXEC) < 0)
		return rt_err_set(err, RETORT_EIO, "cannot make a pipe: %s",
				  strerror(errno));
	rc = spawn(proc, ends[1], &pid);
	if (ends[1] >= 0)
		close(ends[1]);
	if (rc) {
		rc = rt_err_set(err, RETORT_EIO, "cannot run '%s': %s",
				proc->argv[0], strerror(rc));
	} else {
		if (proc->line)
			read_lines(proc, ends[0]);
		rc = await(proc->argv[0], pid, status, err);
	}
	if (ends[0] >= 0)
		close(ends[0]);
	return rc;
}

/* Where the quoted part at text.p[at] ends: behind its last quote; 0 when it
 * does not. */
static size_t add_quoted(rt_sv text, size_t at, rt_str *word)
{
	char quote = text.p[at];

	for (at++; at < text.n && text.p[at] != quote; at++) {
		if (quote == '"' && text.p[at] == '\\' && at + 1 < text.n &&
		    (text.p[at + 1] == '"' || text.p[at + 1] == '\\'))
			at++;
		rt_str_addc(word, text.p[at]);
	}
	return at < text.n ? at + 1 : 0;
}

/* One word from text.p[*at] on. */
static int read_word(rt_sv text, size_t *at, rt_str *word, retort_error *err)
{
	char c;

	while (*at < text.n && !strchr(" \t\r\n", c = text.p[*at])) {
		if (c == '\'' || c == '"') {
			*at = add_quoted(text, *at, word);
			if (!*at)
				return rt_err_set(err, RETORT_EUSAGE,
						  "the quote %c has no end",
						  c);
			continue;
		}
		if (c == '\\' && ++*at == text.n)
			return rt_err_set(err, RETORT_EUSAGE,
					  "a backslash at the end");
		rt_str_addc(word, text.p[(*at)++]);
	}
	return 0;
}

int rt_proc_split(rt_arena *arena, rt_sv text, retort_names *out,
		  retort_error *err)
{
	RT_VEC(const char *) list = RT_VEC_INIT;
	rt_str word = RT_STR_INIT;
	const char **copy;
	size_t at = 0;
	int rc = 0;

	text = rt_sv_trim(text);
	while (at < text.n && !rc) {
		if (strchr(" \t\r\n", text.p[at])) {
			at++;
			continue;
		}
		rt_str_clear(&word);
		rc = read_word(text, &at, &word, err);
		rt_vec_push(&list, rt_arena_strsv(arena, rt_str_sv(&word)));
	}
	copy = rt_arena_calloc(arena, list.n + 1, sizeof(*copy));
	if (list.n)
		memcpy(copy, list.v, list.n * sizeof(*copy));
	*out = (retort_names){ copy, list.n };
	rt_vec_free(&list);
	rt_str_free(&word);
	return rc;
}
