#!/bin/sh
# SPDX-License-Identifier: MIT
# Completion scripts parse, and complete.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

new_project "$work/g"
graph_g
mkdir "$work/bin"
ln -s "$retort" "$work/bin/retort"
PATH=$work/bin:$PATH

for shell in bash zsh fish; do
	$retort completion $shell >"$work/c.$shell" 2>"$work/err"
	ok "$shell: a script" test -s "$work/c.$shell"
	if command -v $shell >/dev/null; then
		ok "$shell: it parses" $shell -n "$work/c.$shell"
	else
		skip "$shell: it parses" "$shell is not installed"
	fi
done

# complete WORD...: what bash offers for the last one
complete_bash()
{
	bash -c '. "$1"; shift
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		_retort
		printf "%s\n" "${COMPREPLY[@]}"' - "$work/c.bash" retort "$@" |
		tr '\n' ' '
}

if command -v bash >/dev/null; then
	is "commands" "$(complete_bash he)" "heads help "
	is "aliases" "$(complete_bash roll)" "rollback "
	is "options of a command" "$(complete_bash heads --reso)" \
		"--resolve-dependencies "
	is "global options" "$(complete_bash heads --no-)" "--no-color "
	is "behind a global option with a value" \
		"$(complete_bash -c retort.ini upg)" "upgrade "
	is "revisions" "$(complete_bash upgrade b)" "base b2 b1 "
	is "a base" "$(complete_bash upgrade a)" "a "
	is "labels" "$(complete_bash upgrade le)" "left "
	is "commands for help" "$(complete_bash help ver)" "verify version "
	is "shells" "$(complete_bash completion f)" "fish "
	# the id of a hostile file is text; nothing runs it
	mkdir "$work/hostile"
	new_project "$work/hostile/p"
	# shellcheck disable=SC2016
	rev '$(touch${IFS}ran)' "" hostile
	# shellcheck disable=SC2016
	is "an id that is a command" "$(complete_bash upgrade '$')" \
		'\$\(touch\$\{IFS\}ran\) '
	ok "it was not run" test ! -e ran
else
	skip "bash completes" "bash is not installed"
fi
cd "$work" || exit 99
empty "without a project there is no noise" \
	"$(PATH=$work/bin:$PATH complete_bash upgrade xx 2>&1 | tr -d ' ')"
tap_done
