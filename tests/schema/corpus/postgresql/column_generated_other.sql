-- SPDX-License-Identifier: MIT
-- The same with another expression.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    shout text GENERATED ALWAYS AS (lower(name)) STORED
);
