#!/bin/sh
# SPDX-License-Identifier: MIT
# Bad input: one clear error with the right status, and nothing changed.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

n=0
# A fresh project with two good revisions.
fresh()
{
	n=$((n + 1))
	new_project "$work/p$n"
	rev aaaa "" one
	rev bbbb aaaa two
}

# refused DESCRIPTION REGEX COMMAND...: one error, status 3, no table made
refused()
{
	refused_what=$1
	refused_regex=$2
	shift 2
	"$@" >"$work/out" 2>"$work/err" </dev/null && got=0 || got=$?
	is "$refused_what: status" "$got" 3
	is "$refused_what: one error" "$(grep -c ': error: ' "$work/err")" 1
	like "$refused_what: says so" "$(cat "$work/err")" "$refused_regex"
	empty "$refused_what: no result" "$(cat "$work/out")"
	if [ -s test.db ] && [ -z "${keep-}" ]; then
		empty "$refused_what: no table" "$(sql test.db \
			"SELECT name FROM sqlite_master" 2>/dev/null)"
	fi
}

fresh
echo "SELECT 1;" >versions/plain.sql
refused "no header" 'plain.sql' $retort upgrade head
fresh
rev cccc bbbb three "colour: red"
refused "unknown key" 'cccc_x.sql:4:' $retort upgrade head
like "the key is named" "$(cat "$work/err")" "colour"
fresh
cp versions/bbbb_x.sql versions/copy.sql
refused "the same id twice" 'bbbb' $retort upgrade head
like "both files are named" "$(cat "$work/err")" "copy.sql"
fresh
rev 123456789012345678901234567890123 bbbb long
refused "an id too long for the table" '32' $retort upgrade head
fresh
rev cccc nosuch three
refused "a parent that is missing" "nosuch" $retort upgrade head
fresh
rev cccc dddd three
rev dddd cccc four
refused "a cycle" '[Cc]ycle' $retort upgrade heads
fresh
rev cccc bbbb three "branch_labels: x"
rev dddd cccc four "branch_labels: x"
refused "a label twice" "'?x'?" $retort upgrade head
fresh
printf -- '-- revision: cccc\n-- down_revision: bbbb\n-- message: \377\n' \
	>versions/cccc_x.sql
refused "not UTF-8" 'UTF-8' $retort upgrade head
fresh
dd if=/dev/zero of=versions/cccc_x.sql bs=1 count=1 seek=104857600 2>/dev/null
refused "a file of 100 MB" 'cccc_x.sql' $retort upgrade head
fresh
rm versions/*
ok "an empty folder is no error" $retort upgrade heads
fresh
rm -r versions
refused "no folder" 'versions' $retort heads
if [ "$(id -u)" -ne 0 ]; then
	fresh
	chmod 0 versions
	refused "an unreadable folder" 'versions' $retort heads
	chmod 755 versions
fi
fresh
refused "an unknown revision" "'nosuch'" $retort upgrade nosuch
fresh
rev abcd bbbb three
rev abce bbbb four
refused "an ambiguous beginning" 'abcd.*abce' $retort show abc
refused "several heads" 'abcd.*abce' $retort upgrade head
fresh
echo "this is no database, whatever its name says, and long enough" >test.db
keep=1
refused "not a database" 'database' $retort upgrade head
is "not a database: it is as it was" "$(cut -c 1-7 test.db)" "this is"
keep=
fresh
$retort upgrade aaaa -q
python3 - test.db "$work/locked" <<'END' &
import os
import sqlite3
import sys

db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
open(sys.argv[2], "w").close()
while os.path.exists(sys.argv[2]):
    os.sched_yield()
END
locker=$!
until [ -e "$work/locked" ]; do :; done
keep=1
refused "a locked database" 'locked|busy' $retort -x lock_timeout=50ms \
	upgrade head
rm "$work/locked"
wait $locker
if [ "$(id -u)" -ne 0 ]; then
	chmod 444 test.db
	refused "a read-only database" 'read-?only|readonly' $retort upgrade head
	chmod 644 test.db
fi
refused "a database in no folder" 'nowhere' $retort --url \
	"sqlite:///$work/nowhere/x.db" upgrade head
refused "an unknown scheme" 'oracle' $retort --url oracle://x/y upgrade head
refused "no server" '' $retort --url \
	"postgresql://u:s3cretpw@127.0.0.1:1/x?connect_timeout=5" upgrade head
is "no server: no password" "$(grep -c s3cretpw "$work/err")" 0
keep=
fresh
echo "nonsense" >>retort.ini
refused "a project file that cannot be read" 'retort.ini:' $retort heads
fresh
echo 'url = ${NOT_SET_ANYWHERE}' >>retort.ini
sed -i '/^url = sqlite/d' retort.ini
refused "a variable that is not set" 'NOT_SET_ANYWHERE' $retort upgrade head
ok "is no matter where it is not wanted" $retort heads

# Escape sequences of all kinds do not get through to a terminal.
fresh
printf -- '-- revision: cccc\n-- down_revision: bbbb\n' >versions/cccc_x.sql
printf -- '-- message: a\342\200\256b\n-- migrate:up\n' >>versions/cccc_x.sql
is "no bidi override in history" \
	"$($retort history | grep -c "$(printf '\342\200\256')")" 0
is "no escape in an error" \
	"$($retort show "$(printf '\033[31mx')" 2>&1 |
	grep -c "$(printf '\033')")" 0
tap_done
