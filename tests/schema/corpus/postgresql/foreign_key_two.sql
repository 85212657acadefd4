-- SPDX-License-Identifier: MIT
-- A foreign key of two columns.
CREATE TABLE users (
    id bigint,
    name text,
    PRIMARY KEY (id, name)
);
CREATE TABLE orders (
    id integer PRIMARY KEY,
    user_id bigint,
    user_name text,
    FOREIGN KEY (user_id, user_name) REFERENCES users MATCH FULL ON DELETE CASCADE
);
