/* SPDX-License-Identifier: MIT */
/* Copying: a menu of what, then the terminal's clipboard (OSC 52) and the
 * program that the project file names. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/proc.h"
#include "tui/console.h"

enum { PREVIEW_COLS = 40 };

/* --- what ---------------------------------------------------------------- */

static void add_id(rt_console *c, rt_str *out)
{
	rt_str_add(out, c->selected ? c->selected->id : "");
}

static void add_path(rt_console *c, rt_str *out)
{
	rt_str_add(out, c->selected ? c->selected->path : "");
}

static void add_of_view(rt_console *c, rt_view_id id, rt_str *out)
{
	rt_view *v = &c->views[id];
	const char *what;

	v->ops->copy(v, out, &what);
}

static void add_sql(rt_console *c, rt_str *out)
{
	add_of_view(c, RT_VIEW_SQL, out);
}

static void add_diff(rt_console *c, rt_str *out)
{
	add_of_view(c, RT_VIEW_DIFF, out);
}

static void add_line(rt_console *c, rt_str *out)
{
	add_of_view(c, RT_VIEW_LOG, out);
}

/* The last error, with all lines of it. */
static void add_report(rt_console *c, rt_str *out)
{
	const rt_log *log = &c->log;
	size_t i = log->lines.n, end;

	while (i > 0 && (log->lines.v[i - 1].level != RT_LEVEL_ERROR ||
			 log->lines.v[i - 1].when < 0))
		i--;
	if (!i)
		return;
	end = i--;
	while (end < log->lines.n && log->lines.v[end].when < 0)
		end++;
	for (; i < end; i++)
		rt_str_addf(out, "%s\n", log->lines.v[i].text);
}

/* `at`: the pane that offers it first. */
static const struct thing {
	const char *name;
	rt_view_id at;
	void (*add)(rt_console *c, rt_str *out);
} things[] = {
	{ "id", RT_VIEW_GRAPH, add_id },
	{ "path", RT_VIEW_COUNT, add_path },
	{ "SQL", RT_VIEW_SQL, add_sql },
	{ "diff", RT_VIEW_DIFF, add_diff },
	{ "log line", RT_VIEW_LOG, add_line },
	{ "error report", RT_VIEW_COUNT, add_report },
};

enum { THINGS = sizeof(things) / sizeof(things[0]) };

/* --- where to ------------------------------------------------------------ */

