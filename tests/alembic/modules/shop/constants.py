# SPDX-License-Identifier: MIT
"""What migrations import."""

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.nowhere import Nothing

NAME_LENGTH = 40
PREFIX = "shop_"
TABLES = ["orders", "parts"]
LIMITS = {"low": 1, "high": 2 * NAME_LENGTH}
TABLES.append("bills")


class Status(str, enum.Enum):
    OPEN = "open"
    CLOSED = "closed"

    @classmethod
    def names(cls):
        return [member.name for member in cls]


class Kind(enum.Enum):
    SMALL = enum.auto()
    LARGE = enum.auto()


ALIASES = {member: member.value.upper() for member in Status}
__all__ = ["NAME_LENGTH", "Status"]
