# SPDX-License-Identifier: MIT
# functions.awk, over code-only text of one file, -v file=NAME -v max=N: print
# the functions that are longer than max lines.  A body opens and closes with
# a brace in the first column; the signature begins behind the last blank line
# or closing brace.
/^[A-Za-z_]/ && !/;[ \t]*$/ && !start { start = FNR }
/^$/ || /^#/ || /;[ \t]*$/ { if (!body) start = 0 }
/^[A-Za-z_].*\(/ && !body {
	name = $0
	sub(/[ \t]*\(.*/, "", name)
	sub(/.*[ \t*]/, "", name)
}
/^\{/ { body = FNR; if (!start) start = FNR }
/^\}/ {
	if (body && FNR - start + 1 > max)
		printf "%s:%d: %s has %d lines\n", file, start, name, \
			FNR - start + 1
	body = 0
	start = 0
}
