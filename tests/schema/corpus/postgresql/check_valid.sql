-- SPDX-License-Identifier: MIT
-- The same, valid.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text,
    CONSTRAINT named CHECK (name IS NOT NULL)
);
