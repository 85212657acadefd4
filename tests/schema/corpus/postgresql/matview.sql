-- SPDX-License-Identifier: MIT
-- A materialized view.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE MATERIALIZED VIEW people WITH (fillfactor = 80) AS SELECT id, upper(name) AS name FROM users;
CREATE INDEX people_name ON people (name);
COMMENT ON MATERIALIZED VIEW people IS 'kept';
