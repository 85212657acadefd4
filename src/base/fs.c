/* SPDX-License-Identifier: MIT */
/* Files and folders; the paths are in fs_path.c. */
#include "config.h"

#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"

static int fail(retort_error *err, const char *what, const char *path)
{
	rt_err_set(err, RETORT_EIO, "cannot %s '%s': %s", what, path,
		   strerror(errno));
	rt_err_at(err, path, 0, 0);
	return RETORT_EIO;
}

/* Non-blocking: opening a pipe that nobody writes to would hang. */
static int open_file(rt_fs_file *file, int dir, const char *name)
{
	file->fd = openat(dir, name,
			  O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	return file->fd;
}

int rt_fs_file_ask(rt_fs_file *file, const char *path, retort_error *err)
{
	struct stat st;

	if (fstat(file->fd, &st) < 0)
		return fail(err, "read", path);
	if (!S_ISREG(st.st_mode)) {
		errno = EISDIR;
		if (S_ISDIR(st.st_mode))
			return fail(err, "read", path);
		rt_err_set(err, RETORT_EIO,
			   "cannot read '%s': it is not a regular file", path);
		rt_err_at(err, path, 0, 0);
		return RETORT_EIO;
	}
	file->size = (size_t)st.st_size;
	file->device = (unsigned long long)st.st_dev;
	file->inode = (unsigned long long)st.st_ino;
	return 0;
}

/* dir, a folder's descriptor, or -1: then path is opened, not name. */
static int file_open(rt_fs_file *file, int dir, const char *name,
		     const char *path, retort_error *err)
{
	int rc;

	if (open_file(file, dir < 0 ? AT_FDCWD : dir,
		      dir < 0 ? path : name) < 0)
		return fail(err, "read", path);
	rc = rt_fs_file_ask(file, path, err);
	if (rc)
		rt_fs_file_close(file);
	return rc;
}

int rt_fs_entry_open(rt_fs_file *file, const rt_fs_dir *dir,
		     const rt_fs_entry *entry, const char *path,
		     retort_error *err)
{
	if (!entry->is_file)
		return file_open(file, dir->fd, entry->name, path, err);
	if (open_file(file, dir->fd, entry->name) < 0)
		return fail(err, "read", path);
	file->size = RT_FS_UNASKED;
	file->device = dir->device;
	file->inode = entry->inode;
	return 0;
}

int rt_fs_file_read_once(rt_fs_file *file, size_t n, rt_str *out,
			 const char *path, retort_error *err)
{
	ssize_t got;

	rt_str_reserve(out, n);
	do
		got = read(file->fd, out->p + out->n, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return fail(err, "read", path);
	out->n += (size_t)got;
	out->p[out->n] = '\0';
	return 0;
}

int rt_fs_file_read(rt_fs_file *file, size_t n, rt_str *out, const char *path,
		    retort_error *err)
{
	size_t end = out->n + n, before;
	int rc;

	rt_str_reserve(out, n);
	while (out->n < end) {
		before = out->n;
		rc = rt_fs_file_read_once(file, end - before, out, path, err);
		if (rc)
			return rc;
		if (out->n == before)
			break;
	}
	return 0;
}

void rt_fs_file_close(rt_fs_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	file->fd = -1;
}

int rt_fs_dir_open(rt_fs_dir *dir, const char *path, retort_error *err)
{
	struct stat st;

	dir->stream = opendir(path);
	if (!dir->stream)
		return fail(err, "read the folder", path);
	dir->fd = dirfd(dir->stream);
	if (fstat(dir->fd, &st) < 0) {
		fail(err, "read the folder", path);
		rt_fs_dir_close(dir);
		return RETORT_EIO;
	}
	dir->device = (unsigned long long)st.st_dev;
	dir->inode = (unsigned long long)st.st_ino;
	return 0;
}

void rt_fs_dir_close(rt_fs_dir *dir)
{
	if (dir->stream)
		closedir(dir->stream);
	dir->stream = NULL;
}

static int too_large(const char *path, size_t limit, retort_error *err)
{
	rt_err_set(err, RETORT_EIO, "'%s' is larger than %zu MiB", path,
		   limit >> 20);
	rt_err_at(err, path, 0, 0);
	return RETORT_EIO;
}

int rt_fs_read(const char *path, size_t limit, rt_str *out, retort_error *err)
{
	size_t before = out->n;
	rt_fs_file file;
	int rc;

	rc = file_open(&file, -1, NULL, path, err);
	if (rc)
		return rc;
	/* One byte more than there should be: the file may be growing. */
	if (file.size > limit)
		rc = too_large(path, limit, err);
	else
		rc = rt_fs_file_read(&file, file.size + 1, out, path, err);
	if (!rc && out->n - before > file.size)
		rc = rt_fs_file_read(&file, limit - file.size, out, path, err);
	if (!rc && out->n - before > limit)
		rc = too_large(path, limit, err);
	rt_fs_file_close(&file);
	return rc;
}

static int write_all(int fd, rt_sv text)
{
	ssize_t put;

	while (text.n > 0) {
		put = write(fd, text.p, text.n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		text = rt_sv_sub(text, (size_t)put, text.n);
	}
	return 0;
}

/* A new file beside `path` with a hidden name that nothing loads. */
static int make_temporary(const char *path, unsigned mode, char **name)
{
	char *dir = rt_fs_dirname(path);
	uint64_t salt;
	int fd, tries;

	for (tries = 0; tries < 16; tries++) {
		if (getrandom(&salt, sizeof(salt), 0) != sizeof(salt))
			salt = (uint64_t)getpid() + (uint64_t)tries;
		*name = rt_strf("%s/.retort-%016llx", dir,
				(unsigned long long)salt);
		fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  (mode_t)mode);
		if (fd >= 0 || errno != EEXIST)
			break;
		free(*name);
		*name = NULL;
	}
	free(dir);
	return fd;
}

/* Give the finished file its name; without `replace` never an old one's. */
static int publish(const char *from, const char *to, bool replace)
{
	if (replace)
		return rename(from, to);
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno == EEXIST)
		return -1;
	/* A file system that cannot do that can make a second link. */
	if (link(from, to) < 0)
		return -1;
	unlink(from);
	return 0;
}

/* The name is only on the disk when its folder is. */
static void sync_folder(const char *path)
{
	char *dir = rt_fs_dirname(path);
	int fd = open(dir, O_RDONLY | O_CLOEXEC | O_DIRECTORY);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(dir);
}

static int write_failed(const char *path, retort_error *err)
{
	if (errno != EEXIST)
		return fail(err, "write", path);
	rt_err_set(err, RETORT_EEXISTS, "'%s' is there already", path);
	rt_err_at(err, path, 0, 0);
	return RETORT_EEXISTS;
}

int rt_fs_write(const char *path, rt_sv text, bool replace, unsigned mode,
		retort_error *err)
{
	char *name = NULL;
	int fd, rc = 0;
	bool ok;

	fd = make_temporary(path, mode, &name);
	ok = fd >= 0 && write_all(fd, text) == 0 && fsync(fd) == 0;
	if (fd >= 0 && close(fd) < 0)
		ok = false;
	if (ok && publish(name, path, replace) == 0) {
		sync_folder(path);
	} else {
		rc = write_failed(path, err);
		if (fd >= 0)
			unlink(name);
	}
	free(name);
	return rc;
}

/* What `mkdir -p` does for one folder of the path. */
static int make_dir(const char *path, retort_error *err)
{
	int reason;

	if (mkdir(path, 0777) == 0)
		return 0;
	reason = errno;
	if (rt_fs_is_dir(path))
		return 0;
	errno = reason;
	return fail(err, "make the folder", path);
}

int rt_fs_make_dirs(const char *path, retort_error *err)
{
	char *copy = rt_strdup(path), *p;
	int rc = 0;

	for (p = copy + 1; !rc && *copy && (p = strchr(p, '/')) != NULL; p++) {
		*p = '\0';
		rc = make_dir(copy, err);
		*p = '/';
	}
	if (!rc)
		rc = make_dir(path, err);
	free(copy);
	return rc;
}

/* The first bytes as a number that sorts as they do: most names differ
 * there, and a comparison then costs no look at the text. */
static uint64_t order_of(const char *name)
{
	uint64_t order = 0;
	int i;

	for (i = 0; i < 8; i++) {
		order = order << 8 | (unsigned char)*name;
		name += *name != '\0';
	}
	return order;
}

static int by_name(const void *a, const void *b)
{
	const rt_fs_entry *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return strcmp(x->name, y->name);
}

static bool entry_is_dir(const rt_fs_dir *dir, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_LNK && e->d_type != DT_UNKNOWN)
		return e->d_type == DT_DIR;
	return fstatat(dir->fd, e->d_name, &st, 0) == 0 &&
	       S_ISDIR(st.st_mode);
}

