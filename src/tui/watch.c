/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/watch.h"

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

bool rt_watch_take(rt_watch *w)
{
	char events[4096];
	bool any = false;

	while (read(w->fd, events, sizeof(events)) > 0)
		any = true;
	return any;
}
