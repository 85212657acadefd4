-- SPDX-License-Identifier: MIT
-- Two tables.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE TABLE orders (
    id integer PRIMARY KEY,
    user_id bigint,
    total numeric(10,2) DEFAULT 0
);
