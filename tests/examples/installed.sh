#!/bin/sh
# SPDX-License-Identifier: MIT
# `make install` gives what a program that links the library needs: the
# example is built with pkg-config against an installed copy, and run.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"

root=$work/root
unset MAKEFLAGS MFLAGS MAKELEVEL DESTDIR
ok "make install" "${MAKE:-make}" -C "${top_builddir:-.}" -s install \
	DESTDIR="$root"

pc=$(find "$root" -name retort.pc)
[ -n "$pc" ] || {
	fail "retort.pc is installed"
	tap_done
}
lib=${pc%/pkgconfig/retort.pc}
prefix=${lib%/lib*}
export PKG_CONFIG_PATH="$lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$root"
export LD_LIBRARY_PATH="$lib"

version=$(sed -n 's/^#define RETORT_VERSION "\(.*\)"/\1/p' \
	"$top_srcdir/include/retort/common.h")
is "pkg-config knows the version" "$(pkg-config --modversion retort)" "$version"
for header in "$top_srcdir"/include/retort/*.h; do
	name=${header##*/}
	ok "retort/$name is installed" \
		cmp "$header" "$prefix/include/retort/$name"
done
ok "the program is installed, and starts" "$prefix/bin/retort" --version

# The sanitizer's run-time has to be in the program when it is in the library.
build()
{
	# shellcheck disable=SC2046,SC2086  # lists of words
	${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror \
		${RT_SANITIZE_FLAGS-} "$top_srcdir/examples/upgrade.c" \
		-o "$work/upgrade" $(pkg-config --cflags --libs retort)
}
ok "the example compiles and links" build

mkdir "$work/app" "$work/app/migrations"
cp "$top_srcdir"/migrations/*.sql "$work/app/migrations"
cp "$top_srcdir/retort.ini" "$work/app"
cd "$work/app" || exit 99
unset RETORT_CONFIG RETORT_ENV RETORT_URL
export DATABASE_URL="sqlite:///$work/app.db"

tables()
{
	sqlite3 "$work/app.db" "SELECT count(*) FROM sqlite_schema
		WHERE type = 'table' AND name IN ('users', 'imaging_series')"
}

out=$("$work/upgrade" retort.ini heads 2>&1) && rc=0 || rc=$?
is "the example upgrades to the heads" "$rc" 0
[ "$rc" -eq 0 ] || diag "$out"
is "it names every revision" "$(echo "$out" | grep -c '^[0-9a-f]\{12\}  ')" \
	"$(find migrations -name '*.sql' | wc -l | tr -d ' ')"
is "the tables are there" "$(tables)" 2
is "again, nothing is left to do" "$("$work/upgrade" retort.ini heads 2>&1)" \
	"0 applied"
out=$("$work/upgrade" retort.ini head 2>&1) && rc=0 || rc=$?
is "several heads: an error by its kind" "$rc" 3
like "that says so" "$out" "^upgrade: .*head"
exits "no project file: an error" 3 "$work/upgrade" "$work/none.ini"
tap_done
