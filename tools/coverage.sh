#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh BUILD: lines run per source file, the least covered first.  The
# build was configured with --enable-coverage and its tests have run.
cd "$1" || exit 1
# One .gcda per object; a header's lines are counted with each.  gcov prints
# "File 'x'" and then "Lines executed:P% of N".
find . -name '*.gcda' -print | sort | while read -r data; do
	gcov -n -o "${data%/*}" "$data" 2>/dev/null
done | awk -F "'" '
	/^File/ { file = $2; next }
	/^Lines executed/ && file ~ /src\/[a-z]*\/[^\/]*\.c$/ {
		sub(/.*src\//, "src/", file)
		line = $0
		sub(/.*executed:/, "", line)
		split(line, part, "% of ")
		run = part[1] * part[2] / 100
		if (!(file in total) || run > covered[file])
			covered[file] = run
		total[file] = part[2]
	}
	/^$/ { file = "" }
	END {
		for (file in total) {
			printf "%6.1f%% of %5d  %s\n", \
				100 * covered[file] / total[file], \
				total[file], file
			all += total[file]
			all_run += covered[file]
		}
		if (all)
			printf "%6.1f%% of %5d  everything\n", \
				100 * all_run / all, all
	}' | sort -n
