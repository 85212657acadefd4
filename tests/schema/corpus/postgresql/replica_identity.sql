-- SPDX-License-Identifier: MIT
-- Replica identities.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL
);
CREATE UNIQUE INDEX users_name ON users (name);
ALTER TABLE users REPLICA IDENTITY USING INDEX users_name;
CREATE TABLE orders (id integer);
ALTER TABLE orders REPLICA IDENTITY FULL;
