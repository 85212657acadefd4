-- SPDX-License-Identifier: MIT
-- An extension in a schema of its own.
CREATE SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text
);
CREATE INDEX users_name ON users USING gin (name ext.gin_trgm_ops);
