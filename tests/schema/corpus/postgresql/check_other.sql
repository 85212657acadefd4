-- SPDX-License-Identifier: MIT
-- Other checks.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text CHECK (length(name) > 1),
    kind text CHECK (kind IN ('a', 'b', 'c')),
    CONSTRAINT sane CHECK (id > 0 AND name <> kind)
);
