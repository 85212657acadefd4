#!/bin/sh
# SPDX-License-Identifier: MIT
# The graph as text and for other programs.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

new_project "$work/g"
graph_g
rev q d 'a "quoted" <b>&amp; back\slash #1; | --> n0'

is "text, ASCII" "$($retort graph --ascii)" \
"*  e2 (net) (head), rev e2 (depends on left)
*  e1 (net), rev e1
  *  q (left, right) (head), a \"quoted\" <b>&amp; back\\slash #1; | --> n0
  *  d (left, right), rev d
.-*  m (left, right), rev m
| *  b2 (left), rev b2
* |  c2 (right), rev c2 (depends on b1)
* |  c1 (right), rev c1
| *  b1 (left), rev b1
'-*  a, rev a"
is "a range of it" "$($retort graph --ascii -r c1:c2)" \
"*  c2 (right), rev c2 (depends on b1)
*  c1 (right), rev c1"
is "in UTF-8" "$($retort graph | sed -n '5p;$p')" "╭─●  m (left, right), rev m
╰─●  a, rev a"
is "ASCII where the locale has no more" \
	"$(LC_ALL=C $retort graph | sed -n '5p')" ".-*  m (left, right), rev m"
$retort upgrade b1 -q
is "-i marks what the database has" "$($retort graph -i --ascii |
	sed -n 's/  [a-z0-9]* (.*//; 1p; 8,9p')" "o
o |
| @"
like "and names the current one" "$($retort graph -i)" 'b1 .*\(current\)'

$retort graph --format=dot >"$work/g.dot"
like "dot: a node" "$(cat "$work/g.dot")" 'label="m\\nrev m"'
like "dot: quotes are escaped" "$(cat "$work/g.dot")" \
	'a \\"quoted\\" <b>&amp; back\\\\slash'
is "dot: dependencies are dotted" "$(grep -c dotted "$work/g.dot")" 2
is "dot: an edge per parent" "$(grep -c -- '->.*[0-9];$' "$work/g.dot")" 9
if command -v dot >/dev/null; then
	ok "dot reads it" dot -Tplain "$work/g.dot"
else
	skip "dot reads it" "Graphviz is not installed"
fi
$retort graph --format=mermaid >"$work/g.mmd"
like "mermaid: a chart" "$(sed 1q "$work/g.mmd")" '^flowchart BT$'
is "mermaid: dependencies are dotted" "$(grep -c -e '-\.->' "$work/g.mmd")" 2
like "mermaid: no markup of a message stays" "$(cat "$work/g.mmd")" \
	'a #34;quoted#34; #60;b#62;#38;amp;'
$retort graph --format svg >"$work/g.svg"
ok "svg: well-formed" python3 -c '
import sys
import xml.dom.minidom
doc = xml.dom.minidom.parse(sys.argv[1])
assert len(doc.getElementsByTagName("circle")) == 10
assert len(doc.getElementsByTagName("path")) == 2
text = [t for t in doc.getElementsByTagName("tspan")]
assert text[0].firstChild.data == "e2"
' "$work/g.svg"
rm versions/*
for format in text dot mermaid svg; do
	ok "$format of nothing" $retort graph --format $format
done
tap_done
