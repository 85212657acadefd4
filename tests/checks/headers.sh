#!/bin/sh
# SPDX-License-Identifier: MIT
# Each public header compiles alone, twice in a row, as C99 and as C++11.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"

cxx=
for name in ${CXX:-g++} c++ clang++; do
	command -v "$name" >/dev/null 2>&1 && cxx=$name && break
done

# compile COMPILER LANGUAGE STANDARD HEADER
compile()
{
	printf '#include <retort/%s>\n#include <retort/%s>\n' "$4" "$4" \
		>"$work/one.$2"
	$1 -std="$3" -Wall -Wextra -Wpedantic -Wundef -Werror -fsyntax-only \
		-I "$top_srcdir/include" "$work/one.$2"
}

for path in "$top_srcdir"/include/retort/*.h; do
	header=${path##*/}
	ok "$header is C99" compile "${CC:-cc}" c c99 "$header"
	if [ -n "$cxx" ]; then
		ok "$header is C++11" compile "$cxx" cc c++11 "$header"
	else
		skip "$header is C++11" "no C++ compiler"
	fi
done

# retort.h is the whole of it.
for path in "$top_srcdir"/include/retort/*.h; do
	case ${path##*/} in
	retort.h) continue ;;
	esac
	ok "retort.h brings ${path##*/}" grep -q \
		"^#include <retort/${path##*/}>" \
		"$top_srcdir/include/retort/retort.h"
done
tap_done
