#!/bin/sh
# SPDX-License-Identifier: MIT
# What a revision of Alembic imports of its own project.
top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/project.sh"

# body IMPORT EXPRESSION: one revision that executes what it imports
body()
{
	printf '"""x"""\nfrom alembic import op\n%s\n%s\n%s\n%s\n' "$1" \
		'revision = "a"' 'down_revision = None' \
		"def upgrade():
    op.execute($2)" >mig/versions/a_x.py
}

sql()
{
	$retort upgrade --sql head 2>&1 | grep -v '^--' | grep -v alembic_version
}

mkdir -p "$work/top/back/mig/versions" && cd "$work/top/back" || exit 99
printf '[alembic]\nscript_location = mig\nsqlalchemy.url = sqlite:///x.db\n' \
	>alembic.ini
mkdir -p app ../.git ../shared
echo 'TEXT = "SELECT 1"' >app/__init__.py
printf 'from . import TEXT\nfrom shared.low import MORE\nTEXT += MORE\n' \
	>app/deep.py
echo 'MORE = " + 1"' >../shared/low.py
body 'from app import TEXT' 'TEXT'
like "beside the project file" "$(sql)" "SELECT 1;"
body 'import app.deep as d' 'd.TEXT'
like "above it, up to .git" "$(sql)" "SELECT 1 [+] 1;"
body 'from low import MORE' '"SELECT 2" + MORE'
like "not anywhere else" "$(sql)" "cannot be translated"
sed -i 's/^script.*/&\nprepend_sys_path = ..\/shared/' alembic.ini
like "prepend_sys_path" "$(sql)" "SELECT 2 [+] 1;"

# Outside the project, and what is installed in it.
mkdir -p ../../else lib/site-packages
echo 'X = "SELECT 3"' >../../else/far.py
ln -s ../../else/far.py far.py
body 'from far import X' 'X'
like "a link that leaves the project" "$(sql)" "is no file of the project"
cp ../../else/far.py lib/site-packages/near.py
ln -s lib/site-packages/near.py near.py
body 'from near import X' 'X'
like "what is installed" "$(sql)" "is no file of the project"
like "the place" "$(sql)" "mig/versions/a_x.py:3:1"

# A naming_convention names what has no name, a word in a text does not.
cat >mig/env.py <<'END'
from alembic import context
from app import metadata
context.configure(target_metadata=metadata)
END
cat >mig/versions/a_x.py <<'END'
"""x"""
from alembic import op
import sqlalchemy as sa
revision = "a"
down_revision = None
def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))
END
printf 'from elsewhere import metadata\n' >app/__init__.py
like "no convention anywhere" "$(sql)" "PRIMARY KEY [(]id"
printf '# naming_convention\nfrom elsewhere import metadata\n' \
	>app/__init__.py
like "one that is not seen" "$(sql)" "names what has no name here"
printf '# naming_convention\nfrom sqlalchemy import MetaData\n%s\n' \
	'metadata = MetaData()' >app/__init__.py
like "none is given" "$(sql)" "PRIMARY KEY [(]id"
rm mig/env.py

# The text is read again once the project is.
body 'from app import TEXT' 'TEXT'
echo 'TEXT = "SELECT 4"' >app/__init__.py
like "as it is now" "$(sql)" "SELECT 4;"
tap_done
