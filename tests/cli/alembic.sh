#!/bin/sh
# SPDX-License-Identifier: MIT
# Projects of Alembic: where their settings stand, and what is said of files
# that cannot be read.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

# pyrev FOLDER ID PARENT [STATEMENT]: a revision in Python; PARENT as in the
# file, and what both directions do
pyrev()
{
	mkdir -p "$1"
	{
		printf '"""rev %s"""\nrevision = "%s"\ndown_revision = %s\n' \
			"$2" "$2" "$3"
		printf 'def %s():\n    %s\n' \
			upgrade "${4:-raise Exception}" \
			downgrade "${4:-raise Exception}"
	} >"$1/$2_x.py"
}

mkdir -p "$work/ini/sub" && cd "$work/ini" || exit 99
printf '[alembic]\nscript_location = %%(here)s/mig\n' >alembic.ini
# What `alembic init` wrote for years: a comment behind the value.
echo 'version_path_separator = os  # Use os.pathsep.' >>alembic.ini
echo 'sqlalchemy.url = sqlite:///x.db' >>alembic.ini
pyrev mig/versions a None
pyrev mig/versions b '"a"'
is "alembic.ini" "$($retort heads)" "b (head)"
is "from a folder below" "$(cd sub && $retort heads)" "b (head)"
like "its URL" "$($retort status 2>/dev/null)" "sqlite:///.*/ini/x.db"
printf '[retort]\nurl = sqlite:///y.db\n' >>alembic.ini
like "[retort] beside it" "$($retort status 2>/dev/null)" "/ini/y.db"
like "--url before both" \
	"$($retort --url sqlite:///z.db status 2>/dev/null)" "sqlite:///z.db"
like "what is opaque" "$($retort upgrade head 2>&1)" "mig/versions/a_x.py:5"
ok "stamp" $retort -q stamp head
is "current" "$($retort current)" "b (head)"

# A file that cannot be read does not stop the reading commands.
echo 'import os' >mig/versions/helper.py
pyrev mig/versions c 'f()'
is "heads in spite of it" "$($retort heads 2>"$work/err")" "b (head)
c (head)"
like "which file" "$(cat "$work/err")" "warning: .*/helper.py: no variable"
like "which line" "$(cat "$work/err")" \
	"warning: .*/c_x.py:3:17: down_revision cannot be known"
rm mig/versions/helper.py mig/versions/c_x.py
pyrev mig/versions d '"lost"'
like "a parent that is not there" "$($retort heads 2>&1)" "lost"

mkdir -p "$work/toml" && cd "$work/toml" || exit 99
cat >pyproject.toml <<'END'
[project]
name = "x"
[tool.alembic]
script_location = "%(here)s/mig"
version_locations = ["%(here)s/one", "%(here)s/two three"]
[tool.retort]
url = "sqlite:///x.db"
END
pyrev one a None
pyrev "two three" b '"a"'
is "pyproject.toml" "$($retort heads)" "b (head)"
like "its URL" "$($retort status 2>/dev/null)" "sqlite:///.*/toml/x.db"
printf '[alembic]\nversion_locations = %%(here)s/one\n' >alembic.ini
is "alembic.ini before it" "$($retort heads)" "a (head)"
rm alembic.ini
echo 'recursive_version_locations = 3' >>pyproject.toml
like "an error names its line" "$($retort heads 2>&1)" "pyproject.toml:8:"
sed -i '/retort/,$d; s/alembic/black/' pyproject.toml
like "without the table there is no project" "$($retort heads 2>&1)" \
	"no project"

mkdir -p "$work/package/src/a/b" && cd "$work/package" || exit 99
printf '[alembic]\nscript_location = a.b:mig\n' >alembic.ini
pyrev src/a/b/mig/versions a None
is "package:folder" "$($retort heads)" "a (head)"
mv src lib
echo 'prepend_sys_path = lib' >>alembic.ini
is "package:folder under prepend_sys_path" "$($retort heads)" "a (head)"

# With a file that cannot be read nothing is done that it might belong to: a
# head is perhaps none, and what is behind a revision whose parents are not
# known seems not to have run.
status()
{
	"$@" >"$work/out" 2>&1
	echo "status $?: $(tr '\n' ' ' <"$work/out")"
}
mkdir -p "$work/unread" && cd "$work/unread" || exit 99
printf '[alembic]\nscript_location = %%(here)s/mig\n' >alembic.ini
echo 'sqlalchemy.url = sqlite:///x.db' >>alembic.ini
pyrev mig/versions a None pass
pyrev mig/versions b '"a"' pass
pyrev mig/versions c '"b"' pass
ok "at b" $retort -q upgrade b
echo 'down_revision = "b"' >mig/versions/new.py
for verb in "upgrade head" "upgrade heads" "upgrade +1" "upgrade c@head" \
	"stamp heads" "upgrade head --dry-run" "upgrade b:heads --sql"; do
	# shellcheck disable=SC2086 # words
	like "$verb is refused" "$(status $retort $verb)" \
		"status 3.*cannot be known.*new.py"
done
is "nothing has run" "$($retort -q current)" "b"
like "a revision by its id" "$(status $retort upgrade c)" "status 0"
like "and back" "$(status $retort downgrade -1)" "status 0"
like "a script by ids" "$(status $retort upgrade b:c --sql)" "status 0"
like "a stamp by its id" "$(status $retort stamp c)" "status 0"
rm mig/versions/new.py
sed -i 's/down_revision = .*/down_revision = f()/' mig/versions/b_x.py
like "what is applied is not known" "$(status $retort upgrade a)" \
	"status 3.*what is applied cannot be known.*b_x.py"
like "and what heads are" "$(status $retort upgrade heads)" \
	"status 3.*meant by heads cannot be known.*b_x.py"
echo 'down_revision = "a"' >mig/versions/b_x.py
like "nor behind a file without id" "$(status $retort upgrade a)" \
	"status 3.*what is applied cannot be known.*b_x.py"
like "the way back above it is open" "$(status $retort downgrade b)" \
	"status 0"
tap_done
