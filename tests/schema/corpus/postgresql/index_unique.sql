-- SPDX-License-Identifier: MIT
-- A unique index.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE UNIQUE INDEX users_name ON users (name);
