-- SPDX-License-Identifier: MIT
-- An extension and what uses it.
CREATE EXTENSION citext;
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name citext UNIQUE
);
