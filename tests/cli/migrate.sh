#!/bin/sh
# SPDX-License-Identifier: MIT
# upgrade, downgrade and stamp: what they do, what they say, and where.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

new_project "$work/g"
graph_g
rows()
{
	sql test.db "SELECT version_num FROM alembic_version" | sort |
		tr '\n' ' '
}
# split COMMAND...: the two streams into $work/out and $work/err
split()
{
	"$@" >"$work/out" 2>"$work/err" </dev/null
}

is "a dry run of everything" \
	"$($retort upgrade heads --dry-run | sed -n '1p;$p')" \
"upgrade <base> -> a, rev a
upgrade m -> d, rev d"
like "-v adds the SQL" "$($retort upgrade a --dry-run -v)" \
	'^CREATE TABLE t_a \(x integer\);'
ok "no database was made" test ! -e test.db

ok "two steps of the net branch" split $retort upgrade net@+1
like "the result says from where to where" "$(cat "$work/out")" \
	'^upgraded <base> -> e1: 1 revision, [0-9]+ ms$'
like "each step is a message" "$(cat "$work/err")" \
	'^upgrade <base> -> e1, rev e1 \(1 statement, [0-9]+ ms\)$'
ok "-q says nothing" split $retort upgrade heads -q
empty "neither here nor there" "$(cat "$work/out" "$work/err")"
is "the rows are those of Alembic" "$(rows)" "d e2 "
ok "again" split $retort upgrade heads
is "already there" "$(cat "$work/out")" "already at d, e2; nothing to do"
is "migrate alone is upgrade head" "$($retort migrate 2>&1 |
	grep -c 'multiple head')" 1
ok "current --check-heads" $retort current --check-heads
ok "current -c" $retort current -c

ok "downgrade with a number" split $retort downgrade right@-1
like "it says what it took down" "$(cat "$work/out")" \
	'^downgraded d, e2 -> e2, m: 1 revision'
exits "now heads are missing" 1 $retort current -c
is "a warning where -1 could mean two" \
	"$($retort downgrade -1 --dry-run 2>&1 >/dev/null | grep -c warning)" 1
ok "rollback is downgrade -1" split $retort rollback
ok "downgrade base, without a question in a script" \
	split $retort downgrade base
is "nothing is left" "$(rows)" ""
is "no tables either" "$(sql test.db \
	"SELECT count(*) FROM sqlite_master WHERE name LIKE 't\\_%' ESCAPE '\\'")" 0

ok "stamp" split $retort stamp b2 c2
is "its rows" "$(rows)" "b2 c2 "
is "its result" "$(cat "$work/out")" "stamped <base> -> b2, c2"
version_rows test.db nofile b2
exits "an unknown row is an error" 3 split $retort current
is "but the known one is told" "$(cat "$work/out")" "b2"
like "and the unknown one named" "$(cat "$work/err")" "'nofile'"
ok "heads works" $retort heads
ok "history works" $retort history
ok "status works" $retort status
like "and names the row" "$($retort status)" 'problem .*nofile'
ok "log works" $retort log
exits "verify finds it" 1 $retort verify
ok "stamp --purge works" split $retort stamp --purge d
is "and leaves what it was told" "$(rows)" "d "
ok "stamp --purge base" split $retort stamp --purge base
is "empties the table" "$(rows)" ""

$retort upgrade heads --sql >"$work/up.sql"
python3 - "$work/new.db" "$work/up.sql" <<'END'
import sqlite3
import sys

sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())
END
is "the script of --sql comes to the same rows" \
	"$(sql "$work/new.db" 'SELECT version_num FROM alembic_version' | sort |
	tr '\n' ' ')" "d e2 "
ok "a range of a downgrade" $retort downgrade d:base --sql
exits "which a downgrade must have" 2 $retort downgrade base --sql
ok "ensure_version" split $retort ensure_version \
	--url "sqlite:///$work/e.db"
