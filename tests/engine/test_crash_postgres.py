# SPDX-License-Identifier: MIT
"""Killed and concurrent runs on postgres."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["top_srcdir"], "tests/engine"))
import crash  # noqa: E402

crash.main("postgres")
