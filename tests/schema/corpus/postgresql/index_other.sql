-- SPDX-License-Identifier: MIT
-- The index with other columns.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE INDEX users_name ON users (name, email) WHERE id > 10;
