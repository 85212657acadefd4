# SPDX-License-Identifier: MIT
# TAP for shell tests.  A test sources this file first, in POSIX sh:
#
#     top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
#     . "$top_srcdir/tests/support/tap.sh"
#     ok "true is true" true
#     is "two words" "$(echo a b)" "a b"
#     tap_done
#
# $work is an empty directory of the test's own; it is removed at the end.

tap_n=0
tap_failed=0
work=$(mktemp -d "${TMPDIR:-/tmp}/retort-test.XXXXXX") || exit 99
work=$(cd "$work" && pwd -P)
chmod 755 "$work" # root runs PostgreSQL's server as somebody else
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Print the arguments, or standard input without any, as diagnostics.
diag()
{
	if [ $# -gt 0 ]; then
		printf '%s\n' "$@"
	else
		cat
	fi | sed 's/^/# /'
}

# The whole test cannot run here: say why and end.
tap_skip_all()
{
	echo "1..0 # SKIP $1"
	exit 0
}

pass()
{
	tap_n=$((tap_n + 1))
	printf 'ok %d - %s\n' "$tap_n" "$1"
}

# fail DESCRIPTION [DIAGNOSTICS...]
fail()
{
	tap_n=$((tap_n + 1))
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_n" "$1"
	shift
	[ $# -eq 0 ] || diag "$@"
}

# skip DESCRIPTION REASON
skip()
{
	tap_n=$((tap_n + 1))
	printf 'ok %d - %s # SKIP %s\n' "$tap_n" "$1" "$2"
}

# ok DESCRIPTION COMMAND...: it exits 0; its output is shown when it does not.
ok()
{
	tap_what=$1
	shift
	if "$@" >"$work/.tap-out" 2>&1; then
		pass "$tap_what"
	else
		fail "$tap_what" "exit status $? of: $*"
		diag <"$work/.tap-out"
	fi
}

# exits DESCRIPTION STATUS COMMAND...: it exits with that very status.
exits()
{
	tap_what=$1
	tap_want=$2
	shift 2
	"$@" >"$work/.tap-out" 2>&1 && tap_got=0 || tap_got=$?
	if [ "$tap_got" -eq "$tap_want" ]; then
		pass "$tap_what"
	else
		fail "$tap_what" "exit status $tap_got, not $tap_want, of: $*"
		diag <"$work/.tap-out"
	fi
}

# is DESCRIPTION GOT WANT
is()
{
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1" "got:" "$2" "want:" "$3"
	fi
}

# like DESCRIPTION GOT EXTENDED-REGEX: some line matches.
like()
{
	if printf '%s\n' "$2" | grep -Eq -e "$3"; then
		pass "$1"
	else
		fail "$1" "no line matches $3 in:" "$2"
	fi
}

# empty DESCRIPTION TEXT: for checks that print what they object to.
empty()
{
	if [ -z "$2" ]; then
		pass "$1"
	else
		fail "$1" "$2"
	fi
}

# Print the plan and end; the results say whether the test passed.
tap_done()
{
	echo "1..$tap_n"
	[ "$tap_failed" -eq 0 ]
	exit
}
