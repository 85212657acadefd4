-- SPDX-License-Identifier: MIT
-- The view with other columns.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE VIEW people AS SELECT name, id AS number FROM users;
