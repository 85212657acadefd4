# SPDX-License-Identifier: MIT
"""TAP for Python tests: `ok`, `equal`, `skip_all`, `done`."""

import sys

count = 0
failures = 0


def ok(good, what, *diagnostics):
    """One result; the diagnostics are shown when it is a bad one."""
    global count, failures
    count += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {count} - {what}", flush=True)
    if not good:
        for text in diagnostics:
            for line in str(text).splitlines():
                print("# " + line, flush=True)
    return good


def equal(got, want, what):
    return ok(got == want, what, f"got:  {got!r}", f"want: {want!r}")


def skip(what, why):
    global count
    count += 1
    print(f"ok {count} - {what} # SKIP {why}", flush=True)


def skip_all(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def done():
    print(f"1..{count}")
    sys.exit(1 if failures else 0)