/* Write all to the program's standard input; false if it does not take it. */
static bool feed(int fd, rt_sv text)
{
	ssize_t n;

	while (text.n) {
		n = write(fd, text.p, text.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		text = rt_sv_sub(text, (size_t)n, text.n);
	}
	return true;
}

static int wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static int start(const retort_names *words, int in, int close_fd, pid_t *pid)
{
	union {
		const char *const *from;
		char *const *to;
	} argv = { words->v };
	posix_spawn_file_actions_t actions;
	int rc;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	posix_spawn_file_actions_addclose(&actions, in);
	posix_spawn_file_actions_addclose(&actions, close_fd);
	rc = posix_spawnp(pid, argv.to[0], &actions, NULL, argv.to, environ);
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

static int pipe_to(const retort_names *words, rt_sv text, retort_error *err)
{
	int fds[2], rc, status;
	bool fed;
	pid_t pid;

	if (pipe(fds))
		return rt_err_set(err, RETORT_EIO, "no pipe: %s",
				  strerror(errno));
	rc = start(words, fds[0], fds[1], &pid);
	close(fds[0]);
	if (rc) {
		close(fds[1]);
		return rt_err_set(err, RETORT_EHOOK, "cannot run %s: %s",
				  words->v[0], strerror(rc));
	}
	fed = feed(fds[1], text);
	close(fds[1]);
	status = wait_for(pid);
	if (!fed || status)
		return rt_err_set(err, RETORT_EHOOK,
				  "%s did not take the text (exit status %d)",
				  words->v[0], status);
	return 0;
}

static void copy_work(void *self, rt_job_out *out)
{
	const rt_console *c = self;
	retort_error err = RETORT_ERROR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	retort_names words = { NULL, 0 };
	int rc;

	/* a clipboard's program may stay, and must not keep us waiting */
	fcntl(out->fd, F_SETFD, FD_CLOEXEC);
	signal(SIGPIPE, SIG_IGN);
	rc = rt_proc_split(&arena, rt_sv_from(c->copy_command), &words, &err);
	if (rc == 0 && words.n)
		rc = pipe_to(&words, rt_str_sv(&c->copied), &err);
	rt_err_prefix(&err, "console_copy");
	if (rc)
		rt_job_send_error(out, 'e', &err);
	rt_arena_free(&arena);
	retort_error_dispose(&err);
}

static void copy_message(void *self, char tag, rt_sv bytes)
{
	retort_error err = RETORT_ERROR_INIT;

	(void)tag;
	rt_job_take_error(bytes, &err);
	rt_console_error(self, &err);
	retort_error_dispose(&err);
}

static void copy_done(void *self, bool finished)
{
	rt_console *c = self;

	(void)finished;
	c->copying = NULL;
}

/* Give it to the program; false if there is none. */
static bool copy_by_command(rt_console *c)
{
	static const rt_job_ops ops = { copy_work, copy_message, copy_done };
	retort_error err = RETORT_ERROR_INIT;

	if (retort_project_setting(c->project, "console_copy",
				   &c->copy_command, &err))
		rt_console_error(c, &err);
	else if (c->copy_command && c->copying)
		rt_job_kill(c->copying);
	c->copying = NULL;
	if (c->copy_command &&
	    rt_job_start(&c->copying, c->loop, &ops, c, &err))
		rt_console_error(c, &err);
	retort_error_dispose(&err);
	return c->copy_command != NULL;
}

static void copy_thing(rt_console *c, const struct thing *t)
{
	bool taken, sent;

	rt_str_clear(&c->copied);
	t->add(c, &c->copied);
	if (!c->copied.n) {
		rt_console_say(c, RT_LEVEL_WARNING, "there is no %s to copy",
			       t->name);
		return;
	}
	sent = c->term->ops->copy(c->term, rt_str_sv(&c->copied));
	taken = copy_by_command(c);
	if (sent || taken)
		rt_console_say(c, RT_LEVEL_INFO, "copied the %s, %zu bytes",
			       t->name, c->copied.n);
	else
		rt_console_say(c, RT_LEVEL_WARNING,
			       "%zu bytes are too much for a terminal's "
			       "clipboard; the setting console_copy can name "
			       "a program",
			       c->copied.n);
}

/* --- the menu ------------------------------------------------------------ */

static void chosen(void *self, rt_answer answer, size_t choice)
{
	if (answer == RT_ANSWER_YES && choice < THINGS)
		copy_thing(self, &things[choice]);
}

static void add_choice(rt_console *c, const struct thing *t)
{
	rt_str text = RT_STR_INIT, line = RT_STR_INIT;
	rt_sv rest, first = { "", 0 };
	int cols;

	t->add(c, &text);
	rest = rt_str_sv(&text);
	while (rt_sv_line(&rest, &first) && !rt_sv_trim(first).n)
		;
	first = rt_sv_trim(first);
	first.n = rt_cluster_fit(first, c->frame.ascii, PREVIEW_COLS, &cols);
	rt_str_addf(&line, "%-13s %.*s", t->name, (int)first.n, first.p);
	rt_dialog_add_choice(&c->dialog, text.n ? line.p : t->name);
	rt_str_free(&line);
	rt_str_free(&text);
}

void rt_console_copy(rt_console *c)
{
	size_t i;

	rt_dialog_open(&c->dialog, RT_DIALOG_CHOOSE, "COPY", "");
	for (i = 0; i < THINGS; i++) {
		add_choice(c, &things[i]);
		if (things[i].at == c->focus)
			c->dialog.choice = i;
	}
	c->dialog.answered = chosen;
	c->dialog.self = c;
}
