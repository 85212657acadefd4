-- SPDX-License-Identifier: MIT
-- Unique constraints that wait.
CREATE TABLE users (
    id bigint PRIMARY KEY DEFERRABLE,
    name text,
    email varchar(100) UNIQUE DEFERRABLE INITIALLY DEFERRED
);
