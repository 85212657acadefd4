-- SPDX-License-Identifier: MIT
-- Users with more columns.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100),
    phone text,
    created timestamptz NOT NULL DEFAULT now(),
    age integer CHECK (age >= 0)
);