is "makes an empty table" "$(sql "$work/e.db" \
	"SELECT count(*) FROM alembic_version")" 0
$retort ensure_version --sql --url "sqlite:///$work/e2.db" >"$work/e.sql"
ok "ensure_version --sql touches nothing" test ! -e "$work/e2.db"
sql "$work/e2.db" "$(cat "$work/e.sql")"
is "and says the same" "$(sql "$work/e2.db" "SELECT sql FROM sqlite_master")" \
	"$(sql "$work/e.db" "SELECT sql FROM sqlite_master")"

rev f1 d "fails"
echo "SELECT * FROM nowhere;" >>versions/f1_x.sql
sed -i '/migrate:down/,$d' versions/f1_x.sql
echo "SELECT * FROM nowhere;" >>versions/f1_x.sql
exits "a statement that fails" 3 split $retort upgrade f1
like "says what" "$(cat "$work/err")" 'error: no such table: nowhere'
like "says where" "$(cat "$work/err")" '^  --> .*versions/f1_x.sql:7:'
like "names the revision" "$(cat "$work/err")" '^  revision: f1'
like "shows the statement" "$(cat "$work/err")" \
	'^  statement: SELECT \* FROM nowhere'
like "says the state" "$(cat "$work/err")" '^  state: '
like "says what to do" "$(cat "$work/err")" '^  next: '
is "nothing of it stays" "$(rows)" "d "
printf 'SELECT 1,\n\t"\303\244", nosuch FROM t_d;\n' >>versions/f1_x.sql
sed -i '/nowhere/d' versions/f1_x.sql
exits "a wrong word" 3 split $retort upgrade f1
is "has a caret under it" "$(sed -n '/statement: /,/hint\|state:/p' "$work/err" |
	sed -n 3p)" "             $(printf '\t')     ^"

# A revision outside a transaction that stops half way.
rev f2 d "half" && cat >versions/f2_x.sql <<'END'
-- revision: f2
-- down_revision: d
-- message: half

-- migrate:up transaction:false
CREATE TABLE IF NOT EXISTS half (x int);
INSERT INTO half SELECT count(*) FROM half;
INSERT INTO half SELECT x FROM later;
-- migrate:down
DROP TABLE half;
END
exits "it fails" 3 split $retort upgrade f2
exits "the next run asks what to do" 3 split $retort upgrade f2
like "and names the choices" "$(cat "$work/err")" '--resume'
like "status tells" "$($retort status)" '^problem .*f2'
sql test.db "CREATE TABLE later (x int)"
ok "--resume goes on" split $retort upgrade f2 --resume
is "behind the last good statement" \
	"$(sql test.db "SELECT count(*) FROM half")" 1
ok "down again" split $retort downgrade d
sql test.db "DROP TABLE later"
exits "it fails again" 3 split $retort upgrade f2
sql test.db "CREATE TABLE later (x int)"
ok "--restart begins anew" split $retort upgrade f2 --restart
is "from the first statement" \
	"$(sql test.db "SELECT count(*) FROM half")" 2
ok "down once more" split $retort downgrade d
rm versions/f2_x.sql

rev g1 d "good"
rev g2 g1 "bad" && sed -i 's/^CREATE.*/SELECT * FROM nowhere;/' versions/g2_x.sql
exits "--one-transaction fails as a whole" 3 \
	split $retort upgrade g2 --one-transaction
is "and nothing stays" "$(rows)" "d "
rm versions/g?_x.sql versions/f1_x.sql

printf '[retort:prod]\nprotected = on\n' >>retort.ini
exits "a protected database refuses a script" 3 \
	split $retort -n prod downgrade -1
like "and says how to go on" "$(cat "$work/err")" '--yes'
ok "what it would do may be seen" $retort -n prod downgrade -1 --dry-run
ok "with --yes it does it" split $retort -n prod downgrade -1 --yes
is "which is to be seen" "$(rows)" "m "
tap_done
