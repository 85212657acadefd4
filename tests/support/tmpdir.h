/* SPDX-License-Identifier: MIT */
/* A folder of a test's own, and its removal. */
#ifndef RT_TEST_TMPDIR_H
#define RT_TEST_TMPDIR_H

/* Makes a folder under $TMPDIR or /tmp; free() the name. */
char *tmpdir_make(void);

/* Writes a file there, with the folders it lies in; fails the test when it
 * cannot. */
void tmpdir_put(const char *dir, const char *name, const char *text);

/* Removes it with all that is in it, and frees the name; NULL allowed. */
void tmpdir_remove(char *dir);

#endif
