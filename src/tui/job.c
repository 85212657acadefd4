/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/str.h"
#include "tui/term/signal.h"

/* A message is a tag, four bytes of length, the bytes. */
enum { HEAD = 5, MESSAGE_MAX = 1 << 20, READ_AT_ONCE = 64 << 10 };

struct rt_job {
	rt_loop *loop;
	const rt_job_ops *ops;
	void *self;
	pid_t pid;
	int fd;
	rt_str in;
};

static void write_all(int fd, const void *p, size_t n)
{
	const char *at = p;
	ssize_t k;

	while (n) {
		k = write(fd, at, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			_exit(1);
		at += k;
		n -= (size_t)k;
	}
}

void rt_job_send(rt_job_out *out, char tag, rt_sv bytes)
{
	uint32_t n = (uint32_t)(bytes.n < MESSAGE_MAX ? bytes.n : MESSAGE_MAX);

	write_all(out->fd, &tag, 1);
	write_all(out->fd, &n, sizeof(n));
	write_all(out->fd, bytes.p, n);
}

/* code line column, then a line of number and text for every text set;
 * number 0 is the message.  Texts may have lines, so each ends in NUL. */
void rt_job_send_error(rt_job_out *out, char tag, const retort_error *err)
{
	rt_str s = RT_STR_INIT;
	const char *text;
	int i;

	rt_str_addf(&s, "%d %d %d", err->code, err->line, err->column);
	rt_str_addc(&s, '\0');
	rt_str_addf(&s, "%d %s", 0, err->message ? err->message : "");
	rt_str_addc(&s, '\0');
	for (i = 0; i < RETORT_ERROR_FIELD_COUNT; i++) {
		text = retort_error_get(err, (retort_error_field)i);
		if (!text)
			continue;
		rt_str_addf(&s, "%d %s", i + 1, text);
		rt_str_addc(&s, '\0');
	}
	rt_job_send(out, tag, rt_str_sv(&s));
	rt_str_free(&s);
}

void rt_job_take_error(rt_sv bytes, retort_error *err)
{
	rt_sv piece;
	char *end;
	long code, field;

	if (!rt_sv_split(&bytes, '\0', &piece) || !piece.n)
		return;
	code = strtol(piece.p, &end, 10);
	err->line = (int)strtol(end, &end, 10);
	err->column = (int)strtol(end, &end, 10);
	while (rt_sv_split(&bytes, '\0', &piece) && piece.n) {
		field = strtol(piece.p, &end, 10);
		if (field == 0)
			rt_err_set(err, (int)code, "%s", end + 1);
		else if (field <= RETORT_ERROR_FIELD_COUNT)
			rt_err_field(err, (retort_error_field)(field - 1),
				     "%s", end + 1);
	}
}

static void free_job(rt_job *job)
{
	rt_loop_unwatch(job->loop, job->fd);
	rt_loop_unbusy(job->loop);
	close(job->fd);
	rt_str_free(&job->in);
	free(job);
}

static void take_messages(rt_job *job)
{
	size_t at = 0;
	uint32_t n;

	while (job->in.n - at >= HEAD) {
		memcpy(&n, job->in.p + at + 1, sizeof(n));
		if (job->in.n - at - HEAD < n)
			break;
		job->ops->message(job->self, job->in.p[at],
				  (rt_sv){ job->in.p + at + HEAD, n });
		at += HEAD + n;
	}
	memmove(job->in.p, job->in.p + at, job->in.n - at);
	rt_str_truncate(&job->in, job->in.n - at);
}

static void on_readable(void *self)
{
	rt_job *job = self;
	const rt_job_ops *ops = job->ops;
	void *owner = job->self;
	int status = 0;
	ssize_t n;

	rt_str_reserve(&job->in, READ_AT_ONCE);
	n = read(job->fd, job->in.p + job->in.n, READ_AT_ONCE);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n > 0) {
		job->in.n += (size_t)n;
		take_messages(job);
		return;
	}
	while (waitpid(job->pid, &status, 0) < 0 && errno == EINTR)
		;
	free_job(job);
	ops->done(owner, WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* The child has no terminal, and none of our handlers. */
static _Noreturn void run_child(const rt_job_ops *ops, void *self, int fd,
				const sigset_t *signals)
{
	rt_job_out out = { fd };
	int null = open("/dev/null", O_RDWR);

	rt_signal_forget();
	sigprocmask(SIG_SETMASK, signals, NULL);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
	}
	ops->work(self, &out);
	_exit(0);
}

int rt_job_start(rt_job **out, rt_loop *loop, const rt_job_ops *ops,
		 void *self, retort_error *err)
{
	sigset_t all, signals;
	int fds[2];
	rt_job *job;
	pid_t pid;

	*out = NULL;
	if (pipe(fds))
		return rt_err_set(err, RETORT_EIO, "no pipe: %s",
				  strerror(errno));
	/* A signal for all of us that met the child with our handlers still
	 * on would tell us of itself twice. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &signals);
	pid = fork();
	if (pid == 0) {
		close(fds[0]);
		run_child(ops, self, fds[1], &signals);
	}
	sigprocmask(SIG_SETMASK, &signals, NULL);
	if (pid < 0) {
		close(fds[0]);
		close(fds[1]);
		return rt_err_set(err, RETORT_EIO, "no process: %s",
				  strerror(errno));
	}
	close(fds[1]);
	fcntl(fds[0], F_SETFD, FD_CLOEXEC);
	job = rt_calloc(1, sizeof(*job));
	*job = (rt_job){ loop, ops, self, pid, fds[0], RT_STR_INIT };
	rt_loop_busy(loop);
	rt_loop_watch(loop, job->fd, on_readable, job);
	*out = job;
	return 0;
}

void rt_job_signal(rt_job *job, int signo)
{
	kill(job->pid, signo);
}

void rt_job_kill(rt_job *job)
{
	if (!job)
		return;
	kill(job->pid, SIGKILL);
	while (waitpid(job->pid, NULL, 0) < 0 && errno == EINTR)
		;
	free_job(job);
}