static void add_entry(rt_fs_list *out, const rt_fs_dir *dir,
		      const struct dirent *e)
{
	rt_fs_entry entry;

	entry.name = rt_arena_strdup(&out->names, e->d_name);
	entry.is_dir = entry_is_dir(dir, e);
	entry.is_file = e->d_type == DT_REG;
	entry.inode = (unsigned long long)e->d_ino;
	entry.order = order_of(e->d_name);
	rt_vec_push(out, entry);
}

int rt_fs_dir_list(const rt_fs_dir *dir, const char *path, rt_fs_list *out,
		   retort_error *err)
{
	struct dirent *e;

	for (;;) {
		errno = 0;
		e = readdir(dir->stream);
		if (!e)
			break;
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
			add_entry(out, dir, e);
	}
	if (errno)
		return fail(err, "read the folder", path);
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_name);
	return 0;
}

int rt_fs_read_dir(const char *path, rt_fs_list *out, retort_error *err)
{
	rt_fs_dir dir;
	int rc = rt_fs_dir_open(&dir, path, err);

	if (rc)
		return rc;
	rc = rt_fs_dir_list(&dir, path, out, err);
	rt_fs_dir_close(&dir);
	return rc;
}

void rt_fs_list_free(rt_fs_list *list)
{
	rt_vec_free(list);
	rt_arena_free(&list->names);
}

bool rt_fs_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

bool rt_fs_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}
