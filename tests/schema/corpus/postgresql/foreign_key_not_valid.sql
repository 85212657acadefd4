-- SPDX-License-Identifier: MIT
-- A foreign key that old rows may break.
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
ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users NOT VALID;
