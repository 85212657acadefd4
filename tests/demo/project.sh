#!/bin/sh
# SPDX-License-Identifier: MIT
# The demo project: the tour runs, and its revisions go up and come back down
# on both engines, with rows in the tables.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"

retort=${RETORT:-$top_srcdir/build/retort}
export RETORT_CONFIG="$top_srcdir/retort.ini"
baseline=3d5c8f0a71e4

sqlite_sql()
{
	sqlite3 -bail "$work/demo.db" "$1"
}

# A table made anew comes back with its name in quotes.
sqlite_schema()
{
	sqlite_sql "SELECT type, name, sql FROM sqlite_schema
		WHERE tbl_name NOT IN ('alembic_version', 'retort_journal')
		AND name <> 'sqlite_sequence' ORDER BY type, name" | tr -d '"'
}

postgresql_sql()
{
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$DATABASE_URL" -c "$1"
}

postgresql_schema()
{
	pg_dump -s -T alembic_version -T '*retort_journal*' -d "$DATABASE_URL" |
		grep -v '^\\'
}

# A little of everything that the data migrations and the audit look at.
rows="INSERT INTO training_runs (id, name, model, rounds_planned)
		VALUES ('run', 'lungs', 'unet', 3);
	INSERT INTO rounds (run_id, number) VALUES ('run', 1);
	INSERT INTO run_metrics (run_id, round_number, name, value)
		VALUES ('run', 1, 'loss', 0.5);
	INSERT INTO server_evaluations (run_id, round_number, loss, dice)
		VALUES ('run', 1, 0.25, 0.75);
	INSERT INTO clients (id, hospital, address)
		VALUES ('one', 'St. Anna', 'anna.example:8080');"

# there_and_back ENGINE
there_and_back()
{
	export DATABASE_URL="$url"
	ok "$1: baseline" "$retort" upgrade $baseline
	$1_schema >"$work/before"
	ok "$1: rows" $1_sql "$rows"
	ok "$1: upgrade to the heads" "$retort" upgrade heads
	ok "$1: all is applied" "$retort" current --check-heads
	is "$1: the evaluations were copied" "$($1_sql \
		"SELECT name, value FROM run_metrics WHERE split = 'server'
			ORDER BY name")" "dice|0.75
loss|0.25"
	ok "$1: a round ends" $1_sql "UPDATE rounds SET status = 'done'"
	is "$1: the audit has it" "$($1_sql \
		"SELECT subject_id, action FROM audit_events")" \
		"run/1|round finished"
	ok "$1: back to the baseline" "$retort" downgrade $baseline
	$1_schema >"$work/after"
	ok "$1: the schema is as it was" diff "$work/before" "$work/after"
	is "$1: so are the rows" "$($1_sql \
		"SELECT name, value FROM run_metrics")" "loss|0.5"
	ok "$1: back to nothing" "$retort" downgrade base
	is "$1: no tables are left" "$($1_schema | grep -c 'CREATE ')" 0
}

ok "the tour of ./bootstrap demo" sh -c 'cd "$1" && sh tools/demo.sh "$2" "$3"' \
	tour "$top_srcdir" "$retort" "$work/tour"

url=sqlite:///$work/demo.db
there_and_back sqlite

cluster=$top_srcdir/tests/support/pg-cluster
mkdir "$work/pg"
url=$(sh "$cluster" start "$work/pg" 2>"$work/why") && rc=0 || rc=$?
case $rc in
0)	there_and_back postgresql
	sh "$cluster" stop "$work/pg" ;;
77)	skip "postgresql: the same" "$(tail -n 1 "$work/why")" ;;
*)	fail "postgresql: a cluster" "$(cat "$work/why")" ;;
esac
tap_done
