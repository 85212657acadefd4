#!/bin/sh
# SPDX-License-Identifier: MIT
# Options, operands, help, exit statuses.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

new_project "$work/g"
graph_g

# says DESCRIPTION STATUS REGEX ARGUMENT...: on standard error, and nothing
# on standard output
says()
{
	says_what=$1
	says_status=$2
	says_regex=$3
	shift 3
	$retort "$@" >"$work/out" 2>"$work/err" && says_got=0 || says_got=$?
	is "$says_what: status" "$says_got" "$says_status"
	like "$says_what: message" "$(cat "$work/err")" "$says_regex"
	empty "$says_what: no result" "$(cat "$work/out")"
}

says "unknown command" 2 "unknown command 'upgrad'" upgrad
like "names the nearest" "$(cat "$work/err")" "did you mean 'upgrade'"
says "unknown command far from all" 2 "retort help" xyzzy
says "unknown option" 2 "unknown option --purg" upgrade --purg
says "near option" 2 "did you mean --dry-run" upgrade --dry-rnu head
says "unknown letter" 2 "unknown option -Z" heads -Z
says "value missing" 2 "wants a value" history -r
says "value not wanted" 2 "takes no value" heads --verbose=1
says "ambiguous beginning" 2 "ambiguous" upgrade --re head
says "not a choice" 2 "text.dot.mermaid.svg" graph --format=png
says "bad colour" 2 "auto.always.never" heads --color=sometimes
says "operand missing" 2 "wants REVISION" upgrade
says "operand too many" 2 "'extra'" heads extra
says "no JSON form" 2 "no JSON form" edit a --json
says "SQL and JSON" 2 "no JSON form" show a --sql --json
says "effects and JSON" 2 "no JSON form" show a --effects --json
says "a plan's effects and JSON" 2 "no JSON form" \
	upgrade d --dry-run --effects --json
says "no number" 2 "wants a number" log --limit=-3
says "unknown shell" 2 "bash" completion tcsh
says "an option before the command that is not global" 2 "unknown option" \
	--sql upgrade head
says "two minuses and a digit" 2 "unknown option" upgrade --1
says "no project file" 3 "none.ini" -c "$work/none.ini" heads
says "no such revision" 3 "nosuch" show nosuch
says "--sql and --dry-run" 2 "exclude" upgrade head --sql --dry-run
says "--sql and --purge" 2 "purge" stamp head --sql --purge
says "--resume and --restart" 2 "exclude" upgrade head --resume --restart

is "options before the command" "$($retort -q -c "$PWD/retort.ini" heads)" \
	"$($retort heads)"
is "options after the command" \
	"$(cd / && $retort heads --config="$work/g/retort.ini")" \
	"$($retort heads)"
is "a beginning of a long option" "$($retort heads --resol)" \
	"$($retort heads --resolve-dependencies)"
is "-r with a value that begins with a minus" \
	"$($retort history -r -1:)" "$($retort history --rev-range=-1:)"
is "-r in one word" "$($retort history -r-1:)" \
	"$($retort history -r -1:)"
is "a number is an operand" "$($retort show -1 | grep -c ^Rev:)" 2
like "-- ends the options" "$($retort show -- nosuch 2>&1)" nosuch
is "-x sets a setting" \
	"$($retort -x script_location=/nonexistent heads 2>&1 | grep -c /nonexistent)" 1
is "--url chooses the database" \
	"$($retort --url "sqlite:///$work/other.db" upgrade net@head -q)" ""
ok "and it was made" test -e "$work/other.db"
printf '[retort:prod]\nurl = sqlite:///%%(here)s/prod.db\n' >>retort.ini
like "-n chooses the environment" "$($retort -n prod status)" "prod.db"
like "RETORT_ENV too" "$(RETORT_ENV=prod $retort status)" '\[prod\]'
is "RETORT_CONFIG" "$(cd / && RETORT_CONFIG=$work/g/retort.ini $retort bases)" \
	"$($retort bases)"
ok "a project is found from below" sh -c "cd versions && $retort heads"
ok "flags of Alembic that change nothing" \
	$retort --raiseerr upgrade head --tag x --dry-run -c retort.ini \
	--url "sqlite:///$work/other.db" -x a_key=b --help

is "--version" "$($retort --version)" "$($retort version)"
like "version" "$($retort version)" '^retort [0-9]+\.[0-9]+\.[0-9]+$'
is "without a command: status" "$($retort 2>/dev/null)" \
	"$($retort status 2>/dev/null)"
is "--help is help" "$($retort --help)" "$($retort help)"
is "help of an alias" "$($retort help migrate | sed 1q)" \
	"usage: retort migrate [OPTION]... REVISION"
for command in $($retort help | awk '/^  [a-z_]+ /{ print $1 }'); do
	like "$command --help" "$($retort "$command" --help)" \
		"^usage: retort $command"
	is "help $command is the same" "$($retort help "$command")" \
		"$($retort "$command" -h)"
	# Each option is read in its long form; --help comes first to act.
	$retort help "$command" | awk '/^  -/ {
		at = $1 ~ /^--/ ? 1 : 2
		value = $(at + 1) ~ /^[A-Z:=]+$/ ? $(at + 1) : ""
		print substr($at, 3), value
	}' >"$work/options"
	while read -r option value; do
		case $option in
		version) continue ;;
		color) value=never ;;
		format) value=text ;;
		theme) value=dark ;;
		dialect) value=sqlite ;;
		fail-on) value=error ;;
		esac
		is "$command --$option" "$($retort "$command" \
			"--$option${value:+=$value}" --help | sed 1q)" \
			"$($retort "$command" --help | sed 1q)"
	done <"$work/options"
	ok "$command: its options were found" test \
		"$(wc -l <"$work/options")" -ge 13
	empty "$command: no line of help is wider than 80" \
		"$($retort help "$command" | awk 'length > 80')"
done
is "standard output that cannot be written is an error" \
	"$($retort history >/dev/full 2>/dev/null; echo $?)" 3
new_project "$work/large"
rev large "" large
{
	sed '/^CREATE/,$d' versions/large_x.sql
	echo "CREATE TABLE large ("
	seq -f "	a_column_with_quite_a_long_name_%g integer," 200
	echo "	last integer);"
} >"$work/large.sql"
mv "$work/large.sql" versions/large_x.sql
$retort upgrade head -q
like "its reason is known where one write is larger than the buffer" \
	"$($retort dump 2>&1 >/dev/full)" "No space left"
is "a reader that leaves is none" \
	"$({ $retort history; echo $? >"$work/rc"; } | :; cat "$work/rc")" 0
tap_done
