/* SPDX-License-Identifier: MIT */
/*
 * Files and paths.  Errors are EIO unless said otherwise, with FILE set and
 * the system's reason in the message.
 */
#ifndef RT_BASE_FS_H
#define RT_BASE_FS_H

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>

#include <retort/error.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

/* Largest file that is read: a revision file, a project file. */
#define RT_FS_LIMIT ((size_t)16 << 20)

/*
 * Read a whole file.
 *   in:   limit, bytes; a larger file is an error, nothing is allocated
 *   out:  appended to *out
 *   err:  EIO (missing, unreadable, a folder, too large: names the limit)
 */
RETORT_MUST_CHECK int rt_fs_read(const char *path, size_t limit, rt_str *out,
				 retort_error *err);

/*
 * An open regular file, read piece by piece.  For whoever reads many files
 * of one folder: opened relative to the folder, each costs no walk along its
 * path.
 */
typedef struct rt_fs_file {
	int fd;
	size_t size;
	unsigned long long device, inode; /* the same file has the same two */
} rt_fs_file;

/* Fill the size of a file that rt_fs_entry_open left out. */
RETORT_MUST_CHECK int rt_fs_file_ask(rt_fs_file *file, const char *path,
				     retort_error *err);

/* Append the next n bytes to *out; fewer only at the end of the file. */
RETORT_MUST_CHECK int rt_fs_file_read(rt_fs_file *file, size_t n, rt_str *out,
				      const char *path, retort_error *err);

/* Append what one call gives, at most n bytes.  Fewer are no proof of the
 * end, though they nearly always are it. */
RETORT_MUST_CHECK int rt_fs_file_read_once(rt_fs_file *file, size_t n,
					   rt_str *out, const char *path,
					   retort_error *err);
void rt_fs_file_close(rt_fs_file *file);

/*
 * Write a file whole or not at all: a temporary file beside it, fsync,
 * rename.
 *   in:   replace, false makes an existing file EEXISTS (no race)
 *         mode, permission bits before the umask
 */
RETORT_MUST_CHECK int rt_fs_write(const char *path, rt_sv text, bool replace,
				  unsigned mode, retort_error *err);

/* Make a folder and its parents; one that is there is fine. */
RETORT_MUST_CHECK int rt_fs_make_dirs(const char *path, retort_error *err);

typedef struct rt_fs_entry {
	const char *name; /* without folder */
	bool is_dir;  /* links are followed */
	bool is_file; /* regular, and no link to one: only if the folder's
			 listing says so */
	unsigned long long inode; /* of the name: a link's own */
	uint64_t order;           /* its first bytes, to sort by */
} rt_fs_entry;

typedef struct rt_fs_list {
	rt_fs_entry *v;
	size_t n, cap;
	rt_arena names;
} rt_fs_list;

#define RT_FS_LIST_INIT { NULL, 0, 0, RT_ARENA_INIT }

/* An open folder. */
typedef struct rt_fs_dir {
	DIR *stream;
	int fd;
	unsigned long long device, inode;
} rt_fs_dir;

RETORT_MUST_CHECK int rt_fs_dir_open(rt_fs_dir *dir, const char *path,
				     retort_error *err);
void rt_fs_dir_close(rt_fs_dir *dir);

/* The entries of a folder, without "." and "..", sorted by byte; to be asked
 * for once. */
RETORT_MUST_CHECK int rt_fs_dir_list(const rt_fs_dir *dir, const char *path,
				     rt_fs_list *out, retort_error *err);

/* The same of a folder that is opened for it. */
RETORT_MUST_CHECK int rt_fs_read_dir(const char *path, rt_fs_list *out,
				     retort_error *err);
void rt_fs_list_free(rt_fs_list *list);

/*
 * Open what an open folder lists.  A file that the listing calls regular is
 * not asked about again: file->size is RT_FS_UNASKED then, and three calls do
 * for a file: open, read, close.
 *   in:   path, the whole path, for errors
 *   err:  EIO (also what is no regular file: a folder, a pipe)
 */
#define RT_FS_UNASKED SIZE_MAX
RETORT_MUST_CHECK int rt_fs_entry_open(rt_fs_file *file, const rt_fs_dir *dir,
				       const rt_fs_entry *entry,
				       const char *path, retort_error *err);

bool rt_fs_exists(const char *path);
bool rt_fs_is_dir(const char *path);

/* All of these return text that the caller frees. */
char *rt_fs_join(const char *dir, const char *name); /* absolute name wins */
char *rt_fs_dirname(const char *path);               /* "." without a slash */
char *rt_fs_absolute(const char *path);  /* against the working directory;
					    removes "." and "..", not links */
const char *rt_fs_basename(const char *path);        /* borrowed */

#endif
