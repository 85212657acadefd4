-- SPDX-License-Identifier: MIT
-- An unlogged table.
CREATE UNLOGGED TABLE users (
    id bigint PRIMARY KEY,
    name text
);
