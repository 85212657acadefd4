/* SPDX-License-Identifier: MIT */
/* Folders whose files may change under the console. */
#ifndef RT_TUI_WATCH_H
#define RT_TUI_WATCH_H

#include <stdbool.h>

typedef struct rt_watch {
	int fd; /* readable when something has changed; -1 = cannot watch */
	int folders;
} rt_watch;

void rt_watch_open(rt_watch *w);
void rt_watch_close(rt_watch *w);

/* Watch a folder for files written, moved, removed.  Twice is once. */
void rt_watch_folder(rt_watch *w, const char *path);

/* Take what has come; true if a revision file may have changed. */
bool rt_watch_take(rt_watch *w);

#endif
