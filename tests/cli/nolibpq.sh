#!/bin/sh
# SPDX-License-Identifier: MIT
# libpq is opened on first use: where it is missing, or is not what it should
# be, one error says so, and everything else works.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

new_project "$work/p"
rev aaaa "" one
mkdir "$work/lib"
libpq=$work/lib/libpq.so.5

# without ARGS...: a run that finds this libpq before any other
without()
{
	env LD_LIBRARY_PATH="$work/lib" $retort "$@"
}

# The loader gives up at a file that is no library.
: >"$libpq"
for command in "upgrade head" "downgrade base" current; do
	# shellcheck disable=SC2086
	without $command --url postgresql:///d >"$work/out" 2>"$work/err" &&
		got=0 || got=$?
	is "$command: status" "$got" 3
	like "$command: says what is missing" "$(cat "$work/err")" \
		'PostgreSQL needs its client library: .*libpq'
	like "$command: says what to install" "$(cat "$work/err")" \
		'apt install libpq5'
done
ok "what asks no database works" without heads
ok "SQLite works" without upgrade head --url sqlite:///test.db

# Any other library will do for one that lacks functions.
other=$(ldd "$top_builddir/retort" | awk '/libsqlite3/ { print $3 }')
if [ -e "$other" ]; then
	cp "$other" "$libpq"
	without current --url postgresql:///d 2>"$work/err" && got=0 || got=$?
	is "an old library: status" "$got" 3
	like "an old library: says so" "$(cat "$work/err")" \
		'libpq\.so\.5 is too old: it has no PQ'
else
	skip "an old library" "there is no other library to put there"
fi
tap_done
