-- SPDX-License-Identifier: MIT
-- Checks.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text CHECK (length(name) > 2),
    kind text CHECK (kind IN ('a', 'b')),
    CONSTRAINT sane CHECK (id > 0 AND name <> kind)
);
