-- SPDX-License-Identifier: MIT
-- A check by a function that takes the row.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text
);
CREATE FUNCTION is_fine(users) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1.id > 0 $$;
ALTER TABLE users ADD CONSTRAINT fine CHECK (is_fine(users.*));
