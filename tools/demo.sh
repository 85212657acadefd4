#!/bin/sh
# SPDX-License-Identifier: MIT
# The guided tour behind `./bootstrap demo`: the project in migrations/ on a
# SQLite database.  Run at the top of the checkout.
#
#   demo.sh PROGRAM DIRECTORY   the directory is made anew for every tour
set -u

program=$1
dir=$2
case $program in
/*) ;;
*) program=$(pwd)/$program ;;
esac
rm -rf "$dir" && mkdir -p "$dir" || exit 1

# The tour must not meet the settings of whoever takes it.
unset RETORT_CONFIG RETORT_ENV RETORT_URL EDITOR VISUAL
DATABASE_URL=sqlite:///$(cd "$dir" && pwd -P)/demo.db
NO_COLOR=1
export DATABASE_URL NO_COLOR

tell()
{
	printf '\n'
	printf '%s\n' "$@" | sed 's/^/# /'
}

# Show a command as it would be typed, then run it; it must exit 0.
run()
{
	printf '$ retort %s\n' "$*"
	"$program" "$@" </dev/null 2>&1 && return 0
	rc=$?
	printf 'demo: this should have worked; it exited with %d\n' "$rc" >&2
	exit 1
}

tell 'A medical-imaging service, its schema as a graph of revisions: plain' \
     'SQL files in migrations/, the settings in retort.ini.  The heads:'
run heads

tell 'The whole graph, newest first.  It forked twice; the second fork was' \
     'not merged, so there are two heads:'
run graph

tell 'One revision: where it stands, and the SQL that it runs.'
run show f8ff2ab1fdfa --sql

tell 'A database that does not exist yet, and what an upgrade would do to it:'
run status
run upgrade heads --dry-run

tell 'Up to the phone number of the users; to the end of the audit branch; to' \
     'the two heads, one after the other.  Each revision commits together' \
     'with its row in the version table.'
run upgrade f8ff2ab1fdfa
run current
run upgrade 0e8b4f73a2c5
run upgrade 46d0f8b91a2e
run upgrade 5f0c3e9a7d18

tell 'Where the database stands now, and the way it came:'
run current
run history -i

tell 'One step back on one of the branches; the other stays where it is.'
run downgrade 5f0c3e9a7d18@-1
run current

tell 'The journal keeps every run, with the script that takes it back:'
run log

tell 'And one screen for all of it:'
run status

printf '\n# The database is %s; try: DATABASE_URL=%s build/retort …\n' \
	"$dir/demo.db" "sqlite:///$dir/demo.db"
