-- SPDX-License-Identifier: MIT
-- A small shop.
CREATE TYPE state AS ENUM ('open', 'paid', 'sent');
CREATE DOMAIN price AS numeric(10,2) CHECK (VALUE >= 0);
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    email varchar(100) NOT NULL UNIQUE
);
CREATE TABLE products (
    id serial PRIMARY KEY,
    title text NOT NULL,
    price price DEFAULT 0
);
CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    state state DEFAULT 'open' NOT NULL,
    at timestamptz DEFAULT now()
);
CREATE TABLE lines (
    order_id bigint REFERENCES orders ON DELETE CASCADE,
    product_id integer REFERENCES products,
    amount integer NOT NULL CHECK (amount > 0),
    PRIMARY KEY (order_id, product_id)
);
CREATE INDEX orders_open ON orders (at) WHERE state = 'open';
CREATE VIEW sums AS SELECT o.id, o.user_id, sum(l.amount * p.price) AS total FROM orders o JOIN lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id GROUP BY o.id, o.user_id;
CREATE FUNCTION total_of(bigint) RETURNS numeric LANGUAGE sql STABLE AS $$ SELECT total FROM sums WHERE id = $1 $$;
