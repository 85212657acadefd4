# SPDX-License-Identifier: MIT
# layers.awk tools/layers.txt FILE...: print every #include that the matrix
# does not allow.  FILE is named from src/ on ("rev/plan.c").

# Shell pattern (only *) to anchored regular expression.
function to_regex(glob)
{
	gsub(/[.+]/, "\\\\&", glob)
	gsub(/\*/, ".*", glob)
	return "^" glob "$"
}

function complain(why)
{
	printf "src/%s:%d: %s: %s\n", FILENAME, FNR, $0, why
}

function check_library(header,    n, i, globs)
{
	if (!(header in families))
		return
	n = split(families[header], globs, " ")
	for (i = 1; i <= n; i++)
		if (FILENAME ~ to_regex(globs[i]))
			return
	complain("<" header "> belongs to " \
		(n ? families[header] : "no file of src/"))
}

function check_own(header,    from, to)
{
	if (header == "config.h") {
		if (FILENAME ~ /\.h$/)
			complain("config.h is for .c files")
		return
	}
	from = FILENAME
	sub(/\/.*/, "", from)
	if (!(from in layers)) {
		complain("src/" from " is no layer")
		return
	}
	to = header
	if (!sub(/\/.*/, "", to) || !(to in layers)) {
		complain("not in the form \"layer/file.h\"")
		return
	}
	if (to != from && index(" " layers[from] " ", " " to " ") == 0)
		complain("src/" from " may not see src/" to)
}

# The matrix is the first file.
NR == FNR {
	if ($1 == "layer" || $1 == "header") {
		name = $2
		sub(/:$/, "", name)
		rest = $0
		sub(/^[^:]*: */, "", rest)
		if ($1 == "layer")
			layers[name] = rest
		else
			families[name] = rest
	}
	next
}

/^[ \t]*#[ \t]*include/ {
	header = $0
	sub(/^[ \t]*#[ \t]*include[ \t]*/, "", header)
	own = header ~ /^"/
	sub(/^["<]/, "", header)
	sub(/[">].*$/, "", header)
	if (own)
		check_own(header)
	else
		check_library(header)
}
