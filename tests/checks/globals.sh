#!/bin/sh
# SPDX-License-Identifier: MIT
# No object has data that can change: no globals, no static buffers.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"

[ -z "${RT_SANITIZE_FLAGS-}" ] ||
	tap_skip_all "the sanitizers add data of their own"

# Variables in writable sections; constants that hold addresses are in
# .data.rel.ro and read-only once the program runs.
changeable()
{
	find "$1" -name '*.o' ! -path '*/.libs/*' | sort |
	while read -r object; do
		nm -f sysv "$object" | awk -F '|' -v object="${object#"$1"/}" '
		{ name = $1; section = $7; gsub(/ /, "", name) }
		section ~ /^(\.t?(data|bss)|\*COM)/ &&
		section !~ /^\.data\.rel\.ro/ { print object ": " name }'
	done
}

mkdir "$work/sample"
cat >"$work/sample.c" <<'END'
static const char *const table[] = { "a", "b" };
static int counter;
char *start = "x";
int next(void);
int next(void)
{
	static char buffer[8];

	buffer[counter % 8] = table[counter % 2][0] + *start;
	return counter++ + buffer[0];
}
END
${CC:-cc} -c -fPIC "$work/sample.c" -o "$work/sample/sample.o" 2>/dev/null ||
	tap_skip_all "the compiler makes no plain object"
is "a counter, a pointer and a static buffer are seen; a table is none" \
	"$(changeable "$work/sample" | sed 's/next\.//; s/\.[0-9]*$//' |
		sort | tr '\n' ' ')" \
	"sample.o: buffer sample.o: counter sample.o: start "

src=${top_builddir:-.}/src
if [ -n "$(find "$src" -name '*.gcno' | sed 1q)" ]; then
	skip "nothing in src/ can change" "the coverage build adds data"
else
	# A signal handler reaches nothing but globals: those two are it.
	empty "nothing in src/ can change" "$(changeable "$src" | grep -vx \
		-e 'cli/interrupt.o: asked' -e 'cli/interrupt.o: watched')"
fi
tap_done
