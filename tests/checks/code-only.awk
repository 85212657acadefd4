# SPDX-License-Identifier: MIT
# Print C text with comments and the insides of literals left out; the number
# of lines stays.  One or more files, joined.
FNR == 1 { in_comment = 0 }
{
	out = ""
	n = length($0)
	for (i = 1; i <= n; i++) {
		two = substr($0, i, 2)
		c = substr($0, i, 1)
		if (in_comment) {
			if (two == "*/") {
				in_comment = 0
				i++
			}
		} else if (two == "/*") {
			in_comment = 1
			i++
		} else if (two == "//") {
			break
		} else if (c == "\"" || c == "'") {
			for (j = i + 1; j <= n; j++) {
				d = substr($0, j, 1)
				if (d == "\\")
					j++
				else if (d == c)
					break
			}
			out = out c c
			i = j
		} else {
			out = out c
		}
	}
	print out
}
