# SPDX-License-Identifier: MIT
# Projects for tests in shell; source tests/support/tap.sh first.
#
#     new_project "$work/p"          an empty one, and cd into it
#     rev a "" "rev a"               a base with a table t_a
#     rev b "a" "rev b" "branch_labels: left" "depends_on: c"

# By a path without spaces, whatever that of the build: tests say $retort.
mkdir "$work/.bin" && ln -s "${RETORT:-$PWD/retort}" "$work/.bin/retort"
# shellcheck disable=SC2034  # the tests use it
retort=$work/.bin/retort
unset RETORT_CONFIG RETORT_ENV RETORT_URL NO_COLOR VISUAL EDITOR

new_project()
{
	mkdir -p "$1/versions" && cd "$1" || exit 99
	printf '[retort]\nscript_location = %%(here)s/versions\n' >retort.ini
	echo 'url = sqlite:///%(here)s/test.db' >>retort.ini
}

# rev ID PARENTS MESSAGE [HEADER-LINE...]
rev()
{
	rev_id=$1
	rev_file=versions/$1_x.sql
	{
		echo "-- revision: $1"
		echo "-- down_revision: $2" | sed 's/ *$//'
		echo "-- message: $3"
		shift 3
		for rev_line; do
			echo "-- $rev_line"
		done
		echo
		echo "-- migrate:up"
		echo "CREATE TABLE t_$rev_id (x integer);"
		echo "-- migrate:down"
		echo "DROP TABLE t_$rev_id;"
	} >"$rev_file"
}

# The graph of the Alembic manual's kind: a fork, a merge, a second base that
# depends on the first.
graph_g()
{
	rev a "" "rev a"
	rev b1 a "rev b1" "branch_labels: left"
	rev b2 b1 "rev b2"
	rev c1 a "rev c1" "branch_labels: right"
	rev c2 c1 "rev c2" "depends_on: b1"
	rev m "b2, c2" "rev m"
	rev d m "rev d"
	rev e1 "" "rev e1" "branch_labels: net"
	rev e2 e1 "rev e2" "depends_on: left"
}

# Put rows into the version table as Alembic would: version_rows DB ROW...
version_rows()
{
	python3 - "$@" <<'END'
import sqlite3
import sys

db = sqlite3.connect(sys.argv[1])
db.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num "
           "VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc "
           "PRIMARY KEY (version_num))")
db.execute("DELETE FROM alembic_version")
for row in sys.argv[2:]:
    db.execute("INSERT INTO alembic_version VALUES (?)", (row,))
db.commit()
END
}

# sql DB QUERY: the rows, columns separated by |
sql()
{
	python3 - "$@" <<'END'
import sqlite3
import sys

for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print("|".join(str(v) for v in row))
END
}
