-- SPDX-License-Identifier: MIT
-- A foreign key to a unique constraint.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100) UNIQUE
);
CREATE TABLE orders (
    id integer PRIMARY KEY,
    user_email varchar(100) REFERENCES users (email)
);
