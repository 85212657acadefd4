-- SPDX-License-Identifier: MIT
-- A function whose body the server knows.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE FUNCTION names(minimum bigint) RETURNS SETOF text LANGUAGE sql BEGIN ATOMIC SELECT name FROM users WHERE id > minimum; SELECT email FROM users; END;
CREATE VIEW some_names AS SELECT names(3) AS name;
