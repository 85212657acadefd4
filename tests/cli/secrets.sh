#!/bin/sh
# SPDX-License-Identifier: MIT
# The password of the database URL is printed nowhere.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

new_project "$work/p"
rev a "" one
secret=s3cr3t-pass
url="postgresql://user:$secret@127.0.0.1:1/db?connect_timeout=2"
cat >retort.ini <<END
[retort]
script_location = %(here)s/versions
url = $url

[retort:prod]
protected = on

[retort:broken]
url = postgresql://user:$secret@[::1/db

[retort:odd]
url = mysql://user:$secret@host/db
END

for name in '' prod broken odd; do
	for command in status current "current -v" "upgrade head" \
		"upgrade head --dry-run" "stamp head --yes" log verify \
		"history -i" "status --json" "upgrade head --sql" heads \
		"ensure_version"; do
		$retort ${name:+-n "$name"} $command >"$work/all" 2>&1 </dev/null
		is "${name:-plain}: $command" \
			"$(grep -c "$secret" "$work/all")" 0
	done
done
$retort --url "$url" status >"$work/all" 2>&1
is "--url" "$(grep -c "$secret" "$work/all")" 0
like "the rest of the URL is shown" "$(cat "$work/all")" 'user:\*\*\*@127'
tap_done
