#!/bin/sh
# SPDX-License-Identifier: MIT
# The includes of src/ keep to the matrix in tools/layers.txt.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"

matrix=$top_srcdir/tools/layers.txt
rules=$top_srcdir/tests/checks/layers.awk

violations()
{
	(cd "$1" && find . -name '*.[ch]' | sed 's,^\./,,' | sort |
		xargs awk -f "$rules" "$matrix")
}

# First that the check sees what it is for.
mkdir -p "$work/src/text" "$work/src/db" "$work/src/cli" "$work/src/new" \
	"$work/src/rev/in"
echo '#include "rev/builder.h"' >"$work/src/text/up.c"
echo '#  include <sqlite3.h>' >"$work/src/db/journal.c"
echo '#include <sqlite3.h>' >"$work/src/db/sqlite_open.c"
echo '#include "engine/apply.h"' >"$work/src/cli/cmd.c"
echo '#include "config.h"' >"$work/src/db/conn.h"
echo '#include "str.h"' >"$work/src/db/plain.c"
echo '#include "base/str.h"' >"$work/src/new/house.c"
echo '#include "db/conn.h"' >"$work/src/rev/in/side.c"
{
	echo '#include "config.h"'
	echo '#include "text/url.h"'
	echo '#include "base/deep/str.h"'
	echo '#include <retort/sql.h>'
	echo '#include <string.h>'
} >"$work/src/text/good.c"
found=$(violations "$work/src")
for file in text/up.c db/journal.c cli/cmd.c db/conn.h db/plain.c new/house.c \
	rev/in/side.c
do
	like "$file is refused" "$found" "^src/$file:1: "
done
is "nothing else is" "$(echo "$found" | wc -l | tr -d ' ')" 7

empty "src/ keeps to the layers" "$(violations "$top_srcdir/src")"
tap_done
