#!/bin/sh
# SPDX-License-Identifier: MIT
# What the reading commands print in a pipe: Alembic's own forms.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

new_project "$work/g"
graph_g

is "heads" "$($retort heads)" "d (left, right) (head)
e2 (net) (head)"
is "bases" "$($retort bases)" "a
e1 (net)"
is "history, newest first" "$($retort history)" \
"m -> d (left, right) (head), rev d
b2, c2 -> m (left, right) (mergepoint), rev m
b1 -> b2 (left), rev b2
e1 (left) -> e2 (net) (head), rev e2
<base> -> e1 (net), rev e1
c1 (b1) -> c2 (right), rev c2
a -> c1 (right), rev c1
a -> b1 (left), rev b1
<base> -> a (branchpoint), rev a"
is "history of a range" "$($retort history -r b1:m)" \
"b2, c2 -> m (left, right) (mergepoint), rev m
b1 -> b2 (left), rev b2
a -> b1 (left), rev b1"
is "history of a range with a relative end" "$($retort history -r b1:+2)" \
	"$($retort history --rev-range=b1:m)"
printf '%s\n' "a (branchpoint)" "  -> b1 (left)" "  -> c1 (right)" "" \
	>"$work/want"
$retort branches >"$work/got"
ok "branches, children in load order, an empty line" \
	cmp "$work/got" "$work/want"
cat >"$work/want" <<END
Rev: a (branchpoint)
Parent: <base>
Branches into: b1, c1
Path: $work/g/versions/a_x.sql

    rev a

  -> b1 (left), rev b1
  -> c1 (right), rev c1

END
$retort branches -v >"$work/got"
ok "branches -v" cmp "$work/got" "$work/want"
cat >"$work/want" <<END
Rev: m (mergepoint)
Merges: b2, c2
Branch names: left, right
Path: $work/g/versions/m_x.sql

    rev m

END
$retort show m >"$work/got"
ok "show" cmp "$work/got" "$work/want"
cat >"$work/want" <<END
Rev: e2 (head)
Parent: e1
Also depends on: left
Branch names: net
Path: $work/g/versions/e2_x.sql

    rev e2

END
$retort show net@head >"$work/got"
ok "show of a dependent head" cmp "$work/got" "$work/want"
is "show heads shows both" "$($retort show heads | grep -c '^Rev: ')" 2
like "show --sql adds the SQL of both ways" "$($retort show b1 --sql)" \
	'^DROP TABLE t_b1'

rev doc d "first line" "message: " "message: a third"
is "a long message has four spaces in front of each line" \
	"$($retort show doc | sed -n '/first/,$p' | tr '\n' '|')" \
	"    first line|    |    a third||"
rm versions/doc_x.sql

is "current of a database that is not there is nothing" \
	"$($retort current 2>/dev/null)" ""
ok "and none was made" test ! -e test.db
version_rows test.db d e2
is "current, in the order of the files" "$($retort current)" "d (head)
e2 (head)"
is "current -v names the database" "$($retort current -v | sed 1q)" \
	"Current revision(s) for sqlite:///$work/g/test.db:"
is "history -i marks the rows" "$($retort history -i | sed -n '1p;4p')" \
"m -> d (left, right) (head) (current), rev d
e1 (left) -> e2 (net) (head) (current), rev e2"
version_rows test.db c2
is "current knows what a row implies" "$($retort current)" "b1
c2"
is "history -r :current" "$($retort history -r c1:current)" \
"c1 (b1) -> c2 (right), rev c2
a -> c1 (right), rev c1"
is "show current" "$($retort show current | sed 1q)" "Rev: c2"

rm -r versions/*
rev a1 "" "one" "branch_labels: a"
rev b1 "" "two" "depends_on: a1"
is "a head that is depended on is an effective head" "$($retort heads)" \
	"a1 (a) (effective head)
b1 (head)"
is "and left out where dependencies count" \
	"$($retort heads --resolve-dependencies)" "b1 (head)"
rm versions/*
is "no revisions, no heads" "$($retort heads)$($retort history)" ""
tap_done
