-- SPDX-License-Identifier: MIT
-- An index.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE INDEX users_name ON users (name);
