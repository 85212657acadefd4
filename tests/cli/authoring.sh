#!/bin/sh
# SPDX-License-Identifier: MIT
# New projects, new revisions, merges, the editor.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

mkdir "$work/new" && cd "$work/new" || exit 99
like "list_templates" "$($retort list_templates)" '^generic - '
ok "init" $retort init
ok "it wrote the project file" test -f retort.ini
ok "and the folder" test -d migrations
exits "twice is an error" 3 $retort init
ok "into another folder" $retort init --template generic other
exits "a template that is not there" 3 $retort init -t nosuch third
ok "the new project has no heads" $retort heads

path=$($retort revision -m "create users" --rev-id aaaa 2>/dev/null)
is "revision prints the path" "$path" \
	"$work/new/migrations/aaaa_create_users.sql"
ok "which is a file" test -f "$path"
ok "create takes the message as operands" $retort create add a phone \
	--rev-id bbbb
ok "slug of all words" test -f migrations/bbbb_add_a_phone.sql
ok "--branch-label, --depends-on and --head" $retort revision -m side \
	--head base --branch-label side --depends-on aaaa --rev-id cccc
is "are in the graph" "$($retort heads)" "bbbb (head)
cccc (side) (head)"
exits "a revision with two heads" 3 $retort revision -m which
exits "not a head" 3 $retort revision -m x --head aaaa
ok "--splice" $retort revision -m x --head aaaa --splice --rev-id dddd
ok "--version-path" $retort revision -m y --head dddd --rev-id eeee \
	--version-path migrations
ok "merge" $retort merge heads -m "all of them" --rev-id ffff \
	--branch-label one
like "is one head" "$($retort heads)" '^ffff \(.*one.*\) \(head\)$'
exits "merge of nothing" 2 $retort merge
ok "merge --splice" $retort merge bbbb dddd --splice --rev-id abab -m m

printf '#!/bin/sh\necho "$@" >>"%s"\n' "$work/edited" >"$work/my editor"
chmod +x "$work/my editor"
EDITOR="'$work/my editor' --wait"
export EDITOR
ok "edit" $retort edit aaaa
is "starts the editor with its arguments" "$(cat "$work/edited")" \
	"--wait $work/new/migrations/aaaa_create_users.sql"
rm "$work/edited"
ok "edit of several" $retort edit heads
is "one after the other" "$(wc -l <"$work/edited" | tr -d ' ')" 2
rm "$work/edited"
ok "revision --edit" $retort revision -m e --head ffff -e --rev-id edit1
like "opens the new file" "$(cat "$work/edited")" 'edit1_e.sql$'
VISUAL=false exits "an editor that fails" 3 $retort edit aaaa
VISUAL=/nonexistent/editor exits "an editor that is not there" 3 \
	$retort edit aaaa
exits "edit of nothing" 3 $retort edit base
$retort edit 'aa; touch evil' >/dev/null 2>&1
ok "no shell reads a revision" test ! -e evil

printf '[post_write_hooks]\nhooks = bad\nbad.type = exec\n' >>retort.ini
echo "bad.executable = false" >>retort.ini
exits "a hook that fails is an error" 3 $retort revision -m h --head edit1 \
	--rev-id hook1
ok "but the file stays" test -f migrations/hook1_h.sql
tap_done
