/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/term/signal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"

enum { RESET_MAX = 512, STACK = 64 << 10 };

static const int signals[] = {
	SIGHUP, SIGINT, SIGTERM, SIGWINCH, SIGTSTP, SIGCONT,
	SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL,
};

enum { N_SIGNALS = sizeof(signals) / sizeof(signals[0]), N_TOLD = 6 };

/* What the keys of a terminal send, see rt_signal_lend. */
static const int lent[] = { SIGINT, SIGQUIT, SIGTSTP };

enum { N_LENT = sizeof(lent) / sizeof(lent[0]) };

/*
 * A signal handler is given nothing but the signal, so this is the one place
 * with state of its own.  `armed` is set last and cleared first.
 */
static struct {
	volatile sig_atomic_t armed, ending;
	char reset[RESET_MAX];
	size_t n;
	struct termios saved;
	int pipe[2];
	struct sigaction old[N_SIGNALS], kept[N_LENT];
	void (*volatile interrupt)(void *self);
	void *volatile interrupt_self;
} here = { .pipe = { -1, -1 } };

/* A stack overflow has no stack left to be handled on. */
static char spare_stack[STACK];

static void send_all(const char *p, size_t n)
{
	ssize_t k;

	while (n) {
		k = write(STDOUT_FILENO, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return;
		p += k;
		n -= (size_t)k;
	}
}

/* Give the terminal back now, if it is ours; safe in a handler. */
static void restore(void)
{
	if (!here.armed)
		return;
	here.armed = 0;
	send_all(here.reset, here.n);
	tcsetattr(STDIN_FILENO, TCSANOW, &here.saved);
}

void rt_signal_die(int signo)
{
	struct sigaction dfl;
	sigset_t set;

	memset(&dfl, 0, sizeof(dfl));
	dfl.sa_handler = SIG_DFL;
	sigaction(signo, &dfl, NULL);
	sigemptyset(&set);
	sigaddset(&set, signo);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(signo);
}

static void on_fatal(int signo)
{
	restore();
	rt_signal_die(signo);
}

/* A full pipe loses nothing that matters: the loop has not run since. */
static void on_told(int signo)
{
	unsigned char byte = (unsigned char)signo;
	int saved_errno = errno;
	bool ends = signo == SIGHUP || signo == SIGINT || signo == SIGTERM;

	if (ends && here.ending)
		on_fatal(signo);
	if (ends)
		here.ending = 1;
	if (write(here.pipe[1], &byte, 1) < 0)
		errno = 0;
	errno = saved_errno;
}

static void set_flags(int fd)
{
	fcntl(fd, F_SETFL, O_NONBLOCK);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
}

int rt_signal_open(const struct termios *saved)
{
	struct sigaction sa;
	stack_t stack;
	size_t i;

	RT_ASSERT(pipe(here.pipe) == 0);
	set_flags(here.pipe[0]);
	set_flags(here.pipe[1]);
	here.saved = *saved;
	here.ending = 0;
	memset(&stack, 0, sizeof(stack));
	stack.ss_sp = spare_stack;
	stack.ss_size = sizeof(spare_stack);
	sigaltstack(&stack, NULL);
	for (i = 0; i < N_SIGNALS; i++) {
		memset(&sa, 0, sizeof(sa));
		sa.sa_handler = i < N_TOLD ? on_told : on_fatal;
		sa.sa_flags = i < N_TOLD ? SA_RESTART : SA_ONSTACK;
		sigaction(signals[i], &sa, &here.old[i]);
	}
	rt_alloc_on_exhausted(restore);
	return here.pipe[0];
}

void rt_signal_set_reset(rt_sv bytes)
{
	here.armed = 0;
	here.n = bytes.n < RESET_MAX ? bytes.n : RESET_MAX;
	if (here.n)
		memcpy(here.reset, bytes.p, here.n);
	here.armed = here.n > 0;
}

void rt_signal_close(void)
{
	size_t i;

	here.armed = 0;
	rt_alloc_on_exhausted(NULL);
	for (i = 0; i < N_SIGNALS; i++)
		sigaction(signals[i], &here.old[i], NULL);
	close(here.pipe[0]);
	close(here.pipe[1]);
	here.pipe[0] = here.pipe[1] = -1;
}

void rt_signal_stop(void)
{
	struct sigaction dfl, ours;

	memset(&dfl, 0, sizeof(dfl));
	dfl.sa_handler = SIG_DFL;
	sigaction(SIGTSTP, &dfl, &ours);
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
}

/* A handler, for what is ignored would be so in the other program too. */
static void do_nothing(int signo)
{
	(void)signo;
}

void rt_signal_lend(void)
{
	struct sigaction sa;
	size_t i;

	for (i = 0; i < N_LENT; i++) {
		memset(&sa, 0, sizeof(sa));
		sa.sa_flags = SA_RESTART;
		sa.sa_handler = lent[i] == SIGTSTP ? SIG_DFL : do_nothing;
		sigaction(lent[i], &sa, &here.kept[i]);
	}
}

void rt_signal_take_back(void)
{
	size_t i;

	for (i = 0; i < N_LENT; i++)
		sigaction(lent[i], &here.kept[i], NULL);
}

void rt_signal_forget(void)
{
	struct sigaction sa;
	size_t i;

	here.armed = 0;
	rt_alloc_on_exhausted(NULL);
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = SIG_DFL;
	for (i = 0; i < N_SIGNALS; i++)
		sigaction(signals[i], &sa, NULL);
}

static void on_interrupt(int signo)
{
	void (*interrupt)(void *) = here.interrupt;
	int saved_errno = errno;

	(void)signo;
	if (interrupt)
		interrupt(here.interrupt_self);
	errno = saved_errno;
}

void rt_signal_on_interrupt(void (*interrupt)(void *self), void *self)
{
	struct sigaction sa;

	here.interrupt = NULL;
	here.interrupt_self = self;
	here.interrupt = interrupt;
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_interrupt;
	sigaction(SIGINT, &sa, NULL);
}
