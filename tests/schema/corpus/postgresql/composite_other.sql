-- SPDX-License-Identifier: MIT
-- The composite type with other attributes.
CREATE TYPE address AS (street varchar(99), country text);
