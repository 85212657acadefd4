/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/watch.h"

#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

void rt_watch_open(rt_watch *w)
{
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	w->folders = 0;
}

void rt_watch_close(rt_watch *w)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
}

void rt_watch_folder(rt_watch *w, const char *path)
{
	if (w->fd >= 0 &&
	    inotify_add_watch(w->fd, path,
			      IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO |
				      IN_DELETE | IN_CREATE | IN_ONLYDIR) >= 0)
		w->folders++;
}

/* Databases, backups of editors and the like change beside the files that
 * matter. */
static bool is_wanted(const struct inotify_event *ev)
{
	static const char *const ends[] = { ".sql", ".py" };
	size_t i, n, k;

	if (!ev->len)
		return true;
	n = strlen(ev->name);
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		k = strlen(ends[i]);
		if (n > k && strcmp(ev->name + n - k, ends[i]) == 0)
			return true;
	}
	return false;
}

bool rt_watch_take(rt_watch *w)
{
	_Alignas(struct inotify_event) char events[4096];
	const char *at;
	bool any = false;
	ssize_t n;

	while ((n = read(w->fd, events, sizeof(events))) > 0) {
		for (at = events; at < events + n;) {
			const struct inotify_event *ev = (const void *)at;

			any |= is_wanted(ev);
			at += sizeof(*ev) + ev->len;
		}
	}
	return any;
}
