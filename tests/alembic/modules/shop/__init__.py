# SPDX-License-Identifier: MIT
import os

from shop.db.tables import register

SETTING = os.environ.get("RETORT_TEST_NOT_SET", "default")
