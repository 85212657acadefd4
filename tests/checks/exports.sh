#!/bin/sh
# SPDX-License-Identifier: MIT
# libretort exports the functions that the public headers declare, and
# nothing else.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"

lib=${top_builddir:-.}/.libs/libretort.so
[ -e "$lib" ] || tap_skip_all "libretort.so is not built"
LC_ALL=C
export LC_ALL

# The name of every declaration that has RETORT_API in it.
declared()
{
	awk -f "$top_srcdir/tests/checks/code-only.awk" \
		"$top_srcdir"/include/retort/*.h |
	grep -v '^#' | tr '\n\t' '  ' | tr ';' '\n' | grep RETORT_API |
	sed 's/.*RETORT_API//; s/RETORT_MUST_CHECK//; s/ *(.*//; s/.*[ *]//' |
	sort
}

nm -D --defined-only "$lib" | awk '{ print $3 }' | sort >"$work/exported"
declared >"$work/declared"

ok "some functions are declared" test -s "$work/declared"
empty "every exported name begins with retort_" \
	"$(grep -v '^retort_[a-z]' "$work/exported")"
empty "every exported name is declared in a public header" \
	"$(comm -23 "$work/exported" "$work/declared")"
empty "every declared function is exported" \
	"$(comm -13 "$work/exported" "$work/declared")"
tap_done
