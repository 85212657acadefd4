#!/bin/sh
# SPDX-License-Identifier: MIT
# The rules of CONTRIBUTING.md that a machine can hold the sources to.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"

cd "$top_srcdir" || exit 99
checks=tests/checks
LC_ALL=C
export LC_ALL

# Files of the source, not of a build in the tree.
sources()
{
	for folder in include src tests fuzz bench tools examples man; do
		[ ! -d "$folder" ] || find "$folder" -type f
	done | grep -Ev '/(\.libs|\.deps|__pycache__)/' |
		grep -E "\.($1)\$" | grep -v '^src/config.h.in$' | sort
}

# Each line of C that matches, without comments and literals.
code_matching()
{
	sources 'c|h' | grep -E "^($1)/" | while read -r file; do
		awk -f "$checks/code-only.awk" "$file" | grep -nE -e "$2" |
			sed "s,^,$file:,"
	done
}

# --- functions that have no place here ---

word='(^|[^A-Za-z0-9_>.])'
empty "no function that cannot bound its output or starts a shell" \
	"$(code_matching 'include|src|tools|examples|fuzz|bench|tests' \
	"$word(strcpy|strcat|stpcpy|sprintf|vsprintf|strtok|atoi|atol|atoll|atof|gets|system|popen|alloca|tmpnam|mktemp|asctime|ctime|gmtime|localtime|setjmp|longjmp)[[:space:]]*\\(")"
empty "src/ allocates through base/alloc.h" \
	"$(code_matching 'src' \
	"$word(malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf|vasprintf)[[:space:]]*\\(" |
	grep -v '^src/base/alloc.c:')"
empty "the library neither prints nor exits" \
	"$(code_matching 'src/(text|python|rev|alembic|schema|config|revfmt|db|vcs|engine)' \
	"$word(printf|puts|putchar|perror|exit|_exit|_Exit)[[:space:]]*\\(")"
empty "no test waits by the clock" \
	"$(code_matching tests "$word(sleep|usleep|nanosleep)[[:space:]]*\\("
	sources 'sh|py' | grep '^tests/' | grep -v "^$checks/" | xargs grep \
	-nE '^[^#]*(^|[^A-Za-z_])(time\.)?sleep([[:space:]]+[0-9$]|\()')"

# --- size and form ---

empty "no file is longer than 600 lines" \
	"$(sources 'c|h|sh|py|awk' | xargs wc -l |
	awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }')"
sources 'c|h' | xargs wc -l |
	awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines: split it" }' |
	diag
long_functions()
{
	awk -f "$checks/code-only.awk" "$1" |
		awk -v file="$1" -v max=80 -f "$checks/functions.awk"
}
{
	printf 'static int table[] = {\n%s\n};\n\nint\nlong_one(int a,\n' "$(
		yes '	1, /* } */' | head -n 90)"
	printf '\t int b)\n{\n%s\n}\n\nint short_one(void)\n{\n}\n' "$(
		yes '	a = "}";' | head -n 76)"
} >"$work/long.c"
is "a function of 81 lines is seen, a table of 92 is none" \
	"$(long_functions "$work/long.c")" \
	"$work/long.c:94: long_one has 81 lines"
empty "no function is longer than 80 lines" \
	"$(sources c | while read -r file; do long_functions "$file"; done)"
# A tab goes to the next multiple of 8; bytes that continue a UTF-8 character
# take no column; a line may be longer for a string.
empty "no line is wider than 80 columns" \
	"$(sources 'c|h' | xargs awk '{
		line = $0
		gsub(/[\200-\277]/, "", line)
		width = 0
		n = split(line, part, "\t")
		for (i = 1; i <= n; i++) {
			width += length(part[i])
			if (i < n)
				width += 8 - width % 8
		}
		if (width > 80 && line !~ /"/)
			printf "%s:%d: %d columns\n", FILENAME, FNR, width
	}')"
texts=$(sources 'c|h|sh|py|awk|inc|txt|1|5|7|in|md'
	ls bootstrap configure.ac Makefile.am m4/rt_*.m4 ./*.md CHANGES \
		retort.ini migrations/*.sql 2>/dev/null)
empty "no white space at the end of a line" \
	"$(echo "$texts" | xargs grep -nE '[[:space:]]+$')"
empty "every file ends in a newline" \
	"$(echo "$texts" | while read -r file; do
		[ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] ||
			echo "$file"
	done)"

# --- licence and distribution ---

empty "every file names its licence in the first two lines" \
	"$({ sources 'c|h|sh|py|awk'; ls bootstrap configure.ac Makefile.am \
		m4/rt_*.m4; } | while read -r file; do
		head -n 2 "$file" | grep -q 'SPDX-License-Identifier: MIT' ||
			echo "$file"
	done)"

# A file is listed by its own name or by that of a folder above it (but not
# one at the top: "tests" is also a word).
find . -path './build*' -prune -o -name Make.inc -exec cat Makefile.am {} + |
	awk '!/^[ \t]*#/ { for (i = 1; i <= NF; i++) print $i }' |
	sort -u >"$work/listed"
is_listed()
{
	name=$1
	while :; do
		grep -qxF -e "$name" "$work/listed" && return 0
		case $name in
		*/*/*) name=${name%/*} ;;
		*) return 1 ;;
		esac
	done
}
empty "every file is in a Make.inc" \
	"$({ sources 'c|h|sh|py|awk|txt|in|1|5|7|md|sql|json|tsv|conf'
		find tests bench -type f -perm -u+x
		ls migrations/* retort.ini 2>/dev/null; } | sort -u |
	while read -r file; do
		is_listed "$file" || echo "$file"
	done)"
tap_done
