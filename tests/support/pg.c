/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "support/pg.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/proc.h"
#include "base/str.h"
#include "support/db.h"
#include "support/tmpdir.h"

enum { NOT_INSTALLED = 77, MAX_OPTIONS = 16 };

static struct cluster {
	char *top; /* a folder of ours; the cluster's is in it */
	char *dir;
	char *url;
	int port;
	pid_t watcher;
	int alive; /* a pipe that the watcher reads to its end */
	rt_str output;
} cluster = { .output = RT_STR_INIT };

static void keep_line(void *self, rt_sv line)
{
	rt_str *output = self;

	rt_str_addsv(output, line);
	rt_str_addc(output, '\n');
}

/* A file that the build or the source brings. */
static char *find_file(const char *variable, const char *path)
{
	const char *top = getenv(variable);

	return rt_strf("%s/%s", top ? top : ".", path);
}

static int run_script(const char *verb)
{
	char port[16];
	char *script = find_file("top_srcdir", "tests/support/pg-cluster");
	const char *argv[] = { "sh", script, verb, cluster.dir,
			       strcmp(verb, "start") == 0 ? port : NULL,
			       NULL };
	rt_proc proc = { .argv = argv, .line = keep_line,
			 .self = &cluster.output };
	retort_error err = RETORT_ERROR_INIT;
	int status;

	snprintf(port, sizeof(port), "%d", cluster.port);
	rt_str_clear(&cluster.output);
	if (rt_proc_run(&proc, &status, &err)) {
		fprintf(stderr, "%s\n", err.message);
		exit(99);
	}
	free(script);
	return status;
}

/* A port that nobody listens on. */
static int find_port(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	socklen_t size = sizeof(in);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (void *)&in, size) < 0 ||
	    getsockname(fd, (void *)&in, &size) < 0) {
		perror("pg: loopback");
		exit(99);
	}
	close(fd);
	return ntohs(in.sin_port);
}

/* Lives until the pipe's other end is closed, by us or by our death. */
static _Noreturn void watch(int fd)
{
	char byte;

	while (read(fd, &byte, 1) > 0)
		;
	(void)run_script("stop");
	tmpdir_remove(cluster.top);
	_exit(0);
}

static void start_watcher(void)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		exit(99);
	fflush(NULL);
	cluster.watcher = fork();
	if (cluster.watcher == 0) {
		close(ends[1]);
		setsid(); /* an interrupt from the keyboard is not for it */
		watch(ends[0]);
	}
	close(ends[0]);
	cluster.alive = ends[1];
}

bool pg_start(void)
{
	int status;
	char *line_end;

	cluster.top = tmpdir_make();
	chmod(cluster.top, 0755); /* the server may be another user */
	cluster.dir = rt_strf("%s/pg", cluster.top);
	cluster.port = find_port();
	start_watcher();
	status = run_script("start");
	if (status) {
		line_end = strchr(cluster.output.p, '\n');
		if (line_end)
			*line_end = '\0';
		if (status == NOT_INSTALLED)
			printf("1..0 # SKIP %s\n", cluster.output.p);
		else
			fprintf(stderr, "%s\n", cluster.output.p);
		pg_stop(0);
		if (status != NOT_INSTALLED)
			exit(99);
		return false;
	}
	line_end = strchr(cluster.output.p, '\n');
	*line_end = '\0';
	cluster.url = rt_strf("%s", cluster.output.p);
	return true;
}

int pg_stop(int status)
{
	close(cluster.alive);
	(void)waitpid(cluster.watcher, NULL, 0);
	free(cluster.top);
	free(cluster.dir);
	free(cluster.url);
	rt_str_free(&cluster.output);
	return status;
}

const char *pg_url(void)
{
	return cluster.url;
}

int pg_port(void)
{
	return cluster.port;
}

const char *pg_dir(void)
{
	return cluster.dir;
}

int pg_reset(void **state)
{
	rt_conn *conn = db_open(cluster.url, NULL);

	(void)state;
	db_exec(conn, "SET client_min_messages = error");
	db_exec(conn,
		"DO $$ DECLARE s text; BEGIN FOR s IN SELECT nspname FROM "
		"pg_namespace WHERE nspname !~ '^pg_' AND nspname <> "
		"'information_schema' LOOP EXECUTE format('DROP SCHEMA %I "
		"CASCADE', s); END LOOP; END $$");
	db_exec(conn, "CREATE SCHEMA public");
	rt_conn_close(conn);
	return 0;
}

void pg_control(const char *verb)
{
	assert_int_equal(run_script(verb), 0);
}

static void read_ready_line(int fd)
{
	char byte;

	do {
		assert_int_equal(read(fd, &byte, 1), 1);
	} while (byte != '\n');
}

static _Noreturn void become_proxy(int input, int output, char *path,
				   char *server, const char *const *options)
{
	char *program = find_file("top_builddir", "tests/support/pgproxy");
	char *argv[MAX_OPTIONS + 8] = { program, rt_strf("--listen"), path,
					rt_strf("--to"), server };
	size_t n = 5;

	for (; *options && n < MAX_OPTIONS + 7; options++)
		argv[n++] = rt_strf("%s", *options);
	dup2(input, 0);
	dup2(output, 1);
	execv(program, argv);
	perror(program);
	_exit(127);
}

void pg_proxy_start(pg_proxy *proxy, const char *const *options)
{
	char *server = rt_strf("%s/.s.PGSQL.%d", pg_dir(), pg_port());
	int input[2], output[2];

	proxy->path = rt_strf("%s/.s.PGSQL.5432", cluster.top);
	proxy->url = rt_strf("postgresql://postgres@/postgres?host=%s",
			     cluster.top);
	assert_int_equal(pipe2(input, O_CLOEXEC), 0);
	assert_int_equal(pipe2(output, O_CLOEXEC), 0);
	fflush(NULL);
	proxy->pid = fork();
	if (proxy->pid == 0)
		become_proxy(input[0], output[1], proxy->path, server,
			     options);
	close(input[0]);
	close(output[1]);
	proxy->input = input[1];
	read_ready_line(output[0]);
	close(output[0]);
	free(server);
}

void pg_proxy_stop(pg_proxy *proxy)
{
	int status;

	close(proxy->input);
	assert_int_equal(waitpid(proxy->pid, &status, 0), proxy->pid);
	assert_int_equal(status, 0);
	free(proxy->url);
	free(proxy->path);
}
