-- SPDX-License-Identifier: MIT
-- A foreign key.
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
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;
