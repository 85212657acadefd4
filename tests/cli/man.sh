#!/bin/sh
# SPDX-License-Identifier: MIT
# The manual pages are those that the tables give, and well formed.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
man=$top_srcdir/man

for page in retort.1 retort.ini.5; do
	"${top_builddir:-.}/tools/gen-docs" "$man/$page.in" >"$work/$page"
	ok "$page is what 'make docs' gives" diff "$man/$page" "$work/$page"
done
for page in retort.1 retort.ini.5 retort-revision.5; do
	if command -v mandoc >/dev/null; then
		empty "mandoc: $page" "$(mandoc -T lint -W style "$man/$page" |
			grep -v -e 'referenced manual not found' \
				-e 'outdated mandoc.db')"
	else
		skip "mandoc: $page" "mandoc is not installed"
	fi
	if command -v groff >/dev/null; then
		empty "groff: $page" "$(groff -ww -mandoc -Tutf8 "$man/$page" \
			2>&1 >/dev/null)"
	else
		skip "groff: $page" "groff is not installed"
	fi
done
tap_done
