-- SPDX-License-Identifier: MIT
-- Unique constraints.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text,
    email varchar(100) UNIQUE,
    CONSTRAINT names UNIQUE (name, email)
);
