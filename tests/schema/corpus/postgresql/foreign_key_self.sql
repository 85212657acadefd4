-- SPDX-License-Identifier: MIT
-- A table that refers to itself.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    boss bigint REFERENCES users
);
