-- SPDX-License-Identifier: MIT
-- A trigger instead of.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    email varchar(100)
);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE VIEW people AS SELECT id, name FROM users;
CREATE TRIGGER put INSTEAD OF INSERT ON people FOR EACH ROW EXECUTE FUNCTION touch();
