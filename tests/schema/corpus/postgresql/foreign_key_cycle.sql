-- SPDX-License-Identifier: MIT
-- Tables that refer to each other.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    last_order integer
);
CREATE TABLE orders (
    id integer PRIMARY KEY,
    user_id bigint REFERENCES users
);
ALTER TABLE users ADD FOREIGN KEY (last_order) REFERENCES orders;
