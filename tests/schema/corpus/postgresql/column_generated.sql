-- SPDX-License-Identifier: MIT
-- A generated column.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    shout text GENERATED ALWAYS AS (upper(name)) STORED
);
