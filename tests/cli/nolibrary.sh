#!/bin/sh
# SPDX-License-Identifier: MIT
# The libraries of databases are opened on first use: where one is missing, or
# is not what it should be, one error says so, and everything else works.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

new_project "$work/p"
rev aaaa "" one
other=$(ldd "$top_builddir/retort" | awk '/libjansson/ { print $3 }')

# without ARGS...: a run that finds the library in $lib before any other
without()
{
	env LD_LIBRARY_PATH="$lib" $retort "$@"
}

# missing NAME URL NEEDED INSTALL
missing()
{
	lib=$work/$1
	mkdir "$lib"
	: >"$lib/$1" # the loader gives up at a file that is no library
	for command in "upgrade head" "downgrade base" current; do
		# shellcheck disable=SC2086
		without $command --url "$2" >"$work/out" 2>"$work/err" &&
			got=0 || got=$?
		is "$1, $command: status" "$got" 3
		like "$1, $command: says what is missing" \
			"$(cat "$work/err")" "$3: .*$1"
		like "$1, $command: says what to install" \
			"$(cat "$work/err")" "apt install $4"
	done
	ok "$1: what asks no database works" without heads
}

# old NAME URL: any other library will do for one that lacks functions
old()
{
	lib=$work/$1
	if [ ! -e "$other" ]; then
		skip "$1, an old one" "there is no other library to put there"
		return
	fi
	cp "$other" "$lib/$1"
	without current --url "$2" 2>"$work/err" && got=0 || got=$?
	is "$1, an old one: status" "$got" 3
	like "$1, an old one: says so" "$(cat "$work/err")" \
		"$1 is too old: it has no "
}

missing libsqlite3.so.0 sqlite:///test.db \
	"SQLite databases need SQLite's library" libsqlite3-0
old libsqlite3.so.0 sqlite:///test.db
if grep -q '^#define HAVE_LIBPQ 1' "$top_builddir/src/config.h"; then
	missing libpq.so.5 postgresql:///d \
		"PostgreSQL needs its client library" libpq5
	ok "libpq.so.5: SQLite works" without upgrade head \
		--url sqlite:///test.db
	old libpq.so.5 postgresql:///d
fi
tap_done
