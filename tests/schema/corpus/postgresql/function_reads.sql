-- SPDX-License-Identifier: MIT
-- Functions that read tables.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE FUNCTION how_many() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT count(*) FROM users $$;
CREATE FUNCTION twice_as_many() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT 2 * how_many() $$;
CREATE FUNCTION a_name(which users.id%TYPE) RETURNS text LANGUAGE plpgsql AS $$ DECLARE r users%ROWTYPE; BEGIN SELECT * INTO r FROM users WHERE id = which; RETURN r.name; END $$;
CREATE TABLE orders (
    id integer PRIMARY KEY,
    position bigint DEFAULT how_many()
);
