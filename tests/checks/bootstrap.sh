#!/bin/sh
# SPDX-License-Identifier: MIT
# bootstrap, with stand-ins for the package manager, configure and make: what
# it asks for, what it counts, how it exits.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"

tree="$work/a tree"
mkdir -p "$tree/build-aux" "$work/bin" "$work/other"
cp "$top_srcdir/bootstrap" "$tree"
cd "$tree" || exit 99
touch configure.ac Makefile.am Makefile.in
mkdir m4 && touch m4/rt_none.m4

# fake NAME: a program on the PATH of the tests; its text is standard input.
fake()
{
	{ echo '#!/bin/sh'; cat; } >"$1"
	chmod +x "$1"
}

fake "$work/bin/dpkg-query" <<'END'
for last; do :; done
case " $missing " in *" $last "*) exit 1 ;; esac
echo installed
END
fake "$work/bin/apt-get" </dev/null
echo 'echo 1000' | fake "$work/bin/id"
echo 'exit 1' | fake "$work/bin/sudo"
# Writes the results that $results names, as the TAP driver does.
fake "$work/bin/make" <<'END'
case " $* " in
*' check '*) ;;
*) exit 0 ;;
esac
mkdir -p build/tests
i=0
for r in $results; do
	i=$((i + 1))
	echo ":test-result: $r" >>build/tests/t.trs
	echo "$r: tests/t $i - because" >>build/tests/t.log
done
exit "$make_status"
END
fake configure <<'END'
echo "configured with $*" >>../log
touch config.status
END
cp configure "$work/configure"

run()
{
	env PATH="$work/bin:$PATH" CC="${CC:-cc}" missing="$missing" \
		results="$results" make_status="$make_status" \
		./bootstrap "$@" >"$work/out" 2>"$work/err"
	status=$?
}
missing='' results='' make_status=0
unset CONFIGURE_FLAGS JOBS CFLAGS CPPFLAGS LDFLAGS

run nonsense
is "an unknown word is a usage error" "$status" 2
run --help
like "--help says what there is" "$(cat "$work/out")" 'bootstrap demo'

missing='libpq-dev mandoc'
run
is "a package is missing and nobody is root: an error" "$status" 1
is "that prints the one command" "$(tail -n 1 "$work/err")" \
	"sudo apt-get install --no-install-recommends libpq-dev"
run check
is "check needs more" "$(tail -n 1 "$work/err")" \
	"sudo apt-get install --no-install-recommends libpq-dev mandoc"
is "nothing was built" "$(cat log 2>/dev/null)" ""

missing=''
run
is "with all of them it builds" "$status" 0
CONFIGURE_FLAGS=--enable-werror
export CONFIGURE_FLAGS
run
run
is "configure runs once for the same flags" "$(cat log)" \
	"configured with -q
configured with -q --enable-werror"

results='PASS PASS SKIP XFAIL'
run check
is "all is well: the last line counts" "$(tail -n 1 "$work/out")" \
	"3 passed, 0 failed, 1 skipped"
is "the status is 0" "$status" 0
like "a skip is named" "$(cat "$work/out")" '^SKIP: tests/t 3 - because'

results='PASS FAIL FAIL ERROR' make_status=2
run check
is "the error after failures does not count" "$(tail -n 1 "$work/out")" \
	"1 passed, 2 failed, 0 skipped"
is "the status is 1" "$status" 1
like "a failure is named" "$(cat "$work/out")" '^FAIL: tests/t 2 - because'

results='PASS ERROR'
run check
is "a crash alone does" "$(tail -n 1 "$work/out")" \
	"1 passed, 1 failed, 0 skipped"
results='PASS'
run check
is "so does make by itself" "$(tail -n 1 "$work/out")" \
	"1 passed, 1 failed, 0 skipped"
results='' make_status=0
run check
is "no result at all is a failure" "$(tail -n 1 "$work/out")$status" \
	"0 passed, 1 failed, 0 skipped1"

# Another system: no dpkg-query, and pkg-config answers.
for name in sh env awk sed grep find dirname cat tail nproc mkdir touch rm tr \
	sort id; do
	ln -s "$(command -v $name)" "$work/other/$name"
done
for name in cc c++ autoreconf automake libtoolize sqlite3 pg_config python3; do
	echo 'exit 0' | fake "$work/other/$name"
done
cp "$work/bin/make" "$work/other/make"
elsewhere()
{
	env PATH="$work/other" CC=cc results=PASS make_status=0 \
		./bootstrap "$@" >"$work/out" 2>"$work/err"
	status=$?
}
echo 'case "$2" in libpq*) exit 1 ;; esac' | fake "$work/other/pkg-config"
elsewhere
is "another system without libpq: an error" "$status" 1
like "that names the library" "$(cat "$work/err")" '^ *libpq: '
is "and no other" "$(grep -c '^    ' "$work/err")" 1
echo 'exit 0' | fake "$work/other/pkg-config"
elsewhere
is "with the libraries it goes on" "$status" 0
elsewhere check
like "for the tests it names the programs" "$(cat "$work/err")" '^ *mandoc: '
tap_done
