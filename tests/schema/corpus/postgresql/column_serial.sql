-- SPDX-License-Identifier: MIT
-- Serial columns.
CREATE TABLE users (
    id bigserial PRIMARY KEY,
    name text
);
CREATE TABLE orders (
    id serial PRIMARY KEY,
    small smallserial
);
