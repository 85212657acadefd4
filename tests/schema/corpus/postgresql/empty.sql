-- SPDX-License-Identifier: MIT
-- Nothing at all.

