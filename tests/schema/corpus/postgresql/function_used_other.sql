-- SPDX-License-Identifier: MIT
-- The same with another name for the argument.
CREATE FUNCTION clean(word text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(trim(word)) $$;
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text DEFAULT clean('X') CHECK (clean(name) <> ''),
    tidy text GENERATED ALWAYS AS (clean(name)) STORED
);
CREATE INDEX users_clean ON users (clean(name));
CREATE VIEW cleaned AS SELECT clean(name) AS name FROM users;
