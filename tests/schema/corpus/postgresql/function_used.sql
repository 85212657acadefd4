-- SPDX-License-Identifier: MIT
-- A function that much depends on.
CREATE FUNCTION clean(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(t) $$;
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text DEFAULT clean('X') CHECK (clean(name) <> ''),
    tidy text GENERATED ALWAYS AS (clean(name)) STORED
);
CREATE INDEX users_clean ON users (clean(name));
CREATE VIEW cleaned AS SELECT clean(name) AS name FROM users;
