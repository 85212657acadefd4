/* SPDX-License-Identifier: MIT */
/* Modules that are never a project's own. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "python/library.h"

/*
 * What Python 3.11 has in sys.stdlib_module_names without those that begin
 * with an underscore, and who runs migrations; in the order of bytes.
 */
static const char *const names[] = {
	"__future__", "abc", "aifc", "alembic", "antigravity", "argparse",
	"array", "ast", "asynchat", "asyncio", "asyncore", "atexit",
	"audioop", "base64", "bdb", "binascii", "bisect", "builtins", "bz2",
	"cProfile", "calendar", "cgi", "cgitb", "chunk", "cmath", "cmd",
	"code", "codecs", "codeop", "collections", "colorsys", "compileall",
	"concurrent", "configparser", "contextlib", "contextvars", "copy",
	"copyreg", "crypt", "csv", "ctypes", "curses", "dataclasses",
	"datetime", "dbm", "decimal", "difflib", "dis", "distutils",
	"doctest", "email", "encodings", "ensurepip", "enum", "errno",
	"faulthandler", "fcntl", "filecmp", "fileinput", "fnmatch",
	"fractions", "ftplib", "functools", "gc", "genericpath", "getopt",
	"getpass", "gettext", "glob", "graphlib", "grp", "gzip", "hashlib",
	"heapq", "hmac", "html", "http", "idlelib", "imaplib", "imghdr",
	"imp", "importlib", "inspect", "io", "ipaddress", "itertools",
	"json", "keyword", "lib2to3", "linecache", "locale", "logging",
	"lzma", "mailbox", "mailcap", "marshal", "math", "mimetypes", "mmap",
	"modulefinder", "msilib", "msvcrt", "multiprocessing", "netrc",
	"nis", "nntplib", "nt", "ntpath", "nturl2path", "numbers", "opcode",
	"operator", "optparse", "os", "ossaudiodev", "pathlib", "pdb",
	"pickle", "pickletools", "pipes", "pkgutil", "platform", "plistlib",
	"poplib", "posix", "posixpath", "pprint", "profile", "pstats", "pty",
	"pwd", "py_compile", "pyclbr", "pydoc", "pydoc_data", "pyexpat",
	"queue", "quopri", "random", "re", "readline", "reprlib", "resource",
	"rlcompleter", "runpy", "sched", "secrets", "select", "selectors",
	"shelve", "shlex", "shutil", "signal", "site", "smtpd", "smtplib",
	"sndhdr", "socket", "socketserver", "spwd", "sqlalchemy", "sqlite3",
	"sre_compile", "sre_constants", "sre_parse", "ssl", "stat",
	"statistics", "string", "stringprep", "struct", "subprocess",
	"sunau", "symtable", "sys", "sysconfig", "syslog", "tabnanny",
	"tarfile", "telnetlib", "tempfile", "termios", "textwrap", "this",
	"threading", "time", "timeit", "tkinter", "token", "tokenize",
	"tomllib", "trace", "traceback", "tracemalloc", "tty", "turtle",
	"turtledemo", "types", "typing", "typing_extensions", "unicodedata",
	"unittest", "urllib", "uu", "uuid", "venv", "warnings", "wave",
	"weakref", "webbrowser", "winreg", "winsound", "wsgiref", "xdrlib",
	"xml", "xmlrpc", "zipapp", "zipfile", "zipimport", "zlib",
	"zoneinfo",
};

static int compare(const void *key, const void *element)
{
	const rt_sv a = *(const rt_sv *)key;
	const rt_sv b = rt_sv_from(*(const char *const *)element);
	const int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool rt_py_library_is_foreign(rt_sv name)
{
	const rt_sv top = rt_sv_sub(name, 0, rt_sv_find(name, '.'));

	return bsearch(&top, names, sizeof(names) / sizeof(names[0]),
		       sizeof(names[0]), compare) != NULL;
}
